// An angle as a point of the unit circle. Geodesics, projections and geocentric coordinates are
// all computed with sines and cosines; the angle itself is asked for only where a series needs it
// or the result is spoken to a person. That keeps what is near the poles and the equator exact,
// where a cosine of a rounded angle would have lost half of its digits.
import CMath

/// An angle as its sine and its cosine.
struct UnitAngle {
    var sine: Double
    var cosine: Double

    /// Stands for nought where a division needs more: the root of the smallest normal number.
    static let tiny = 0x1p-511
    static let degree = Double.pi / 180

    @inline(__always)
    init(sine: Double, cosine: Double) {
        self.sine = sine
        self.cosine = cosine
    }

    @inline(__always)
    init(radians: Double) {
        let both = fl_sincos(radians)
        self.init(sine: both.sine, cosine: both.cosine)
    }

    /// An angle in degrees, exact at the multiples of 90; at most 360 either way.
    ///
    /// `residue` is what rounding has taken from the degrees. What is left after the quarter turns
    /// are taken out is exact, so that nothing is lost near them.
    init(degrees: Double, residue: Double = 0) {
        let quarters = (degrees / 90).rounded()
        let rest = UnitAngle(radians: ((degrees - 90 * quarters) + residue) * Self.degree)
        let (sine, cosine) = (rest.sine, rest.cosine)
        switch quarters {
        case 0: self.init(sine: sine, cosine: cosine)
        case 1, -3: self.init(sine: cosine, cosine: 0 - sine)
        case -1, 3: self.init(sine: 0 - cosine, cosine: sine)
        case 2, -2: self.init(sine: 0 - sine, cosine: 0 - cosine)
        default: self.init(sine: sine, cosine: cosine)
        }
    }

    /// The same direction at length one.
    var normalized: UnitAngle {
        let length = (sine * sine + cosine * cosine).squareRoot()
        return UnitAngle(sine: sine / length, cosine: cosine / length)
    }

    /// From this angle on to another, not below nought and at most half a turn.
    @inline(__always)
    func forward(to other: UnitAngle) -> UnitAngle {
        let forward = turn(to: other)
        // Adding nought makes -0 to 0: half a turn must not become half a turn back.
        return UnitAngle(sine: max(0, forward.sine) + 0, cosine: forward.cosine)
    }

    /// From this angle to another.
    @inline(__always)
    func turn(to other: UnitAngle) -> UnitAngle {
        UnitAngle(
            sine: cosine * other.sine - sine * other.cosine,
            cosine: cosine * other.cosine + sine * other.sine)
    }

    /// This angle and another one after it.
    @inline(__always)
    func turned(by other: UnitAngle) -> UnitAngle {
        UnitAngle(
            sine: sine * other.cosine + cosine * other.sine,
            cosine: cosine * other.cosine - sine * other.sine)
    }

    /// In radians, -pi to pi.
    @inline(__always)
    var radians: Double { fl_atan2(sine, cosine) }

    /// In degrees, -180 to 180, exact at the multiples of 90.
    var degrees: Double {
        if abs(sine) <= abs(cosine) {
            let near = fl_atan2(sine, abs(cosine)) / Self.degree
            if cosine >= 0 { return near }
            return sine < 0 ? -180 - near : 180 - near
        }
        let near = fl_atan2(cosine, abs(sine)) / Self.degree
        return sine > 0 ? 90 - near : near - 90
    }

    /// In degrees clockwise from north when the angle is an azimuth: 0 up to but not 360.
    var azimuth: Double {
        let signed = degrees
        if signed >= 0 { return signed == 0 ? 0 : signed }
        let whole = signed + 360
        return whole < 360 ? whole : 0
    }
}
