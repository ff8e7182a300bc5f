/// Time, date and the local zone.
///
/// Source: NMEA 0183 4.11, 8.3 ZDA.
public struct ZDA: TypedSentence {
    public static var kind: SentenceKind { .zda }

    /// UTC.
    public var time: NMEATime?
    /// The UTC day.
    public var date: NMEADate?
    /// Hours that local time must be advanced to get UTC, -13 to 13.
    public var zoneHours: Int8?
    /// Minutes of the zone, with the sign of its hours.
    public var zoneMinutes: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.dayMonthYear(&date)
        fields.signedInteger(&zoneHours, digits: 2)
        fields.integer(&zoneMinutes, digits: 2)
    }
}
