import FairleadWire

/// Percent encoding (RFC 3986, 2.1).
public enum PercentCoding {
    /// The bytes that `text` stands for; nil where a percent sign has not two digits behind it.
    public static func decodedBytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var bytes = text.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                continue
            }
            guard let high = bytes.next().flatMap(hexadecimalDigit),
                let low = bytes.next().flatMap(hexadecimalDigit)
            else { return nil }
            out.append(high << 4 | low)
        }
        return out
    }

    /// The text that `text` stands for; nil where it is not UTF-8, overlong forms included.
    public static func decoded(_ text: some StringProtocol) -> String? {
        if !text.utf8.contains(UInt8(ascii: "%")) { return String(text) }
        return decodedBytes(text.utf8).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// `text` with all but letters, digits and `-._~` encoded, and what `also` names.
    public static func encoded(_ text: String, leaving also: String = "") -> String {
        let left = Array(also.utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || left.contains(byte) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Whether a byte never needs encoding.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
