/// A place as metres in the Universal Polar Stereographic grid, on WGS 84.
///
/// Its regions are the north from latitude 84 and the south below -80; the grid reaches farther.
public struct UPS: Hashable, Sendable, CustomStringConvertible {
    /// Which pole it is.
    public let isNorthern: Bool
    /// Metres; 2,000,000 at the pole, more along the meridian of 90 degrees east.
    public let easting: Double
    /// Metres; 2,000,000 at the pole, more along the meridian of 180 degrees in the north, of
    /// Greenwich in the south.
    public let northing: Double

    /// What eastings and northings may be: the regions and some 100 kilometres beyond.
    static func range(isNorthern: Bool) -> ClosedRange<Double> {
        isNorthern ? 1_200_000...2_800_000 : 700_000...3_300_000
    }

    /// A place in one of the polar regions; nil elsewhere.
    public init?(_ place: Coordinate) {
        guard place.latitude >= 84 || place.latitude < -80 else { return nil }
        let isNorthern = place.latitude > 0
        let metres = PolarStereographic.ups.project(place, northern: isNorthern)
        self.init(
            isNorthern: isNorthern, easting: metres.east + 2_000_000,
            northing: metres.north + 2_000_000)
    }

    /// A point of the grid; nil unless easting and northing are both 1,200,000 to 2,800,000 metres
    /// in the north, 700,000 to 3,300,000 in the south.
    public init?(isNorthern: Bool, easting: Double, northing: Double) {
        let range = Self.range(isNorthern: isNorthern)
        guard range.contains(easting), range.contains(northing) else { return nil }
        self.isNorthern = isNorthern
        self.easting = easting
        self.northing = northing
    }

    /// The place.
    public var coordinate: Coordinate {
        PolarStereographic.ups.unproject(
            east: easting - 2_000_000, north: northing - 2_000_000, northern: isNorthern)
    }

    /// `N 2222991.385 2264163.052`: pole, easting, northing, to the millimetre.
    public var description: String {
        let east = decimalText(easting, decimals: 3)
        return "\(isNorthern ? "N" : "S") \(east) \(decimalText(northing, decimals: 3))"
    }
}
