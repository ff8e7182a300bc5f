/// Trimble: time, position, quality and DOP.
///
/// Source: Trimble NMEA 0183 messages PTNL GGK.
public struct PTNLGGK: PositionSentence {
    public static var kind: SentenceKind { .ptnlggk }

    /// UTC.
    public var time: NMEATime?
    /// The UTC day.
    public var date: TwoDigitDate?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// 0 none, 1 GPS, 2 RTK float, 3 RTK fixed, 4 DGPS code, 5 SBAS, 6 and above networks.
    public var quality: UInt8?
    /// How many satellites are used.
    public var satellitesUsed: UInt16?
    /// Dilution of precision.
    public var dop: NMEANumber?
    /// `EHT` and the height above the ellipsoid in metres.
    public var height: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.date(&date, monthFirst: true)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.integer(&quality)
        fields.integer(&satellitesUsed, digits: 2)
        fields.number(&dop)
        fields.text(&height)
        fields.unit("M")
    }
}
