/// The values of an Accept field with their qualities: `gzip;q=0.8, identity;q=0`.
public struct QualityList: Hashable, Sendable {
    /// A value in lower case, with its quality in thousandths.
    public struct Item: Hashable, Sendable {
        public let value: String
        public let quality: Int
    }

    public let items: [Item]

    /// Reads a field; items that are malformed are left out, at most 64 are read.
    public init(_ text: String) {
        items = text.parts(by: ",", atMost: 65, keepingEmpty: false).prefix(64).compactMap { part in
            let words = part.parts(by: ";", atMost: 17).map {
                String($0).trimmedBlanks.lowercased()
            }
            guard let value = words.first, !value.isEmpty else { return nil }
            var quality = 1000
            for word in words.dropFirst() where word.beginsWith("q=") {
                guard let given = Self.quality(word.behind(2)) else { return nil }
                quality = given
            }
            return Item(value: value, quality: quality)
        }
    }

    /// The quality of a value, that of `*` where it is not named, nil where neither is.
    public func quality(of value: String) -> Int? {
        (items.first { $0.value == value } ?? items.first { $0.value == "*" })?.quality
    }

    /// `0`, `1`, or with at most three decimals; in thousandths.
    private static func quality(_ text: Substring) -> Int? {
        let parts = text.parts(by: ".", atMost: 2)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        var thousandths = 0
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3 else { return nil }
            var unit = 100
            for digit in parts[1].utf8 {
                guard ByteClass.isDigit(digit) else { return nil }
                thousandths += Int(digit & 15) * unit
                unit /= 10
            }
        }
        if whole == "1" { return thousandths == 0 ? 1000 : nil }
        return thousandths
    }
}
