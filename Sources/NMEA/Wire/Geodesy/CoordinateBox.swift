/// A region between two parallels and two meridians, across the date line or not.
public struct CoordinateBox: Hashable, Sendable {
    /// The parallels, in degrees.
    public let south: Double
    public let north: Double
    /// The meridian where it begins, in degrees.
    public let west: Double
    /// Degrees from there eastwards; 360 for all longitudes.
    public let width: Double

    /// From the corner in the south-west eastwards to the one in the north-east; nil where that is
    /// south of the other. Where the east is west of the west, the box crosses the date line.
    public init?(southWest: Coordinate, northEast: Coordinate) {
        guard southWest.latitude <= northEast.latitude else { return nil }
        let width = northEast.longitude - southWest.longitude
        self.init(
            south: southWest.latitude, north: northEast.latitude, west: southWest.longitude,
            width: width < 0 ? width + 360 : width)
    }

    /// From numbers that may be out of their range.
    init(south: Double, north: Double, west: Double, width: Double) {
        self.south = max(-90, south)
        self.north = min(90, north)
        let isWhole = width >= 360
        self.west = isWhole ? -180 : west.remainder(dividingBy: 360)
        self.width = isWhole ? 360 : width
    }

    static let everything = CoordinateBox(south: -90, north: 90, west: -180, width: 360)

    /// A tenth of a millimetre more on every side: a box of what is computed must err outwards.
    var widened: CoordinateBox {
        let more = 1e-9
        return CoordinateBox(
            south: south - more, north: north + more, west: west - more, width: width + 2 * more)
    }

    /// Whether a place is in the box, its edges included; a pole is, whatever its longitude says.
    public func contains(_ place: Coordinate) -> Bool {
        guard place.latitude >= south, place.latitude <= north else { return false }
        if abs(place.latitude) == 90 { return true }
        let east = place.longitude - west
        if east >= 0 { return east <= width || east - 360 >= 0 && east - 360 <= width }
        return east + 360 <= width
    }
}
