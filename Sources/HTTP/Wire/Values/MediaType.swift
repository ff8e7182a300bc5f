/// A media type: `text/html; charset=utf-8`.
public struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// Type and subtype in lower case, such as `text/html`.
    public let essence: String
    /// The parameters, names in lower case.
    public let parameters: [String: String]

    /// Reads the value of a Content-Type field; nil for what is none.
    public init?(_ text: String) {
        let parts = text.parts(by: ";", atMost: 18)
        guard let first = parts.first else { return nil }
        let essence = String(first).trimmedBlanks.lowercased()
        let words = essence.parts(by: "/", atMost: 3)
        guard words.count == 2, words.allSatisfy({ Self.isToken($0) }) else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst().prefix(16) {
            let sides = part.parts(by: "=", atMost: 2)
            guard sides.count == 2 else { continue }
            let name = String(sides[0]).trimmedBlanks.lowercased()
            var value = String(sides[1]).trimmedBlanks
            if value.utf8.count >= 2, value.beginsWith("\""), value.endsWith("\"") {
                value = value.withoutQuotes
            }
            if Self.isToken(name[...]) { parameters[name] = String(value) }
        }
        self.essence = essence
        self.parameters = parameters
    }

    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { ByteClass.isToken($0) }
    }

    public var description: String {
        parameters.sorted { $0.key < $1.key }.reduce(essence) { "\($0); \($1.key)=\($1.value)" }
    }

    /// The type of a file by the ending of its name; bytes where it is not known.
    public static func name(ofFile file: String) -> String {
        let parts = file.parts(by: ".")
        return parts.count > 1 ? byEnding[parts.last?.lowercased() ?? ""] ?? bytes : bytes
    }

    private static let bytes = "application/octet-stream"
    private static let byEnding = [
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8", "json": "application/json",
        "geojson": "application/geo+json", "txt": "text/plain; charset=utf-8",
        "nmea": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "xml": "application/xml", "gpx": "application/gpx+xml", "svg": "image/svg+xml",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "ico": "image/x-icon", "woff": "font/woff", "woff2": "font/woff2",
        "wasm": "application/wasm", "pdf": "application/pdf", "gz": "application/gzip",
        "zip": "application/zip", "webmanifest": "application/manifest+json",
        "mp4": "video/mp4", "mp3": "audio/mpeg", "md": "text/markdown; charset=utf-8",
    ]

    /// Whether a content of this type becomes much smaller by compression.
    public static func isCompressible(_ type: String) -> Bool {
        let essence = type.prefix { $0 != ";" }
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
            || essence == "application/wasm"
    }
}
