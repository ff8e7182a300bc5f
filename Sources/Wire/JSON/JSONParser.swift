// JSON from bytes, strictly by RFC 8259: no comments, no trailing commas, no bare words, texts must
// be UTF-8 without lone surrogates. Depth is limited, for this descends; so is the number of
// values, because a short text can name many. The length is the caller's limit.

/// Reads JSON texts.
public struct JSONParser: Sendable {
    /// How deep arrays and objects may lie in one another.
    public var maximumDepth = 32
    /// How many values a text may have.
    public var maximumValues = 100_000

    public init() {}

    /// Reads a text that is one value, with blanks around it.
    public func parse(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        var scan = JSONScan(maximumDepth, maximumValues)
        scan.skipBlanks(bytes)
        let value = try scan.value(bytes, depth: 0)
        scan.skipBlanks(bytes)
        if scan.position < bytes.count { throw scan.error("the end") }
        return value
    }

    /// Reads a text that is one value, with blanks around it.
    public func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8).span)
    }
}

/// Where a parser is in its text.
private struct JSONScan {
    var position = 0
    private let maximumDepth: Int
    private var valuesLeft: Int

    init(_ maximumDepth: Int, _ maximumValues: Int) {
        self.maximumDepth = maximumDepth
        valuesLeft = maximumValues
    }

    func error(_ expected: String) -> JSONError {
        JSONError(offset: position, expected: expected)
    }

    private func peek(_ bytes: Span<UInt8>) -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while let byte = peek(bytes),
            byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
        {
            position += 1
        }
    }

    /// Takes a byte, with the blanks before it; false when another one is there.
    private mutating func take(_ byte: Character, _ bytes: Span<UInt8>) -> Bool {
        skipBlanks(bytes)
        guard let found = peek(bytes), found == byte.asciiValue else { return false }
        position += 1
        return true
    }

    mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
        valuesLeft -= 1
        guard depth <= maximumDepth, valuesLeft >= 0 else { throw error("a smaller value") }
        switch peek(bytes) {
        case UInt8(ascii: "{"): return try object(bytes, depth)
        case UInt8(ascii: "["): return try array(bytes, depth)
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try word("null", .null, bytes)
        default: return .number(try number(bytes))
        }
    }

    private mutating func word(
        _ word: String, _ value: JSONValue, _ bytes: Span<UInt8>
    ) throws(JSONError) -> JSONValue {
        for byte in word.utf8 {
            guard peek(bytes) == byte else { throw error(word) }
            position += 1
        }
        return value
    }

    private mutating func object(
        _ bytes: Span<UInt8>, _ depth: Int
    ) throws(JSONError) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        if take("}", bytes) { return .object(members) }
        repeat {
            skipBlanks(bytes)
            guard peek(bytes) == UInt8(ascii: "\"") else { throw error("a name in quotes") }
            let name = try string(bytes)
            guard take(":", bytes) else { throw error("a colon") }
            skipBlanks(bytes)
            members.append(JSONValue.Member(name, try value(bytes, depth: depth + 1)))
        } while take(",", bytes)
        guard take("}", bytes) else { throw error("a comma or a closing brace") }
        return .object(members)
    }

    private mutating func array(
        _ bytes: Span<UInt8>, _ depth: Int
    ) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        if take("]", bytes) { return .array(elements) }
        repeat {
            skipBlanks(bytes)
            elements.append(try value(bytes, depth: depth + 1))
        } while take(",", bytes)
        guard take("]", bytes) else { throw error("a comma or a closing bracket") }
        return .array(elements)
    }

    /// By the grammar of JSON, then as a double; what no double can hold is an error.
    private mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> Double {
        let start = position
        if peek(bytes) == UInt8(ascii: "-") { position += 1 }
        let first = position
        guard digits(bytes) > 0 else {
            position = start
            throw error("a value")
        }
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
            position = first + 1
            throw error("no digit behind a leading zero")
        }
        if peek(bytes) == UInt8(ascii: ".") {
            position += 1
            guard digits(bytes) > 0 else { throw error("a digit") }
        }
        if let byte = peek(bytes), byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = peek(bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                position += 1
            }
            guard digits(bytes) > 0 else { throw error("a digit") }
        }
        let text = String(decoding: bytes.extracting(start..<position))
        guard let number = Double(text), number.isFinite else { throw error("a smaller number") }
        return number
    }

    /// Passes over digits, and says how many there were.
    private mutating func digits(_ bytes: Span<UInt8>) -> Int {
        let start = position
        while let byte = peek(bytes), byte &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    private mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek(bytes) {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("text in UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): try escape(bytes, &text)
            case 0..<0x20:
                position -= 1
                throw error("text without control characters")
            default: text.append(byte)
            }
        }
        throw error("a closing quote")
    }

    private mutating func escape(_ bytes: Span<UInt8>, _ text: inout [UInt8]) throws(JSONError) {
        guard let byte = peek(bytes) else { throw error("an escaped character") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar(bytes)).utf8)
        default:
            position -= 1
            throw error("one of \" \\ / b f n r t u")
        }
    }

    /// Four hexadecimal digits, or twice four for a pair of surrogates.
    private mutating func scalar(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let first = try unit(bytes)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, peek(bytes) == UInt8(ascii: "\\") else {
            throw error("a pair of surrogates")
        }
        position += 1
        guard peek(bytes) == UInt8(ascii: "u") else { throw error("a pair of surrogates") }
        position += 1
        let second = try unit(bytes)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("a pair of surrogates") }
        return scalar
    }

    private mutating func unit(_ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(bytes), let digit = hexadecimalDigit(byte) else {
                throw error("a hexadecimal digit")
            }
            position += 1
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
