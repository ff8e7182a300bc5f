import CMath

/// The projection that UPS is made of: the polar stereographic one of WGS 84, scale 0.994.
struct PolarStereographic {
    private let conformal: ConformalLatitude
    private let factor: Double

    static let ups = PolarStereographic(.wgs84, scale: 0.994)

    init(_ ellipsoid: Ellipsoid, scale: Double) {
        conformal = ConformalLatitude(ellipsoid)
        let e = conformal.eccentricity
        factor = 2 * scale * ellipsoid.polarRadius / ((1 - e * e) * fl_exp(e * fl_atanh(e)))
    }

    /// Metres from the pole: to the right, and up. Greenwich is down in the north, up in the south.
    func project(_ place: Coordinate, northern: Bool) -> (east: Double, north: Double) {
        let latitude = northern ? place.latitude : 0 - place.latitude
        let longitude = UnitAngle(degrees: place.longitude)
        let tangent = conformal.tangent(UnitAngle(degrees: latitude))
        // The cotangent of half the way to the pole, without loss at either end.
        let secant = fl_hypot(1, tangent)
        let half = tangent >= 0 ? 1 / (secant + tangent) : secant - tangent
        let distance = latitude == 90 ? 0 : factor * half
        let north = distance * longitude.cosine
        return (distance * longitude.sine, northern ? 0 - north : north)
    }

    func unproject(east: Double, north: Double, northern: Bool) -> Coordinate {
        let half = fl_hypot(east, north) / factor
        let latitude = conformal.latitude((1 / half - half) / 2)
        let up = northern ? 0 - north : north
        return Coordinate(
            limiting: northern ? latitude : 0 - latitude,
            turning: UnitAngle(sine: east, cosine: up).degrees)
    }
}
