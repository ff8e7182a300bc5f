// Swift source cut into what the rules look at: tokens and comments. What stands in a string
// literal is no code, except in an interpolation, which is. It knows nested comments, literals of
// several lines, raw ones, and interpolations in them at any depth. It must never know a rule.
// It is no parser, on purpose: words, single characters and their lines are enough for the rules,
// and a parser would be the first dependency of the package. Regex literals are read as operators.

/// The tokens and comments of one Swift file.
struct SwiftCode {
    /// A word, a number, a literal (as one quotation mark) or one other character.
    struct Token {
        let text: String
        /// From 1.
        let line: Int
        /// Whether nothing but space stands before it in its line.
        let isFirst: Bool
        /// Whether it touches the token before it.
        let isAttached: Bool

        var isWord: Bool {
            guard let first = text.utf8.first else { return false }
            return SwiftCode.isWordByte(first)
        }
    }

    private(set) var tokens: [Token] = []
    /// Each line of each comment.
    private(set) var comments: [(line: Int, text: String)] = []

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var lastEnd = 0
    private var lastLine = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        readCode(isInterpolation: false)
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    /// Reads until the end, or until the parenthesis that closes an interpolation.
    private mutating func readCode(isInterpolation: Bool) {
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\n"):
                line += 1
                index += 1
            case UInt8(ascii: " "), 0x09, 0x0D: index += 1
            case UInt8(ascii: "/") where follows("//"): readLineComment()
            case UInt8(ascii: "/") where follows("/*"): readBlockComment()
            case UInt8(ascii: "\""),
                UInt8(ascii: "#") where isLiteral:
                readLiteral()
            case let byte where Self.isWordByte(byte): readWord()
            case let byte:
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                append(1)
                if isInterpolation, depth == 0 { return }
            }
        }
    }

    private func follows(_ text: String, at offset: Int = 0) -> Bool {
        bytes[min(index + offset, bytes.count)...].starts(with: text.utf8)
    }

    /// Number signs at the place, from `offset` on.
    private func signs(at offset: Int = 0) -> Int {
        bytes[min(index + offset, bytes.count)...].prefix { $0 == UInt8(ascii: "#") }.count
    }

    private var isLiteral: Bool { follows("\"", at: signs()) }

    /// Adds the next `count` bytes as a token.
    private mutating func append(_ count: Int, as text: String? = nil) {
        let end = min(index + count, bytes.count)
        tokens.append(
            Token(
                text: text ?? String(decoding: bytes[index..<end], as: UTF8.self), line: line,
                isFirst: lastLine != line, isAttached: lastEnd == index))
        index = end
        lastEnd = end
        lastLine = line
    }

    private mutating func readWord() {
        append(bytes[index...].prefix(while: Self.isWordByte).count)
    }

    private mutating func readLineComment() {
        let text = bytes[index...].prefix { $0 != UInt8(ascii: "\n") }
        comments.append((line, String(decoding: text, as: UTF8.self)))
        index += text.count
    }

    private mutating func readBlockComment() {
        var depth = 0
        var start = index
        repeat {
            if follows("/*") {
                depth += 1
                index += 2
            } else if follows("*/") {
                depth -= 1
                index += 2
            } else {
                if bytes[index] == UInt8(ascii: "\n") {
                    comments.append((line, String(decoding: bytes[start..<index], as: UTF8.self)))
                    line += 1
                    start = index + 1
                }
                index += 1
            }
        } while depth > 0 && index < bytes.count
        let end = min(index, bytes.count)
        comments.append((line, String(decoding: bytes[start..<end], as: UTF8.self)))
    }

    private mutating func readLiteral() {
        let signs = signs()
        let isLong = follows("\"\"\"", at: signs)
        let quotes = isLong ? "\"\"\"" : "\""
        let close = quotes + String(repeating: "#", count: signs)
        let escape = "\\" + String(repeating: "#", count: signs)
        append(signs + quotes.utf8.count, as: "\"")
        while index < bytes.count {
            if follows(close) {
                index += close.utf8.count
                break
            } else if follows(escape + "(") {
                index += escape.utf8.count
                readCode(isInterpolation: true)
            } else if follows(escape) {
                // The escaped character; in a long literal it may be the end of the line.
                index += escape.utf8.count
                skip()
            } else if !isLong, bytes[index] == UInt8(ascii: "\n") {
                break
            } else {
                skip()
            }
        }
        lastEnd = index
        lastLine = line
    }

    private mutating func skip() {
        guard index < bytes.count else { return }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }
}
