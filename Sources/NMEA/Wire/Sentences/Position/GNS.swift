/// A fix from several satellite systems.
///
/// Altitude and geoid separation are in metres, the age of corrections in seconds.
/// Source: NMEA 0183 4.11, 8.3 GNS.
public struct GNS: PositionSentence {
    public static var kind: SentenceKind { .gns }

    /// UTC of the position.
    public var time: NMEATime?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// A letter of `ModeIndicator` for each system: GPS, GLONASS, Galileo, BeiDou, QZSS, NavIC.
    public var modes: String?
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
    /// Whether it is safe to navigate by (4.1).
    public var navigationalStatus: NavigationalStatus?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.text(&modes)
        fields.integer(&satellitesUsed, digits: 2)
        fields.number(&hdop)
        fields.number(&altitude)
        fields.number(&geoidSeparation)
        fields.number(&correctionAge)
        fields.integer(&station, digits: 4)
        fields.mayEndHere()
        fields.letter(&navigationalStatus)
    }
}
