// Splitting by bytes, never by characters: a mark that combines with what is before it makes one
// character of both, and a `?` that is followed by an accent would separate nothing.

extension StringProtocol {
    /// The parts between the bytes `separator`, which is ASCII.
    func parts(
        by separator: Unicode.Scalar, atMost limit: Int = .max, keepingEmpty: Bool = true
    ) -> [Substring] {
        utf8.split(
            separator: UInt8(ascii: separator), maxSplits: limit - 1,
            omittingEmptySubsequences: !keepingEmpty
        ).map { Substring(decoding: $0, as: UTF8.self) }
    }

    /// Whether the bytes begin with those of `prefix`.
    func beginsWith(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Whether the bytes end with those of `suffix`.
    func endsWith(_ suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }

    /// The text behind so many bytes of ASCII.
    func behind(_ count: Int) -> Substring {
        Substring(decoding: utf8.dropFirst(count), as: UTF8.self)
    }

    /// The text without its first and last byte, which are ASCII.
    var withoutQuotes: Substring {
        Substring(decoding: utf8.dropFirst().dropLast(), as: UTF8.self)
    }
}
