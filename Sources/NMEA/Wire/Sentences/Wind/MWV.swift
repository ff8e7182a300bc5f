/// Angle and speed of the wind.
///
/// Source: NMEA 0183 4.11, 8.3 MWV.
public struct MWV: TypedSentence {
    public static var kind: SentenceKind { .mwv }

    /// From the bow, clockwise, 0 to 360 degrees.
    public var angle: NMEANumber?
    /// `R` relative (apparent) or `T` theoretical (true).
    public var reference: PlainLetter?
    /// In `unit`.
    public var speed: NMEANumber?
    /// `K` km/h, `M` m/s, `N` knots, `S` statute miles an hour.
    public var unit: PlainLetter?
    /// Whether it is valid.
    public var status: Status?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&angle)
        fields.letter(&reference)
        fields.number(&speed)
        fields.letter(&unit)
        fields.letter(&status)
    }
}
