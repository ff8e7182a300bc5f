// The codes that make text bold or coloured, as mIRC brought them in and every client shows
// them. Stripping must take a colour's digits with it and nothing of the text behind them.

/// Formatting codes in texts.
public enum Formatting {
    /// The sixteen colours that every client knows.
    public enum Colour: Int, Hashable, Sendable, CaseIterable {
        case white, black, blue, green, red, brown, magenta, orange, yellow, lightGreen, cyan
        case lightCyan, lightBlue, pink, grey, lightGrey
    }

    /// What can be switched on for a part of a text.
    public enum Style: UInt8, Hashable, Sendable, CaseIterable {
        case bold = 0x02
        case monospace = 0x11
        case reverse = 0x16
        case italic = 0x1D
        case strikethrough = 0x1E
        case underline = 0x1F
    }

    /// The text in a style.
    public static func style(_ style: Style, _ text: String) -> String {
        let mark = String(Unicode.Scalar(style.rawValue))
        return mark + text + mark
    }

    /// The text in a colour, on another where one is given.
    public static func colour(_ colour: Colour, on background: Colour? = nil, _ text: String)
        -> String
    {
        let digits = { (colour: Colour) in
            (colour.rawValue < 10 ? "0" : "") + String(colour.rawValue)
        }
        // Two digits always: a digit of the text must not become one of the colour.
        var code = "\u{03}" + digits(colour)
        if let background { code += "," + digits(background) }
        // A comma and a digit behind a lone colour would be read as its background.
        let guarded = background == nil && text.utf8.first == UInt8(ascii: ",")
        return code + (guarded ? "\u{02}\u{02}" : "") + text + "\u{03}"
    }

    /// The text without any code.
    public static func strip(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 < 0x20 }) else { return text }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x03: index = skipColours(bytes, index, digits: 2, isDigit: isDecimal, least: 1)
            case 0x04: index = skipColours(bytes, index, digits: 6, isDigit: isHex, least: 6)
            case 0x0F: break
            default: if Style(rawValue: byte) == nil { plain.append(byte) }
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func skipColours(
        _ bytes: [UInt8], _ start: Int, digits: Int, isDigit: (UInt8) -> Bool, least: Int
    ) -> Int {
        func count(_ from: Int) -> Int {
            bytes[min(from, bytes.count)...].prefix(digits).prefix(while: isDigit).count
        }
        let first = count(start)
        guard first >= least else { return start }
        let comma = start + first
        guard comma < bytes.count, bytes[comma] == UInt8(ascii: ",") else { return comma }
        let second = count(comma + 1)
        return second >= least ? comma + 1 + second : comma
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDecimal(byte) || (0x41...0x46).contains(byte & 0xDF)
    }
}
