/// The shortest way between two places on an ellipsoid.
///
/// Between places of the same distance by several ways (opposite points of the equator, the two
/// poles) it is one of them.
public struct Geodesic: Hashable, Sendable {
    /// Metres.
    public let distance: Double
    /// The direction at the start, in degrees clockwise from north, 0 up to but not 360.
    public let initialAzimuth: Double
    /// The direction at the end, straight on, in degrees clockwise from north, 0 up to but not 360.
    public let finalAzimuth: Double
}

extension Coordinate {
    /// The shortest way from here to another place, on WGS 84; good to 15 nanometres.
    public func geodesic(to other: Coordinate) -> Geodesic {
        Ellipsoid.wgs84.geodesic(from: self, to: other)
    }

    /// Metres from here to another place along the shortest way, on WGS 84.
    public func distance(to other: Coordinate) -> Double {
        Ellipsoid.wgs84.distance(from: self, to: other)
    }

    /// The place at the end of a geodesic that begins here, on WGS 84; nil unless both are finite.
    ///
    /// - Parameters:
    ///   - azimuth: The direction at the start, in degrees clockwise from north.
    ///   - distance: Metres; negative ones go backwards.
    public func destination(azimuth: Double, distance: Double) -> Coordinate? {
        Ellipsoid.wgs84.line(from: self, azimuth: azimuth)?.point(at: distance)?.place
    }
}
