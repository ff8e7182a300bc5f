// The series of C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43–55, to the
// sixth order, named as there: A1, C1 and C1' for the length along a geodesic, A2 and C2 for its
// reduced length, A3 and C3 for the longitude. All are expansions in eps, which is about f / 2
// times the squared cosine of the azimuth at the equator; six orders leave less than a nanometre
// on the earth. C3 and A3 depend on the ellipsoid too: their coefficients are made once for each.

/// What the series need to know about one geodesic.
struct GeodesicSeries {
    let eps: Double

    /// From the squared cosine of the azimuth at the equator and the ellipsoid.
    @inline(__always)
    init(cosineSquared: Double, _ ellipsoid: Ellipsoid) {
        let k2 = cosineSquared * ellipsoid.secondEccentricitySquared
        eps = k2 / (2 * (1 + (1 + k2).squareRoot()) + k2)
    }

    @inline(__always)
    init(eps: Double) { self.eps = eps }

    /// A1 - 1, equation 17: kept apart from one, for its digits.
    @inline(__always)
    var a1Less1: Double {
        let e2 = eps * eps
        let t = e2 * (e2 * (e2 + 4) + 64) / 256
        return (t + eps) / (1 - eps)
    }

    /// C1, equation 18.
    @inline(__always)
    var c1: SineSeries {
        let e2 = eps * eps
        let e3 = e2 * eps
        return SineSeries(
            c1: eps * ((6 - e2) * e2 - 16) / 32,
            c2: e2 * ((64 - 9 * e2) * e2 - 128) / 2048,
            c3: e3 * (9 * e2 - 16) / 768,
            c4: e2 * e2 * (3 * e2 - 5) / 512,
            c5: -7 * e2 * e3 / 1280,
            c6: -7 * e3 * e3 / 2048)
    }

    /// C1', equation 21: the reverse of C1.
    var c1Reverted: SineSeries {
        let e2 = eps * eps
        let e3 = e2 * eps
        return SineSeries(
            c1: eps * (e2 * (205 * e2 - 432) + 768) / 1536,
            c2: e2 * (e2 * (4005 * e2 - 4736) + 3840) / 12288,
            c3: e3 * (116 - 225 * e2) / 384,
            c4: e2 * e2 * (2695 - 7173 * e2) / 7680,
            c5: 3467 * e2 * e3 / 7680,
            c6: 38081 * e3 * e3 / 61440)
    }

    /// A2 - 1, equation 42.
    @inline(__always)
    var a2Less1: Double {
        let e2 = eps * eps
        let t = e2 * (e2 * (-11 * e2 - 28) - 192) / 256
        return (t - eps) / (1 + eps)
    }

    /// C2, equation 43.
    @inline(__always)
    var c2: SineSeries {
        let e2 = eps * eps
        let e3 = e2 * eps
        return SineSeries(
            c1: eps * (e2 * (e2 + 2) + 16) / 32,
            c2: e2 * (e2 * (35 * e2 + 64) + 384) / 2048,
            c3: e3 * (15 * e2 + 80) / 768,
            c4: e2 * e2 * (7 * e2 + 35) / 512,
            c5: 63 * e2 * e3 / 1280,
            c6: 77 * e3 * e3 / 2048)
    }
}

/// The series for the longitude on one ellipsoid: equations 24 and 25 as polynomials in eps.
struct LongitudeSeries {
    private let a: (Double, Double, Double, Double, Double)
    private let c1: (Double, Double, Double, Double, Double)
    private let c2: (Double, Double, Double, Double)
    private let c3: (Double, Double, Double)
    private let c4: (Double, Double)
    private let c5: Double

    /// For the third flattening n.
    init(thirdFlattening n: Double) {
        let n2 = n * n
        a = (
            n / 2 - 1.0 / 2,
            3 * n2 / 8 - n / 8 - 1.0 / 4,
            -n2 / 16 - 3 * n / 16 - 1.0 / 16,
            -n / 32 - 3.0 / 64,
            -3.0 / 128
        )
        c1 = (
            1.0 / 4 - n / 4,
            1.0 / 8 - n2 / 8,
            3.0 / 64 + 3 * n / 64 - n2 / 64,
            5.0 / 128 + n / 64,
            3.0 / 128
        )
        c2 = (
            1.0 / 16 - 3 * n / 32 + n2 / 32,
            3.0 / 64 - n / 32 - 3 * n2 / 64,
            3.0 / 128 + n / 128,
            5.0 / 256
        )
        c3 = (5.0 / 192 - 3 * n / 64 + 5 * n2 / 192, 3.0 / 128 - 5 * n / 192, 7.0 / 512)
        c4 = (7.0 / 512 - 7 * n / 256, 7.0 / 512)
        c5 = 21.0 / 2560
    }

    /// A3.
    @inline(__always)
    func factor(_ series: GeodesicSeries) -> Double {
        let e = series.eps
        return 1 + e * (a.0 + e * (a.1 + e * (a.2 + e * (a.3 + e * a.4))))
    }

    /// C3.
    @inline(__always)
    func sines(_ series: GeodesicSeries) -> SineSeries {
        let e = series.eps
        let e2 = e * e
        let e3 = e2 * e
        return SineSeries(
            c1: e * (c1.0 + e * (c1.1 + e * (c1.2 + e * (c1.3 + e * c1.4)))),
            c2: e2 * (c2.0 + e * (c2.1 + e * (c2.2 + e * c2.3))),
            c3: e3 * (c3.0 + e * (c3.1 + e * c3.2)),
            c4: e2 * e2 * (c4.0 + e * c4.1),
            c5: e2 * e3 * c5)
    }
}
