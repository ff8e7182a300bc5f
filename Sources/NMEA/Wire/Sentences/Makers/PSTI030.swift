/// SkyTraq: fix data with velocities.
///
/// Source: SkyTraq AN0028 PSTI 030.
public struct PSTI030: PositionSentence {
    public static var kind: SentenceKind { .psti030 }

    /// UTC.
    public var time: NMEATime?
    /// Whether the fix is valid.
    public var status: Status?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// Above mean sea level, in metres.
    public var altitude: NMEANumber?
    /// In metres a second.
    public var eastVelocity: NMEANumber?
    /// In metres a second.
    public var northVelocity: NMEANumber?
    /// In metres a second.
    public var upVelocity: NMEANumber?
    /// The UTC day.
    public var date: TwoDigitDate?
    /// How the position came about.
    public var mode: ModeIndicator?
    /// Of RTK, in seconds.
    public var correctionAge: NMEANumber?
    /// Of the RTK ambiguity search.
    public var ratio: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.letter(&status)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.number(&altitude)
        fields.number(&eastVelocity)
        fields.number(&northVelocity)
        fields.number(&upVelocity)
        fields.date(&date)
        fields.letter(&mode)
        fields.number(&correctionAge)
        fields.number(&ratio)
    }
}
