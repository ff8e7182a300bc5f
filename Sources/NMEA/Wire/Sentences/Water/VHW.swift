/// Speed through the water and heading.
///
/// Source: NMEA 0183 4.11, 8.3 VHW.
public struct VHW: TypedSentence {
    public static var kind: SentenceKind { .vhw }

    /// In degrees.
    public var headingTrue: NMEANumber?
    /// In degrees.
    public var headingMagnetic: NMEANumber?
    /// In knots.
    public var speedKnots: NMEANumber?
    /// In kilometres an hour.
    public var speedKmh: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&headingTrue)
        fields.unit("T")
        fields.number(&headingMagnetic)
        fields.unit("M")
        fields.number(&speedKnots)
        fields.unit("N")
        fields.number(&speedKmh)
        fields.unit("K")
    }
}
