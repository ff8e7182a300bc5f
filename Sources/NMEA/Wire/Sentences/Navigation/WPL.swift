/// Where a waypoint lies.
///
/// Source: NMEA 0183 4.11, 8.3 WPL.
public struct WPL: PositionSentence {
    public static var kind: SentenceKind { .wpl }

    public var latitude: Latitude?
    public var longitude: Longitude?
    /// Its name.
    public var waypoint: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.text(&waypoint)
    }
}
