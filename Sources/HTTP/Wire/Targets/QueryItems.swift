/// The items of a query or of a form (`application/x-www-form-urlencoded`), in order.
public struct QueryItems: Hashable, Sendable {
    /// Names and values, decoded.
    public let items: [(name: String, value: String)]
    /// Items beyond this number are not read.
    public static let limit = 1000

    /// Reads `a=b&c`; what cannot be decoded is left out.
    public init(_ text: String) {
        items = text.parts(by: "&", atMost: Self.limit + 1, keepingEmpty: false).prefix(Self.limit)
            .compactMap { item in
                let parts = item.parts(by: "=", atMost: 2)
                guard let name = parts.first.flatMap(Self.decoded),
                    let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
                else { return nil }
                return (name, value)
            }
    }

    /// The value of the first item of a name; nil where there is none.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// The values of all items of a name.
    public func values(of name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    private static func decoded(_ text: Substring) -> String? {
        let spaced = text.utf8.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
        return PercentCoding.decodedBytes(spaced).flatMap { String(validating: $0, as: UTF8.self) }
    }

    public static func == (left: QueryItems, right: QueryItems) -> Bool {
        left.items.elementsEqual(right.items) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for item in items {
            hasher.combine(item.name)
            hasher.combine(item.value)
        }
    }
}
