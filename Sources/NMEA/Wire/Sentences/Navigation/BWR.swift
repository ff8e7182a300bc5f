/// Bearing and distance to a waypoint along the rhumb line.
///
/// Revision 2.3 added the mode.
/// Source: NMEA 0183 4.11, 8.3 BWR.
public struct BWR: PositionSentence {
    public static var kind: SentenceKind { .bwr }

    /// UTC.
    public var time: NMEATime?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// In degrees.
    public var bearingTrue: NMEANumber?
    /// In degrees.
    public var bearingMagnetic: NMEANumber?
    /// In nautical miles.
    public var distance: NMEANumber?
    /// Its name.
    public var waypoint: String?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.number(&bearingTrue)
        fields.unit("T")
        fields.number(&bearingMagnetic)
        fields.unit("M")
        fields.number(&distance)
        fields.unit("N")
        fields.text(&waypoint)
        fields.mayEndHere()
        fields.letter(&mode)
    }
}
