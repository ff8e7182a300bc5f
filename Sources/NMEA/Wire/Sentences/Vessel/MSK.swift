/// How a beacon receiver is to be set.
///
/// Source: NMEA 0183 4.11, 8.3 MSK.
public struct MSK: TypedSentence {
    public static var kind: SentenceKind { .msk }

    /// In kHz.
    public var frequency: NMEANumber?
    /// `A` automatic or `M` manual.
    public var frequencyMode: PlainLetter?
    /// In bits a second.
    public var bitRate: NMEANumber?
    /// `A` automatic or `M` manual.
    public var bitRateMode: PlainLetter?
    /// Of MSS sentences, in seconds.
    public var interval: NMEANumber?
    /// Of the receiver.
    public var channel: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&frequency)
        fields.letter(&frequencyMode)
        fields.number(&bitRate)
        fields.letter(&bitRateMode)
        fields.number(&interval)
        fields.mayEndHere()
        fields.integer(&channel)
    }
}
