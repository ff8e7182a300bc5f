/// A target tracked by radar.
///
/// Revision 3.0 added time and acquisition.
/// Source: NMEA 0183 4.11, 8.3 TTM.
public struct TTM: TypedSentence {
    public static var kind: SentenceKind { .ttm }

    /// Of the target.
    public var number: UInt16?
    /// In `unit`.
    public var distance: NMEANumber?
    /// In degrees.
    public var bearing: NMEANumber?
    /// `T` true or `R` relative.
    public var bearingReference: PlainLetter?
    /// In `unit` an hour.
    public var speed: NMEANumber?
    /// In degrees.
    public var course: NMEANumber?
    /// `T` true or `R` relative.
    public var courseReference: PlainLetter?
    /// Of the closest point of approach, in `unit`.
    public var closestDistance: NMEANumber?
    /// Minutes until then; negative is past.
    public var closestTime: NMEANumber?
    /// `K` kilometres, `N` nautical or `S` statute miles.
    public var unit: PlainLetter?
    /// Of the target.
    public var name: String?
    /// `L` lost, `Q` query, `T` tracking.
    public var status: PlainLetter?
    /// `R`: the ship's speed is derived from this target.
    public var isReference: PlainLetter?
    /// UTC of the data (3.0).
    public var time: NMEATime?
    /// `A` automatic, `M` manual, `R` reported (3.0).
    public var acquisition: PlainLetter?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&number, digits: 2)
        fields.number(&distance)
        fields.number(&bearing)
        fields.letter(&bearingReference)
        fields.number(&speed)
        fields.number(&course)
        fields.letter(&courseReference)
        fields.number(&closestDistance)
        fields.number(&closestTime)
        fields.letter(&unit)
        fields.text(&name)
        fields.letter(&status)
        fields.letter(&isReference)
        fields.mayEndHere()
        fields.time(&time)
        fields.letter(&acquisition)
    }
}
