/// A place as metres in a zone of the Universal Transverse Mercator grid, on WGS 84.
///
/// The grid covers latitudes from -80 up to but not 84; beyond, `UPS` does.
public struct UTM: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 60, each six degrees wide, from longitude -180 eastwards.
    public let zone: Int
    /// Which hemisphere the northing is counted in.
    public let isNorthern: Bool
    /// Metres; 500,000 on the central meridian.
    public let easting: Double
    /// Metres; 0 (north) or 10,000,000 (south) at the equator.
    public let northing: Double

    /// What eastings and northings may be, some 40 kilometres beyond every zone included.
    static let eastings = 100_000.0...900_000
    static let northings = 0.0...10_000_000

    /// A place in its zone, those of Norway and Svalbard included; nil in the polar regions.
    public init?(_ place: Coordinate) {
        guard let zone = UTM.zone(of: place) else { return nil }
        self.init(place, zone: zone)
    }

    /// A place in a zone of choice, which may be a neighbour of its own; nil where the grid of the
    /// zone does not reach.
    public init?(_ place: Coordinate, zone: Int) {
        guard (1...60).contains(zone), (-80..<84).contains(place.latitude) else { return nil }
        let center = Double(6 * zone - 183)
        let longitude = LongitudeDifference(from: center, to: place.longitude)
        guard abs(longitude.degrees) < 60 else { return nil }
        let metres = TransverseMercator.utm.project(
            latitude: place.latitude, longitude: longitude.degrees)
        let isNorthern = place.latitude >= 0
        self.init(
            zone: zone, isNorthern: isNorthern, easting: metres.east + 500_000,
            northing: isNorthern ? metres.north : metres.north + 10_000_000)
    }

    /// A point of the grid; nil unless the zone is 1 to 60, the easting 100,000 to 900,000 and the
    /// northing 0 to 10,000,000 metres.
    public init?(zone: Int, isNorthern: Bool, easting: Double, northing: Double) {
        guard (1...60).contains(zone), Self.eastings.contains(easting),
            Self.northings.contains(northing)
        else { return nil }
        self.zone = zone
        self.isNorthern = isNorthern
        self.easting = easting
        self.northing = northing
    }

    /// The place.
    public var coordinate: Coordinate {
        let degrees = TransverseMercator.utm.unproject(
            east: easting - 500_000, north: isNorthern ? northing : northing - 10_000_000)
        return Coordinate(
            limiting: degrees.latitude, turning: degrees.longitude + Double(6 * zone - 183))
    }

    /// The zone of a place; nil in the polar regions.
    public static func zone(of place: Coordinate) -> Int? {
        let (latitude, longitude) = (place.latitude, place.longitude)
        guard (-80..<84).contains(latitude) else { return nil }
        if (56..<64).contains(latitude), (3..<12).contains(longitude) { return 32 }
        if latitude >= 72, (0..<42).contains(longitude) {
            switch longitude {
            case ..<9: return 31
            case ..<21: return 33
            case ..<33: return 35
            default: return 37
            }
        }
        // 180 degrees east is 180 degrees west, where the first zone begins.
        return longitude == 180 ? 1 : Int((longitude / 6).rounded(.down)) + 31
    }

    /// `31N 629351.909 5803890.804`: zone and hemisphere, easting, northing, to the millimetre.
    public var description: String {
        let east = decimalText(easting, decimals: 3)
        return "\(zone)\(isNorthern ? "N" : "S") \(east) \(decimalText(northing, decimals: 3))"
    }
}
