import CMath

/// The latitude of the sphere onto which an ellipsoid is mapped true to angles, by its tangent.
struct ConformalLatitude {
    let eccentricity: Double
    /// The square of the ratio of the radii.
    private let ratio2: Double

    init(_ ellipsoid: Ellipsoid) {
        eccentricity = ellipsoid.eccentricitySquared.squareRoot()
        ratio2 = 1 - ellipsoid.eccentricitySquared
    }

    /// The tangent of the conformal latitude; finite also at a pole.
    func tangent(_ latitude: UnitAngle) -> Double {
        tangent(geographic: latitude.sine / max(UnitAngle.tiny, latitude.cosine))
    }

    /// Karney (2011), equations 7 and 9.
    private func tangent(geographic tangent: Double) -> Double {
        let secant = fl_hypot(1, tangent)
        let sigma = fl_sinh(eccentricity * fl_atanh(eccentricity * (tangent / secant)))
        return fl_hypot(1, sigma) * tangent - sigma * secant
    }

    /// The latitude in degrees, by Newton's method, equations 19 to 21: two steps are usual.
    func latitude(_ conformal: Double) -> Double {
        var tangent = conformal
        if abs(conformal) < 0x1p70 {
            tangent /= ratio2
            for _ in 0..<5 {
                let step = self.step(tangent, to: conformal)
                tangent += step
                if abs(step) <= 1e-9 * max(1, abs(tangent)) { break }
            }
        }
        return UnitAngle(sine: tangent, cosine: 1).degrees
    }

    private func step(_ tangent: Double, to conformal: Double) -> Double {
        let reached = self.tangent(geographic: tangent)
        return (conformal - reached) * (1 + ratio2 * tangent * tangent)
            / (ratio2 * fl_hypot(1, tangent) * fl_hypot(1, reached))
    }
}
