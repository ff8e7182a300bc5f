// Text on IRC is bytes without a declared encoding. Nearly all of it is UTF-8; what is not is
// read as every client reads it, as Windows-1252, so that no letter is lost. What is written is
// UTF-8. A text that came from elsewhere, from a receiver or a web page, is made one line before
// it is said.

/// What is common to all texts on IRC.
public enum IRCText {
    /// The bytes as text: UTF-8, else Windows-1252.
    public static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let code =
                (0x80...0x9F).contains(byte) ? windows1252[Int(byte - 0x80)] : UInt16(byte)
            text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(text)
    }

    /// The text as one line: each CR, LF and NUL becomes a blank.
    public static func singleLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
            return text
        }
        let bytes = text.utf8.map { $0 == 0x0D || $0 == 0x0A || $0 == 0 ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text in pieces of at most `limit` bytes.
    ///
    /// It is cut at a blank where there is one, else between two characters.
    /// - Parameter limit: at least 4 is taken, so that every character fits.
    public static func pieces(_ text: String, of limit: Int) -> [String] {
        let limit = max(limit, 4)
        var pieces: [String] = []
        var rest = Substring(singleLine(text)).utf8
        while rest.count > limit {
            var end = rest.index(rest.startIndex, offsetBy: limit)
            while end > rest.startIndex, rest[end] & 0xC0 == 0x80 { rest.formIndex(before: &end) }
            let head = rest[..<end]
            let blank = rest[end] == 0x20 ? end : head.lastIndex(of: 0x20)
            if let blank, blank > rest.startIndex {
                pieces.append(String(Substring(rest[..<blank])))
                rest = rest[rest.index(after: blank)...]
            } else {
                pieces.append(String(Substring(head)))
                rest = rest[end...]
            }
        }
        if !rest.isEmpty || pieces.isEmpty { pieces.append(String(Substring(rest))) }
        return pieces
    }

    /// At most `limit` bytes of the text, cut between two characters.
    public static func beginning(of text: String, _ limit: Int) -> String {
        var bytes = Array(text.utf8.prefix(max(limit, 0) + 1))
        guard bytes.count > limit, var end = bytes.indices.last else { return text }
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        bytes.removeSubrange(end...)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For logs and terminals: control characters as `\u{1b}`.
    public static func visible(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// What 0x80 to 0x9F are; those that are nothing are U+FFFD.
    private static let windows1252: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}
