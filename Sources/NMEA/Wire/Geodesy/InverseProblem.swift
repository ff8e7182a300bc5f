/// Two places, turned and mirrored so that the start is south of the equator and farther from it
/// than the end, and the end is to the east.
///
/// Every pair of places comes to this one case; the `Frame` brings the azimuths back.
struct InverseProblem {
    /// Reduced latitudes.
    let beta1: UnitAngle
    let beta2: UnitAngle
    /// The lengths of a piece of parallel, in relation to the auxiliary sphere.
    let dn1: Double
    let dn2: Double
    /// The difference in longitude, and in radians.
    let lambda: UnitAngle
    let lambdaRadians: Double
    /// Degrees that are missing to 180 between the meridians.
    let supplement: Double
    let startIsPole: Bool
    let frame: Frame

    /// What was turned and mirrored.
    struct Frame {
        let isSwapped: Bool
        let isWestward: Bool
        let isMirroredNorth: Bool

        /// The azimuths at start and end as they are in the world.
        @inline(__always)
        func restore(_ alpha1: UnitAngle, _ alpha2: UnitAngle) -> (UnitAngle, UnitAngle) {
            let east: Double = isWestward ? -1 : 1
            let north: Double = isSwapped != isMirroredNorth ? -1 : 1
            let first = isSwapped ? alpha2 : alpha1
            let second = isSwapped ? alpha1 : alpha2
            return (
                UnitAngle(sine: first.sine * east, cosine: first.cosine * north),
                UnitAngle(sine: second.sine * east, cosine: second.cosine * north)
            )
        }
    }

    init(from start: Coordinate, to end: Coordinate, on ellipsoid: Ellipsoid) {
        let difference = LongitudeDifference(from: start.longitude, to: end.longitude)
        let isSwapped = abs(start.latitude) < abs(end.latitude)
        let far = isSwapped ? end.latitude : start.latitude
        let near = isSwapped ? start.latitude : end.latitude
        let sign: Double = far >= 0 ? -1 : 1
        frame = Frame(
            isSwapped: isSwapped, isWestward: difference.isWestward, isMirroredNorth: far >= 0)

        let east = difference.magnitude
        lambda = UnitAngle(degrees: east.degrees, residue: east.residue)
        lambdaRadians = east.degrees * UnitAngle.degree
        supplement = east.supplement
        startIsPole = abs(far) == 90

        let beta1 = Self.reduced(sign * far, ellipsoid)
        self.beta1 = beta1
        beta2 = Self.matched(Self.reduced(sign * near, ellipsoid), with: beta1)
        let k2 = ellipsoid.secondEccentricitySquared
        dn1 = (1 + k2 * beta1.sine * beta1.sine).squareRoot()
        dn2 = (1 + k2 * beta2.sine * beta2.sine).squareRoot()
    }

    /// The reduced latitude: that of the point of the sphere from which the ellipsoid is pressed.
    private static func reduced(_ latitude: Double, _ ellipsoid: Ellipsoid) -> UnitAngle {
        var beta = UnitAngle(degrees: latitude.rid)
        beta.sine *= 1 - ellipsoid.flattening
        beta = beta.normalized
        beta.cosine = max(UnitAngle.tiny, beta.cosine)
        return beta
    }

    /// Makes equal what must be equal for latitudes of equal size, whatever rounding did to it.
    private static func matched(_ beta2: UnitAngle, with beta1: UnitAngle) -> UnitAngle {
        var beta2 = beta2
        if beta1.cosine < -beta1.sine {
            if beta2.cosine == beta1.cosine {
                beta2.sine = beta2.sine < 0 ? beta1.sine : 0 - beta1.sine
            }
        } else if abs(beta2.sine) == -beta1.sine {
            beta2.cosine = beta1.cosine
        }
        return beta2
    }
}

extension Double {
    /// Rid of what is below 2e-19: a tiny angle would underflow when it is squared.
    fileprivate var rid: Double {
        let size = abs(self)
        guard size < 1.0 / 16 else { return self }
        let rounded = 1.0 / 16 - (1.0 / 16 - size)
        return self < 0 ? 0 - rounded : rounded
    }
}
