// A path as the list of its decoded segments. Splitting comes before decoding, so that an encoded
// slash never separates; dot segments, in whatever spelling, and segments that hold a slash, a
// backslash or a control character are no path at all. What looks a file up by such a list cannot
// leave its folder.

/// The segments of a request's path, decoded.
public struct PathSegments: Hashable, Sendable {
    /// The decoded segments between the slashes; the last is empty when the path ends with one.
    public let segments: [String]

    /// Reads a path as it stands in a request; nil for one that must not be looked up.
    public init?(_ rawPath: String) {
        guard rawPath.utf8.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        let parts = rawPath.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts {
            guard let segment = PercentCoding.decoded(Substring(part)), Self.isPlain(segment)
            else { return nil }
            segments.append(segment)
        }
        // Empty segments within would make two names of one file.
        if segments.dropLast().contains("") { return nil }
        self.segments = segments
    }

    private static func isPlain(_ segment: String) -> Bool {
        if segment == "." || segment == ".." { return false }
        return segment.utf8.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
        }
    }
}
