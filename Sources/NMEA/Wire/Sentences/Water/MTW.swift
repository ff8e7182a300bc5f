/// Temperature of the water, in degrees Celsius.
///
/// Source: NMEA 0183 4.11, 8.3 MTW.
public struct MTW: TypedSentence {
    public static var kind: SentenceKind { .mtw }

    /// In degrees Celsius.
    public var temperature: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&temperature)
        fields.unit("C")
    }
}
