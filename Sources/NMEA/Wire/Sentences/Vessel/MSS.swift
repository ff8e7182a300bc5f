/// What a beacon receiver hears.
///
/// Source: NMEA 0183 4.11, 8.3 MSS.
public struct MSS: TypedSentence {
    public static var kind: SentenceKind { .mss }

    /// In dB over 1 uV/m.
    public var signalStrength: NMEANumber?
    /// In dB.
    public var signalToNoise: NMEANumber?
    /// In kHz.
    public var frequency: NMEANumber?
    /// In bits a second.
    public var bitRate: NMEANumber?
    /// Of the receiver.
    public var channel: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&signalStrength)
        fields.number(&signalToNoise)
        fields.number(&frequency)
        fields.number(&bitRate)
        fields.mayEndHere()
        fields.integer(&channel)
    }
}
