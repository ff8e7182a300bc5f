/// Direction and speed of the wind over ground.
///
/// Source: NMEA 0183 4.11, 8.3 MWD.
public struct MWD: TypedSentence {
    public static var kind: SentenceKind { .mwd }

    /// Degrees from true north.
    public var directionTrue: NMEANumber?
    /// Degrees from magnetic north.
    public var directionMagnetic: NMEANumber?
    /// In knots.
    public var speedKnots: NMEANumber?
    /// In metres a second.
    public var speed: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&directionTrue)
        fields.unit("T")
        fields.number(&directionMagnetic)
        fields.unit("M")
        fields.number(&speedKnots)
        fields.unit("N")
        fields.number(&speed)
        fields.unit("M")
    }
}
