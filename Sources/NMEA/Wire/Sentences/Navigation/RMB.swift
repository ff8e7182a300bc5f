/// The recommended minimum about the way to a waypoint.
///
/// Distances are in nautical miles, the speed in knots. Revision 2.3 added the mode.
/// Source: NMEA 0183 4.11, 8.3 RMB.
public struct RMB: PositionSentence {
    public static var kind: SentenceKind { .rmb }

    /// Whether it is valid.
    public var status: Status?
    /// In nautical miles, at most 9.99.
    public var crossTrackError: NMEANumber?
    /// `L` or `R`: to which side to steer.
    public var steer: PlainLetter?
    /// Waypoint.
    public var origin: String?
    /// Waypoint.
    public var destination: String?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// To the destination, in nautical miles.
    public var distance: NMEANumber?
    /// To the destination, true.
    public var bearing: NMEANumber?
    /// Speed towards the destination.
    public var closingKnots: NMEANumber?
    /// `A`: arrived.
    public var arrival: Status?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&status)
        fields.number(&crossTrackError)
        fields.letter(&steer)
        fields.text(&origin)
        fields.text(&destination)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.number(&distance)
        fields.number(&bearing)
        fields.number(&closingKnots)
        fields.letter(&arrival)
        fields.mayEndHere()
        fields.letter(&mode)
    }
}
