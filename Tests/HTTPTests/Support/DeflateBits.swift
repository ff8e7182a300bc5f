/// Writes a block of deflate by hand (RFC 1951), so that a test needs no compressor.
struct DeflateBits {
    private(set) var bytes: [UInt8] = []
    private var word: UInt32 = 0
    private var count: UInt32 = 0

    /// Numbers go with their lowest bit first.
    mutating func number(_ value: UInt32, _ bits: UInt32) {
        word |= value << count
        count += bits
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: word))
            word >>= 8
            count -= 8
        }
    }

    /// Codes go with their highest bit first.
    mutating func code(_ value: UInt32, _ bits: UInt32) {
        for bit in (0..<bits).reversed() { number(value >> bit & 1, 1) }
    }

    /// A message of very many zeros: `runs` times 258 of them, and one.
    static func zeros(runs: Int) -> [UInt8] {
        var bits = DeflateBits()
        // Not the last block; fixed codes.
        bits.number(0, 1)
        bits.number(1, 2)
        bits.code(0x30, 8)
        for _ in 0..<runs {
            // 258 bytes, from one byte before.
            bits.code(0xC5, 8)
            bits.code(0, 5)
        }
        bits.code(0, 7)
        // An empty block without compression, whose last four bytes do not travel.
        bits.number(0, 3)
        bits.number(0, (8 - bits.count) & 7)
        return bits.bytes
    }
}
