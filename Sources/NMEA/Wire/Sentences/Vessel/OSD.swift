/// What a radar takes for the own ship's motion.
///
/// Source: NMEA 0183 4.11, 8.3 OSD.
public struct OSD: TypedSentence {
    public static var kind: SentenceKind { .osd }

    /// True, in degrees.
    public var heading: NMEANumber?
    /// Whether it is valid.
    public var status: Status?
    /// Of the vessel, true.
    public var course: NMEANumber?
    /// `B` bottom log, `M` manual, `W` water, `R` radar, `P` positioning.
    public var courseReference: PlainLetter?
    /// In `unit`.
    public var speed: NMEANumber?
    /// `B` bottom log, `M` manual, `W` water, `R` radar, `P` positioning.
    public var speedReference: PlainLetter?
    /// Of the vessel, true.
    public var set: NMEANumber?
    /// In `unit`.
    public var drift: NMEANumber?
    /// `K` km/h, `N` knots, `S` statute miles an hour.
    public var unit: PlainLetter?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&heading)
        fields.letter(&status)
        fields.number(&course)
        fields.letter(&courseReference)
        fields.number(&speed)
        fields.letter(&speedReference)
        fields.number(&set)
        fields.number(&drift)
        fields.letter(&unit)
    }
}
