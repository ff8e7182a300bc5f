/// A JSON value (RFC 8259) as it was read.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// What the text says, as a double; exact for whole numbers up to 2^53.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// In the order of the text; of two members of one name the first counts.
    case object([Member])

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// The member of an object; nil where there is none, and for anything else than an object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of a number.
    public var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The value of a number that is whole and fits.
    public var integer: Int? { number.flatMap { Int(exactly: $0) } }

    /// `true` or `false`.
    public var bool: Bool? {
        if case .bool(let isTrue) = self { isTrue } else { nil }
    }

    /// The elements of an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
