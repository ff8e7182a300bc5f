/// Time, position and quality of a fix.
///
/// Altitudes and the geoid separation are in metres, the age of corrections in seconds.
/// Source: NMEA 0183 4.11, 8.3 GGA.
public struct GGA: PositionSentence {
    public static var kind: SentenceKind { .gga }

    /// UTC of the position.
    public var time: NMEATime?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// 0 no fix, 1 GPS, 2 differential, 3 PPS, 4 RTK fixed, 5 RTK float, 6 estimated, 7 manual, 8
    /// simulated.
    public var quality: UInt8?
    /// How many satellites are used.
    public var satellitesUsed: UInt16?
    /// Horizontal dilution of precision.
    public var hdop: NMEANumber?
    /// Above mean sea level.
    public var altitude: NMEANumber?
    /// How far the geoid lies above the ellipsoid.
    public var geoidSeparation: NMEANumber?
    /// Seconds since the last correction.
    public var correctionAge: NMEANumber?
    /// The reference station.
    public var station: UInt16?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.integer(&quality)
        fields.integer(&satellitesUsed, digits: 2)
        fields.number(&hdop)
        fields.number(&altitude)
        fields.unit("M")
        fields.number(&geoidSeparation)
        fields.unit("M")
        fields.number(&correctionAge)
        fields.integer(&station, digits: 4)
    }
}
