import FairleadWire

/// A sentence of which the fields are known.
///
/// A type names its fields once, in `code`, for reading and for writing. Values keep the units of
/// the sentence. What is written reads back equal.
public protocol TypedSentence: Hashable, Sendable {
    /// Which sentence it is.
    static var kind: SentenceKind { get }
    /// A sentence with every field empty.
    init()
    /// Goes through the fields after the address in their order.
    mutating func code(_ fields: inout some FieldCoder)
}

extension TypedSentence {
    /// A sentence with its fields set one by one.
    public init(_ set: (inout Self) -> Void) {
        self.init()
        set(&self)
    }

    /// Reads a sentence; nil when it is another one or malformed.
    public init?(_ view: SentenceView, _ bytes: Span<UInt8>) {
        guard view.kind == Self.kind else { return nil }
        self.init()
        guard view.read(&self, bytes) else { return nil }
    }

    /// The whole sentence with checksum and CR LF.
    ///
    /// Of the fields that later revisions added, empty ones at the end are left out. A maker's
    /// sentence has no talker. Texts make a sentence longer than 82 characters if they are long.
    public func serialized(talker: Talker) -> [UInt8] {
        let address = Self.kind.rawValue
        var bytes: [UInt8] = [UInt8(ascii: Self.kind.isEncapsulated ? "!" : "$")]
        if !Self.kind.isProprietary { bytes += talker.description.utf8 }
        bytes += address.utf8
        var content = self
        var writer = FieldWriter()
        content.code(&writer)
        bytes += writer.finished
        var checksum: UInt8 = 0
        for byte in bytes.dropFirst() { checksum ^= byte }
        bytes += [
            UInt8(ascii: "*"), hexadecimalCharacter(checksum >> 4),
            hexadecimalCharacter(checksum & 15), 0x0D, 0x0A,
        ]
        return bytes
    }
}
