import CMath

/// A point in metres from the centre of the earth (ECEF), turning with it.
public struct EarthCentered: Hashable, Sendable {
    /// Towards latitude 0, longitude 0.
    public let x: Double
    /// Towards latitude 0, longitude 90 degrees east.
    public let y: Double
    /// Towards the north pole.
    public let z: Double

    /// A point; nil unless all three are finite and at most 1e15 metres, a tenth of a light-year.
    public init?(x: Double, y: Double, z: Double) {
        let range = -1e15...1e15
        guard range.contains(x), range.contains(y), range.contains(z) else { return nil }
        self.x = x
        self.y = y
        self.z = z
    }
}

extension Ellipsoid {
    /// The point at a height in metres above a place; nil unless it is one (see `EarthCentered`).
    public func earthCentered(_ place: Coordinate, height: Double) -> EarthCentered? {
        let latitude = UnitAngle(degrees: place.latitude)
        let longitude = UnitAngle(degrees: place.longitude)
        let sine = latitude.sine
        let normal = equatorialRadius / (1 - eccentricitySquared * sine * sine).squareRoot()
        let outward = (normal + height) * latitude.cosine
        let ratio = 1 - eccentricitySquared
        return EarthCentered(
            x: outward * longitude.cosine, y: outward * longitude.sine,
            z: (ratio * normal + height) * sine)
    }

    /// The place and the height in metres above it.
    ///
    /// Within 43 km of the centre several places are below one point; then it is the one whose
    /// latitude is on the point's side of the equator, and whose perpendicular is the longest. At
    /// the centre, and on the axis, the longitude is 0; at the centre the place is the north pole.
    public func geodetic(_ point: EarthCentered) -> (place: Coordinate, height: Double) {
        let outward = fl_hypot(point.x, point.y)
        let longitude =
            outward == 0 ? 0 : UnitAngle(sine: point.y, cosine: point.x).degrees
        let latitude = latitude(outward, point.z)
        // Good to second order where the latitude is not exact.
        let root = (1 - eccentricitySquared * latitude.sine * latitude.sine).squareRoot()
        let height =
            outward * latitude.cosine + point.z * latitude.sine - equatorialRadius * root
        return (Coordinate(limiting: latitude.degrees, turning: longitude), height)
    }

    /// The latitude in the plane of a meridian, after Vermeille (2002), whose equation of the
    /// fourth degree is that of the astroid.
    private func latitude(_ outward: Double, _ z: Double) -> UnitAngle {
        let e2 = eccentricitySquared
        guard e2 > 0 else {
            return outward == 0 && z == 0
                ? UnitAngle(sine: 1, cosine: 0) : UnitAngle(sine: z, cosine: outward).normalized
        }
        let scale = equatorialRadius * e2
        let k = e2 * astroidRoot(outward / scale, (1 - e2).squareRoot() * z / scale)
        if k > 0 { return UnitAngle(sine: z / k, cosine: outward / (k + e2)).normalized }
        // In the equator's plane near the centre the root is nought, and its limit counts.
        let part = min(1, outward / scale)
        let sine = (1 - part * part).squareRoot()
        return UnitAngle(
            sine: z < 0 ? 0 - sine : sine, cosine: part * (1 - e2).squareRoot()
        ).normalized
    }
}

extension Coordinate {
    /// The point at a height in metres above here, on WGS 84; nil unless it is one.
    public func earthCentered(height: Double = 0) -> EarthCentered? {
        Ellipsoid.wgs84.earthCentered(self, height: height)
    }
}

extension EarthCentered {
    /// The place on WGS 84 and the height in metres above it.
    public var geodetic: (place: Coordinate, height: Double) {
        Ellipsoid.wgs84.geodetic(self)
    }
}
