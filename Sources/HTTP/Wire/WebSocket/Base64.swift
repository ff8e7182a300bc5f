/// Base 64 (RFC 4648, 4).
public enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text for these bytes, with padding.
    public static func encoded(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for byte in group { word = word << 8 | UInt32(byte) }
            word <<= UInt32((3 - group.count) * 8)
            for place in 0..<4 {
                let index = Int(word >> UInt32(18 - place * 6) & 63)
                out.append(place <= group.count ? digits[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes of a text with padding; nil for anything that `encoded` would not write.
    public static func decoded(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard bytes.count % 4 == 0 else { return nil }
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let group = bytes[start..<start + 4].prefix { $0 != UInt8(ascii: "=") }
            var word: UInt32 = 0
            for byte in group {
                guard let value = digits.firstIndex(of: byte) else { return nil }
                word = word << 6 | UInt32(truncatingIfNeeded: value)
            }
            guard group.count >= 2 else { return nil }
            word <<= UInt32((4 - group.count) * 6)
            for place in 0..<group.count - 1 {
                out.append(UInt8(truncatingIfNeeded: word >> UInt32(16 - place * 8)))
            }
        }
        return encoded(out) == text ? out : nil
    }
}
