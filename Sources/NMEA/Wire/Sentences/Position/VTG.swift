/// Course and speed over ground.
///
/// Angles are in degrees. Before revision 2 it had no letters of units, revision 2.3 added the
/// mode. Source: NMEA 0183 4.11, 8.3 VTG.
public struct VTG: TypedSentence {
    public static var kind: SentenceKind { .vtg }

    /// Degrees from true north.
    public var courseTrue: NMEANumber?
    /// Degrees from magnetic north.
    public var courseMagnetic: NMEANumber?
    /// In knots.
    public var speedKnots: NMEANumber?
    /// In kilometres an hour.
    public var speedKmh: NMEANumber?
    /// How the speed came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&courseTrue)
        // With a letter behind the first number there is nothing to count.
        let hasUnits = fields.nextIsLetter == true || fields.remaining != 3
        if hasUnits { fields.unit("T") }
        fields.number(&courseMagnetic)
        if hasUnits { fields.unit("M") }
        fields.number(&speedKnots)
        if hasUnits { fields.unit("N") }
        fields.number(&speedKmh)
        if hasUnits { fields.unit("K") }
        fields.mayEndHere()
        fields.letter(&mode)
    }
}
