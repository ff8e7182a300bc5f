// UTF-8 that comes in pieces, refused at the first byte that cannot be part of it: a text that
// goes wrong in its first fragment must not be awaited to its end (RFC 6455, 8.1). Overlong forms,
// surrogates and what is beyond U+10FFFF are none.

/// Whether bytes are UTF-8, one after another.
struct UTF8Checker {
    /// How many bytes the present character still needs, and within what the next must be.
    private var needed = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Whether the bytes so far end with a whole character.
    var isComplete: Bool { needed == 0 }

    /// Takes a byte; false when it cannot stand there.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        if needed == 0 { return byte < 0x80 || begin(byte) }
        guard byte >= lowest, byte <= highest else { return false }
        lowest = 0x80
        highest = 0xBF
        needed -= 1
        return true
    }

    /// Takes all bytes from a place on; false at the first that cannot stand there.
    mutating func take(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var index = start
        let end = bytes.count
        while index < end {
            let byte = bytes[index]
            if needed != 0 || byte >= 0x80, !take(byte) { return false }
            index += 1
        }
        return true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: needed = 1
        case 0xE0...0xEF:
            needed = 2
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            needed = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: return false
        }
        return true
    }
}
