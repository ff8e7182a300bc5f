/// What a parser has met, by cause.
public struct ParserCounts: Hashable, Sendable {
    /// Sentences that were delivered; those of a chunk are counted at its end.
    public var sentences = 0
    /// Of those delivered and decoded: without a type.
    public var unknown = 0
    /// Sentences with a wrong checksum.
    public var badChecksum = 0
    /// Sentences without checksum, delivered or not.
    public var missingChecksum = 0
    /// Broken off, without an address, with a byte that cannot be in a sentence, with a checksum
    /// that is no number; and, when decoded, delivered but not what their type promises.
    public var malformed = 0
    /// TAG blocks that are broken or have a wrong checksum; their sentences count for themselves.
    public var badTagBlocks = 0
    /// Sentences beyond the limit.
    public var tooLong = 0
    /// Bytes outside of sentences, without line ends.
    public var notNMEA = 0

    public init() {}

    /// Adds what another parser has met.
    public mutating func add(_ other: ParserCounts) {
        sentences &+= other.sentences
        unknown &+= other.unknown
        badChecksum &+= other.badChecksum
        missingChecksum &+= other.missingChecksum
        malformed &+= other.malformed
        badTagBlocks &+= other.badTagBlocks
        tooLong &+= other.tooLong
        notNMEA &+= other.notNMEA
    }
}
