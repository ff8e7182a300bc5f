/// What a byte may be part of. Two words as a table: no memory is touched.
enum ByteClass {
    /// Whether a byte may stand in a token (RFC 9110, 5.6.2).
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        let word: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return byte < 128 && word >> UInt64(byte & 63) & 1 == 1
    }

    /// Whether a byte may stand in a field's value (RFC 9110, 5.5).
    @inline(__always)
    static func isValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09
    }

    /// A space or a tab.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// A letter in lower case; any other byte as it is.
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension Span where Element == UInt8 {
    /// Whether the bytes from `start` to `end` are `text`, which is in lower case, in any case.
    func equals(_ text: String, _ start: Int, _ end: Int) -> Bool {
        let wanted = text.utf8.span
        guard end - start == wanted.count, start >= 0, end <= count else { return false }
        for index in wanted.indices where ByteClass.lower(self[start + index]) != wanted[index] {
            return false
        }
        return true
    }

    /// The bytes from `start` to `end` without blanks at either side.
    @inline(__always)
    func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
        var start = start
        var end = end
        while start < end, ByteClass.isBlank(self[start]) { start += 1 }
        while end > start, ByteClass.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Whether all bytes from `start` to `end` are of a class, and there is at least one.
    @inline(__always)
    func isToken(_ start: Int, _ end: Int) -> Bool {
        guard start < end else { return false }
        for index in start..<end where !ByteClass.isToken(self[index]) { return false }
        return true
    }
}
