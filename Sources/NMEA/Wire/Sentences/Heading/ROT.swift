/// Rate of turn in degrees a minute.
///
/// Source: NMEA 0183 4.11, 8.3 ROT.
public struct ROT: TypedSentence {
    public static var kind: SentenceKind { .rot }

    /// Negative: the bow turns to port.
    public var rate: NMEANumber?
    /// Whether it is valid.
    public var status: Status?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&rate)
        fields.letter(&status)
    }
}
