import CMath

/// All places within a distance of one, along the ellipsoid.
public struct CircleFence: Geofence, Hashable {
    public let center: Coordinate
    /// Metres.
    public let radius: Double
    public let box: CoordinateBox

    /// A circle; nil unless its radius is finite and not negative. Radius 0 is the centre alone.
    public init?(center: Coordinate, radius: Double) {
        guard radius.isFinite, radius >= 0 else { return nil }
        self.center = center
        self.radius = radius
        box = Self.box(center, radius)
    }

    /// Whether a place is not farther from the centre than the radius.
    public func contains(_ place: Coordinate) -> Bool {
        box.contains(place) && center.distance(to: place) <= radius
    }

    /// Metres from a place outside to the circle; 0 for a place that belongs to it.
    public func distance(to place: Coordinate) -> Double {
        max(0, center.distance(to: place) - radius)
    }

    /// On a sphere of the earth's smallest radius of curvature every degree is shorter than on the
    /// earth, so that the circle there encloses the one here.
    private static func box(_ center: Coordinate, _ radius: Double) -> CoordinateBox {
        let earth = Ellipsoid.wgs84
        let smallest = earth.equatorialRadius * (1 - earth.eccentricitySquared)
        let arc = radius / smallest
        let degrees = arc / UnitAngle.degree
        guard abs(center.latitude) + degrees < 89.999 else {
            return CoordinateBox(
                south: center.latitude - degrees, north: center.latitude + degrees, west: -180,
                width: 360
            ).widened
        }
        let cosine = UnitAngle(degrees: center.latitude).cosine
        let across = fl_asin(min(1, fl_sin(arc) / cosine)) / UnitAngle.degree
        return CoordinateBox(
            south: center.latitude - degrees, north: center.latitude + degrees,
            west: center.longitude - across, width: 2 * across
        ).widened
    }
}
