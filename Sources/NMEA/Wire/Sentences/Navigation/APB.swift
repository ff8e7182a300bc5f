/// What an autopilot needs.
///
/// Revision 2.3 added the mode.
/// Source: NMEA 0183 4.11, 8.3 APB.
public struct APB: TypedSentence {
    public static var kind: SentenceKind { .apb }

    /// `V`: a general warning.
    public var status: Status?
    /// `V`: a warning of the cycle lock.
    public var cycleLock: Status?
    /// In nautical miles.
    public var crossTrackError: NMEANumber?
    /// `L` or `R`: to which side to steer.
    public var steer: PlainLetter?
    /// `A`: within the arrival circle.
    public var circleEntered: Status?
    /// `A`: the perpendicular at the waypoint is passed.
    public var perpendicularPassed: Status?
    /// From the origin to the destination.
    public var originBearing: NMEANumber?
    /// `M` or `T`.
    public var originReference: PlainLetter?
    /// Waypoint.
    public var destination: String?
    /// From here to the destination.
    public var bearing: NMEANumber?
    /// `M` or `T`.
    public var bearingReference: PlainLetter?
    /// To the destination.
    public var headingToSteer: NMEANumber?
    /// `M` or `T`.
    public var headingReference: PlainLetter?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&status)
        fields.letter(&cycleLock)
        fields.number(&crossTrackError)
        fields.letter(&steer)
        fields.unit("N")
        fields.letter(&circleEntered)
        fields.letter(&perpendicularPassed)
        fields.number(&originBearing)
        fields.letter(&originReference)
        fields.text(&destination)
        fields.number(&bearing)
        fields.letter(&bearingReference)
        fields.number(&headingToSteer)
        fields.letter(&headingReference)
        fields.mayEndHere()
        fields.letter(&mode)
    }
}
