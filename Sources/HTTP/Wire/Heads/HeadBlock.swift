// The head of a message as it came: one array of bytes, and where in it each field lies. A server
// that answers ninety thousand requests a second cannot afford a string for every field, so none
// is made before somebody asks for it. The offsets have 16 bits: a head is below 64 kB. A block is
// used again for the next head, unless somebody has kept a copy of it.
import FairleadWire
import HTTPTypes

/// Where in its block a field lies.
struct FieldSlot: Hashable, Sendable {
    var name: UInt16
    var nameEnd: UInt16
    var value: UInt16
    var valueEnd: UInt16

    /// Offsets of one head, which is below 64 kB.
    init(_ name: Range<Int>, _ value: Range<Int>) {
        self.name = UInt16(truncatingIfNeeded: name.lowerBound)
        nameEnd = UInt16(truncatingIfNeeded: name.upperBound)
        self.value = UInt16(truncatingIfNeeded: value.lowerBound)
        valueEnd = UInt16(truncatingIfNeeded: value.upperBound)
    }

    var nameRange: Range<Int> { Int(name)..<Int(max(name, nameEnd)) }
    var valueRange: Range<Int> { Int(value)..<Int(max(value, valueEnd)) }
}

/// The bytes of a head and its fields.
public struct HeadBlock: Hashable, Sendable {
    /// The start line, the fields and the empty line, as they were received.
    public internal(set) var bytes: [UInt8] = []
    var slots: [FieldSlot] = []

    /// No head at all.
    public init() {}

    /// How many fields there are.
    public var count: Int { slots.count }

    /// Bytes of memory that are held.
    public var memory: Int { bytes.capacity + slots.capacity * 8 }

    /// Whether a field occurs.
    public func contains(_ name: HTTPField.Name) -> Bool { slot(of: name) != nil }

    /// The value of the first field of a name; nil where there is none.
    public subscript(name: HTTPField.Name) -> String? {
        slot(of: name).map { text($0.valueRange) }
    }

    /// The values of all fields of a name.
    public func values(of name: HTTPField.Name) -> [String] {
        slots.filter { matches($0, name) }.map { text($0.valueRange) }
    }

    /// All fields as the types that Swift servers share.
    public var fields: HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(slots.count)
        for slot in slots {
            guard let name = HTTPField.Name(text(slot.nameRange)) else { continue }
            fields.append(HTTPField(name: name, value: bytes[clamped(slot.valueRange)]))
        }
        return fields
    }

    /// The bytes of a part as text; what is not UTF-8 becomes U+FFFD.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[clamped(range)], as: UTF8.self)
    }

    private func clamped(_ range: Range<Int>) -> Range<Int> { range.clamped(to: bytes.indices) }

    private func slot(of name: HTTPField.Name) -> FieldSlot? {
        slots.first { matches($0, name) }
    }

    private func matches(_ slot: FieldSlot, _ name: HTTPField.Name) -> Bool {
        let range = slot.nameRange
        return bytes.span.equals(name.canonicalName, range.lowerBound, range.upperBound)
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }
}
