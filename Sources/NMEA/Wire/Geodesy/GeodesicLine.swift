// The direct problem after Karney (2013), as a line that is made once and asked for many points:
// a track over the ellipsoid, of which the cross-track distance asks again and again.
import CMath

/// A geodesic that begins at a place with an azimuth and goes on without end both ways.
public struct GeodesicLine: Sendable {
    /// A point of the line.
    public struct Point: Hashable, Sendable {
        public let place: Coordinate
        /// The direction of the line there, in degrees clockwise from north, 0 up to but not 360.
        public let azimuth: Double
    }

    /// Where it begins.
    public let start: Coordinate

    private let ellipsoid: Ellipsoid
    /// The azimuth where the line crosses the equator northwards.
    private let alpha0: UnitAngle
    /// The start's way from that crossing, on the auxiliary sphere.
    private let sigma1: UnitAngle
    private let omega1: UnitAngle
    /// The start's way from that crossing, in lengths of the line itself.
    private let tau1: UnitAngle
    private let metresPerRadian: Double
    private let reverse: SineSeries
    private let arcAtStart: Double
    private let longitudes: SineSeries
    private let longitudeFactor: Double

    init(from start: Coordinate, direction: UnitAngle, on ellipsoid: Ellipsoid) {
        self.start = start
        self.ellipsoid = ellipsoid
        var beta1 = UnitAngle(degrees: start.latitude)
        beta1.sine *= 1 - ellipsoid.flattening
        beta1 = beta1.normalized
        beta1.cosine = max(UnitAngle.tiny, beta1.cosine)
        alpha0 = UnitAngle(
            sine: direction.sine * beta1.cosine,
            cosine: fl_hypot(direction.cosine, direction.sine * beta1.sine))
        let isOnEquatorEastward = beta1.sine == 0 && direction.cosine == 0
        let cosine = isOnEquatorEastward ? 1 : beta1.cosine * direction.cosine
        omega1 = UnitAngle(sine: alpha0.sine * beta1.sine, cosine: cosine)
        sigma1 = UnitAngle(sine: beta1.sine, cosine: cosine).normalized

        let series = GeodesicSeries(cosineSquared: alpha0.cosine * alpha0.cosine, ellipsoid)
        metresPerRadian = ellipsoid.polarRadius * (1 + series.a1Less1)
        arcAtStart = series.c1.sum(at: sigma1)
        tau1 = sigma1.turned(by: UnitAngle(radians: arcAtStart))
        reverse = series.c1Reverted
        longitudes = ellipsoid.longitudeSeries.sines(series)
        longitudeFactor =
            -ellipsoid.flattening * alpha0.sine * ellipsoid.longitudeSeries.factor(series)
    }

    /// The point at a distance in metres from the start; negative ones lead backwards. Nil unless
    /// it is finite.
    public func point(at distance: Double) -> Point? {
        let tau = distance / metresPerRadian
        guard tau.isFinite else { return nil }
        let tau2 = tau1.turned(by: UnitAngle(radians: tau))
        let arc = refined(tau + reverse.sum(at: tau2) + arcAtStart, distance)
        let sigma2 = sigma1.turned(by: UnitAngle(radians: arc))
        var beta2 = UnitAngle(
            sine: alpha0.cosine * sigma2.sine,
            cosine: fl_hypot(alpha0.sine, alpha0.cosine * sigma2.cosine))
        var along = sigma2.cosine
        if beta2.cosine == 0 {
            beta2.cosine = UnitAngle.tiny
            along = UnitAngle.tiny
        }
        let omega2 = UnitAngle(sine: alpha0.sine * sigma2.sine, cosine: along)
        let turn = omega1.turn(to: omega2).radians
        let lambda = turn + longitudeFactor * (arc + longitudes.sum(from: sigma1, to: sigma2))
        let latitude = UnitAngle(
            sine: beta2.sine, cosine: (1 - ellipsoid.flattening) * beta2.cosine
        ).degrees
        let place = Coordinate(
            limiting: latitude,
            turning: start.longitude + (lambda / UnitAngle.degree).remainder(dividingBy: 360))
        return Point(
            place: place,
            azimuth: UnitAngle(sine: alpha0.sine, cosine: alpha0.cosine * along).azimuth)
    }

    /// One step of Newton's method: the reverse series falls short where flattening is large.
    private func refined(_ arc: Double, _ distance: Double) -> Double {
        if ellipsoid.flattening <= 0.01 { return arc }
        let k2 =
            alpha0.cosine * alpha0.cosine * ellipsoid.secondEccentricitySquared
        let series = GeodesicSeries(cosineSquared: alpha0.cosine * alpha0.cosine, ellipsoid)
        let sigma2 = sigma1.turned(by: UnitAngle(radians: arc))
        let length = arc + series.c1.sum(from: sigma1, to: sigma2)
        let excess = (1 + series.a1Less1) * length - distance / ellipsoid.polarRadius
        return arc - excess / (1 + k2 * sigma2.sine * sigma2.sine).squareRoot()
    }
}

extension Ellipsoid {
    /// The geodesic that begins at a place; nil unless its azimuth (degrees) is finite.
    public func line(from start: Coordinate, azimuth: Double) -> GeodesicLine? {
        guard azimuth.isFinite else { return nil }
        let direction = UnitAngle(degrees: azimuth.remainder(dividingBy: 360))
        return GeodesicLine(from: start, direction: direction, on: self)
    }
}

extension Coordinate {
    /// A place from finite numbers that rounding may have taken out of their range.
    init(limiting latitude: Double, turning longitude: Double) {
        self.latitude = min(90, max(-90, latitude))
        let turned = abs(longitude) <= 180 ? longitude : longitude.remainder(dividingBy: 360)
        self.longitude = turned
    }
}
