/// Time of a u-blox receiver.
///
/// Source: u-blox M8 receiver description PUBX 04.
public struct PUBX04: TypedSentence {
    public static var kind: SentenceKind { .pubx04 }

    /// UTC.
    public var time: NMEATime?
    /// The UTC day.
    public var date: TwoDigitDate?
    /// UTC, in seconds.
    public var timeOfWeek: NMEANumber?
    /// Of UTC, not cut to ten bits.
    public var week: UInt16?
    /// In seconds; a `D` at the end: the firmware's default.
    public var leapSeconds: String?
    /// In nanoseconds.
    public var clockBias: NMEANumber?
    /// In nanoseconds a second.
    public var clockDrift: NMEANumber?
    /// In nanoseconds.
    public var timePulseGranularity: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.date(&date)
        fields.number(&timeOfWeek)
        fields.integer(&week)
        fields.text(&leapSeconds)
        fields.number(&clockBias)
        fields.number(&clockDrift)
        fields.number(&timePulseGranularity)
    }
}
