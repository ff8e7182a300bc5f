/// The checksum CRC-32C (Castagnoli; RFC 4960, appendix B).
public enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
        }
    }

    /// The checksum of some bytes.
    public static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        let table = table
        var value = UInt32.max
        for byte in bytes {
            value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)]
        }
        return ~value
    }
}
