/// Garmin: fix data in one sentence.
///
/// Source: Garmin GPS 18x specification PGRMF.
public struct PGRMF: PositionSentence {
    public static var kind: SentenceKind { .pgrmf }

    /// Of GPS, 0 to 1023.
    public var week: UInt16?
    /// In seconds.
    public var timeOfWeek: UInt32?
    /// The UTC day.
    public var date: TwoDigitDate?
    /// UTC.
    public var time: NMEATime?
    /// GPS minus UTC.
    public var leapSeconds: UInt8?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// `M` manual or `A` automatic.
    public var mode: PlainLetter?
    /// 0 none, 1 two-dimensional, 2 three-dimensional.
    public var fix: UInt8?
    /// Over ground, in kilometres an hour.
    public var speedKmh: NMEANumber?
    /// Over ground, true.
    public var course: NMEANumber?
    /// Position dilution of precision.
    public var pdop: NMEANumber?
    /// Time dilution of precision.
    public var tdop: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&week)
        fields.integer(&timeOfWeek)
        fields.date(&date)
        fields.time(&time)
        fields.integer(&leapSeconds)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.letter(&mode)
        fields.integer(&fix)
        fields.number(&speedKmh)
        fields.number(&course)
        fields.number(&pdop)
        fields.number(&tdop)
    }
}
