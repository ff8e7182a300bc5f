/// A position and its time.
///
/// Revision 2.0 added time and status, 2.3 the mode.
/// Source: NMEA 0183 4.11, 8.3 GLL.
public struct GLL: PositionSentence {
    public static var kind: SentenceKind { .gll }

    public var latitude: Latitude?
    public var longitude: Longitude?
    /// UTC of the position.
    public var time: NMEATime?
    /// Whether the position is valid.
    public var status: Status?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.mayEndHere()
        fields.time(&time)
        fields.letter(&status)
        fields.letter(&mode)
    }
}
