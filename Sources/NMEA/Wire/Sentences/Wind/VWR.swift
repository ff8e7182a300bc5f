/// Relative wind, in an older form.
///
/// Source: NMEA 0183 4.11, 8.3 VWR.
public struct VWR: TypedSentence {
    public static var kind: SentenceKind { .vwr }

    /// From the bow, 0 to 180 degrees.
    public var angle: NMEANumber?
    /// `L` or `R`.
    public var side: PlainLetter?
    /// In knots.
    public var speedKnots: NMEANumber?
    /// In metres a second.
    public var speed: NMEANumber?
    /// In kilometres an hour.
    public var speedKmh: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&angle)
        fields.letter(&side)
        fields.number(&speedKnots)
        fields.unit("N")
        fields.number(&speed)
        fields.unit("M")
        fields.number(&speedKmh)
        fields.unit("K")
    }
}
