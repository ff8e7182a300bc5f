/// The first six coefficients of a series of sines of the even multiples of an angle.
struct SineSeries {
    var c1 = 0.0
    var c2 = 0.0
    var c3 = 0.0
    var c4 = 0.0
    var c5 = 0.0
    var c6 = 0.0

    /// `c1 sin 2x + c2 sin 4x + … + c6 sin 12x`, by Clenshaw's summation.
    @inline(__always)
    func sum(at angle: UnitAngle) -> Double {
        let twice = 2 * (angle.cosine - angle.sine) * (angle.cosine + angle.sine)
        let b5 = twice * c6 + c5
        let b4 = twice * b5 - c6 + c4
        let b3 = twice * b4 - b5 + c3
        let b2 = twice * b3 - b4 + c2
        let b1 = twice * b2 - b3 + c1
        return 2 * angle.sine * angle.cosine * b1
    }

    /// The difference of the sums at two angles.
    @inline(__always)
    func sum(from start: UnitAngle, to end: UnitAngle) -> Double {
        sum(at: end) - sum(at: start)
    }
}
