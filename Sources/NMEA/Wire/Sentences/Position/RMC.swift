/// The recommended minimum: time, date, position, speed and course.
///
/// The speed is in knots, angles in degrees. Revision 2.3 added the mode, 4.1 the status.
/// Source: NMEA 0183 4.11, 8.3 RMC.
public struct RMC: PositionSentence {
    public static var kind: SentenceKind { .rmc }

    /// UTC of the position.
    public var time: NMEATime?
    /// Whether the position is valid.
    public var status: Status?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// Speed over ground in knots.
    public var speedKnots: NMEANumber?
    /// Course over ground, true.
    public var course: NMEANumber?
    /// The UTC day.
    public var date: TwoDigitDate?
    /// Degrees that magnetic north lies east of true north.
    public var magneticVariation: NMEANumber?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?
    /// Whether it is safe to navigate by (4.1).
    public var navigationalStatus: NavigationalStatus?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.letter(&status)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.number(&speedKnots)
        fields.number(&course)
        fields.date(&date)
        fields.directed(&magneticVariation, "E", "W")
        fields.mayEndHere()
        fields.letter(&mode)
        fields.letter(&navigationalStatus)
    }
}
