// The transverse Mercator projection of WGS 84 by Krüger's series in the third flattening, to the
// sixth order: C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J.
// Geodesy 85 (2011) 475–485, equations 35 and 36. Good to 5 nanometres within 35 degrees of the
// central meridian, and finite everywhere. It knows nothing of zones; that is `UTM`.
import CMath

/// The projection that UTM is made of, with scale 0.9996 on its central meridian.
struct TransverseMercator {
    private let conformal: ConformalLatitude
    /// Metres on the central meridian for a radian of rectified latitude.
    private let radius: Double
    private let alpha: SineSeries
    private let beta: SineSeries

    static let utm = TransverseMercator(.wgs84, scale: 0.9996)

    init(_ ellipsoid: Ellipsoid, scale: Double) {
        let n = ellipsoid.thirdFlattening
        let n2 = n * n
        conformal = ConformalLatitude(ellipsoid)
        let rectified = (1 + n2 * (1.0 / 4 + n2 * (1.0 / 64 + n2 / 256))) / (1 + n)
        radius = scale * ellipsoid.equatorialRadius * rectified
        alpha = Self.alpha(n)
        beta = Self.beta(n)
    }

    private static func alpha(_ n: Double) -> SineSeries {
        let a1 = -2.0 / 3 + n * (5.0 / 16 + n * (41.0 / 180 + n * (-127.0 / 288)))
        let a2 = -3.0 / 5 + n * (557.0 / 1440 + n * (281.0 / 630))
        let a3 = -103.0 / 140 + n * (15061.0 / 26880 + n * 167603 / 181440)
        let a4 = 49561.0 / 161280 + n * (-179.0 / 168 + n * 6_601_661 / 7_257_600)
        let n2 = n * n
        let n6 = n2 * n2 * n2
        return SineSeries(
            c1: n * (1.0 / 2 + n * a1) + n6 * 7891 / 37800,
            c2: n2 * (13.0 / 48 + n * a2) - n6 * 1_983_433 / 1_935_360,
            c3: n2 * n * (61.0 / 240 + n * a3),
            c4: n2 * n2 * a4,
            c5: n2 * n2 * n * (34729.0 / 80640 - n * 3_418_889 / 1_995_840),
            c6: n6 * 212_378_941 / 319_334_400)
    }

    private static func beta(_ n: Double) -> SineSeries {
        let b1 = -2.0 / 3 + n * (37.0 / 96 + n * (-1.0 / 360 + n * (-81.0 / 512)))
        let b2 = 1.0 / 15 + n * (-437.0 / 1440 + n * 46 / 105)
        let b3 = -37.0 / 840 + n * (-209.0 / 4480 + n * 5569 / 90720)
        let b4 = 4397.0 / 161280 + n * (-11.0 / 504 - n * 830_251 / 7_257_600)
        let n2 = n * n
        let n6 = n2 * n2 * n2
        return SineSeries(
            c1: n * (1.0 / 2 + n * b1) + n6 * 96199 / 604_800,
            c2: n2 * (1.0 / 48 + n * b2) - n6 * 1_118_711 / 3_870_720,
            c3: n2 * n * (17.0 / 480 + n * b3),
            c4: n2 * n2 * b4,
            c5: n2 * n2 * n * (4583.0 / 161280 - n * 108_847 / 3_991_680),
            c6: n6 * 20_648_693 / 638_668_800)
    }

    /// Metres east and north of the equator on the central meridian.
    ///
    /// - Parameters:
    ///   - latitude: Degrees.
    ///   - longitude: Degrees east of the central meridian, less than 90 either way.
    func project(latitude: Double, longitude: Double) -> (east: Double, north: Double) {
        let lambda = UnitAngle(degrees: longitude)
        let tangent = conformal.tangent(UnitAngle(degrees: latitude))
        let xi = fl_atan2(tangent, lambda.cosine)
        let eta = fl_asinh(lambda.sine / fl_hypot(tangent, lambda.cosine))
        let sum = alpha.complexSum(xi, eta)
        return (radius * (eta + sum.imaginary), radius * (xi + sum.real))
    }

    /// The latitude, and the longitude from the central meridian, both in degrees.
    func unproject(east: Double, north: Double) -> (latitude: Double, longitude: Double) {
        let (xi, eta) = (north / radius, east / radius)
        let sum = beta.complexSum(xi, eta)
        let rectified = UnitAngle(radians: xi - sum.real)
        let sinh = fl_sinh(eta - sum.imaginary)
        let longitude = UnitAngle(sine: sinh, cosine: rectified.cosine)
        let tangent = rectified.sine / fl_hypot(sinh, rectified.cosine)
        return (conformal.latitude(tangent), longitude.degrees)
    }
}

extension SineSeries {
    /// The sum at `xi + i eta`, by Clenshaw's summation with complex numbers.
    fileprivate func complexSum(_ xi: Double, _ eta: Double) -> (real: Double, imaginary: Double) {
        let angle = UnitAngle(radians: 2 * xi)
        let (sinh, cosh) = (fl_sinh(2 * eta), fl_cosh(2 * eta))
        // Twice the cosine of the doubled angle.
        let (re, im) = (2 * angle.cosine * cosh, -2 * angle.sine * sinh)
        var (b1, b2) = ((c6, 0.0), (0.0, 0.0))
        for coefficient in [c5, c4, c3, c2, c1] {
            let next = (
                re * b1.0 - im * b1.1 - b2.0 + coefficient, re * b1.1 + im * b1.0 - b2.1
            )
            (b1, b2) = (next, b1)
        }
        let (sineRe, sineIm) = (angle.sine * cosh, angle.cosine * sinh)
        return (sineRe * b1.0 - sineIm * b1.1, sineRe * b1.1 + sineIm * b1.0)
    }
}
