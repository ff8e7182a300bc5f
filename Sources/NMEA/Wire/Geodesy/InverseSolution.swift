// The inverse problem of geodesy after C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87
// (2013) 43–55. Vincenty's iteration fails near the opposite point of the ellipsoid; this one
// cannot. The azimuth at the start is the unknown: the geodesic that leaves with it meets the
// parallel of the end at a longitude that grows with it, and Newton's method finds the azimuth
// whose longitude is right. A bracket is kept beside it, and halved when a step would leave it, so
// that the search ends after 83 steps at worst; two or three are usual. It knows nothing of places
// in the world: an `InverseProblem` is already turned to the one case that is solved here.
import CMath

/// The length of a geodesic, and its azimuths at both ends.
struct InverseSolution {
    let distance: Double
    let alpha1: UnitAngle
    let alpha2: UnitAngle
}

/// A geodesic on the auxiliary sphere that begins with a tried azimuth.
private struct Trial {
    let alpha2: UnitAngle
    let sigma1: UnitAngle
    let sigma2: UnitAngle
    let arc: Double
    let series: GeodesicSeries
    /// By how much the longitude where it meets the end's parallel is wrong.
    let error: Double
}

/// The azimuths between which the solution lies; the second is the larger.
private struct Bracket {
    var low = UnitAngle(sine: UnitAngle.tiny, cosine: 1)
    var high = UnitAngle(sine: UnitAngle.tiny, cosine: -1)

    /// Takes in what a trial told, when it is nearer to the solution than what is known.
    mutating func narrow(_ alpha: UnitAngle, error: Double, always: Bool) {
        let cotangent = alpha.cosine / alpha.sine
        if error > 0, always || cotangent > high.cosine / high.sine { high = alpha }
        if error < 0, always || cotangent < low.cosine / low.sine { low = alpha }
    }

    var middle: UnitAngle {
        UnitAngle(
            sine: (low.sine + high.sine) / 2, cosine: (low.cosine + high.cosine) / 2
        ).normalized
    }

    /// Whether an azimuth cannot be told from an end of the bracket.
    func hasEnd(at alpha: UnitAngle) -> Bool {
        abs(low.sine - alpha.sine) + (low.cosine - alpha.cosine) < .ulpOfOne
            || abs(alpha.sine - high.sine) + (alpha.cosine - high.cosine) < .ulpOfOne
    }
}

/// The azimuth to begin the search with, or the whole solution when the way is short.
private enum Beginning {
    case azimuth(UnitAngle)
    case solved(InverseSolution)
}

private let newtonSteps = 20
private let allSteps = 83

extension Ellipsoid {
    /// The shortest way between two places.
    public func geodesic(from start: Coordinate, to end: Coordinate) -> Geodesic {
        let problem = InverseProblem(from: start, to: end, on: self)
        let solution = solve(problem)
        let (alpha1, alpha2) = problem.frame.restore(solution.alpha1, solution.alpha2)
        return Geodesic(
            distance: solution.distance, initialAzimuth: alpha1.azimuth,
            finalAzimuth: alpha2.azimuth)
    }

    /// Metres along the shortest way between two places.
    public func distance(from start: Coordinate, to end: Coordinate) -> Double {
        solve(InverseProblem(from: start, to: end, on: self)).distance
    }

    private func solve(_ problem: InverseProblem) -> InverseSolution {
        if problem.startIsPole || problem.lambda.sine == 0,
            let solution = alongMeridian(problem)
        {
            return solution
        }
        if problem.beta1.sine == 0, problem.supplement >= flattening * 180 {
            let east = UnitAngle(sine: 1, cosine: 0)
            return InverseSolution(
                distance: equatorialRadius * problem.lambdaRadians, alpha1: east, alpha2: east)
        }
        switch beginning(problem) {
        case .solved(let solution): return solution
        case .azimuth(let alpha): return search(problem, from: alpha)
        }
    }

    /// The way along a meridian, over a pole perhaps; nil where that is not the shortest one.
    private func alongMeridian(_ problem: InverseProblem) -> InverseSolution? {
        let alpha1 = problem.lambda
        let sigma1 = UnitAngle(
            sine: problem.beta1.sine, cosine: alpha1.cosine * problem.beta1.cosine)
        let sigma2 = problem.beta2
        let arc = sigma1.forward(to: sigma2).radians
        let series = GeodesicSeries(eps: thirdFlattening)
        let length = series.length(arc, from: sigma1, to: sigma2)
        let reduced = series.reducedLength(
            arc, from: sigma1, problem.dn1, to: sigma2, problem.dn2)
        guard arc < 0x1p-26 || reduced >= 0 else { return nil }
        let isNothing =
            arc < 3 * UnitAngle.tiny || arc < .ulpOfOne && (length < 0 || reduced < 0)
        return InverseSolution(
            distance: isNothing ? 0 : length * polarRadius, alpha1: alpha1,
            alpha2: UnitAngle(sine: 0, cosine: 1))
    }

    /// Newton's method with a bracket.
    private func search(_ problem: InverseProblem, from first: UnitAngle) -> InverseSolution {
        var alpha = first
        var bracket = Bracket()
        var isNear = false
        var isClosed = false
        var trial = self.trial(problem, alpha)
        for step in 0..<allSteps {
            // Written so that an error that is no number ends the search.
            if isClosed || !(abs(trial.error) >= (isNear ? 8 : 1) * .ulpOfOne) { break }
            bracket.narrow(alpha, error: trial.error, always: step > newtonSteps)
            let next = step < newtonSteps ? newtonStep(problem, from: alpha, trial) : nil
            isNear = next != nil && abs(trial.error) <= 16 * .ulpOfOne
            alpha = next ?? bracket.middle
            isClosed = next == nil && bracket.hasEnd(at: alpha)
            trial = self.trial(problem, alpha)
        }
        let length = trial.series.length(trial.arc, from: trial.sigma1, to: trial.sigma2)
        return InverseSolution(
            distance: length * polarRadius, alpha1: alpha, alpha2: trial.alpha2)
    }

    /// The next azimuth; nil where the step would lead beyond north or south.
    @inline(__always)
    private func newtonStep(_ problem: InverseProblem, from alpha: UnitAngle, _ trial: Trial)
        -> UnitAngle?
    {
        let slope = slope(problem, trial)
        guard slope > 0 else { return nil }
        let step = -trial.error / slope
        guard abs(step) < .pi else { return nil }
        let next = alpha.turned(by: UnitAngle(radians: step))
        return next.sine > 0 ? next.normalized : nil
    }

    /// Where the geodesic with this azimuth meets the parallel of the end.
    private func trial(_ problem: InverseProblem, _ tried: UnitAngle) -> Trial {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        var alpha1 = tried
        // Breaks the tie on the equator, where east leads nowhere.
        if beta1.sine == 0, alpha1.cosine == 0 { alpha1.cosine = -UnitAngle.tiny }
        // The azimuth where the geodesic crosses the equator northwards.
        let sine0 = alpha1.sine * beta1.cosine
        let cosine0Squared =
            alpha1.cosine * alpha1.cosine
            + (alpha1.sine * beta1.sine) * (alpha1.sine * beta1.sine)
        let alpha2 = azimuth(problem, alpha1, sine0)
        let start = UnitAngle(sine: beta1.sine, cosine: alpha1.cosine * beta1.cosine)
        let end = UnitAngle(sine: beta2.sine, cosine: alpha2.cosine * beta2.cosine)
        let (sigma1, sigma2) = (start.normalized, end.normalized)
        let arc = sigma1.forward(to: sigma2).radians
        // Longitudes on the auxiliary sphere; their length does not matter.
        let omega1 = UnitAngle(sine: sine0 * beta1.sine, cosine: start.cosine)
        let omega2 = UnitAngle(sine: sine0 * beta2.sine, cosine: end.cosine)
        let eta = problem.lambda.turn(to: omega1.forward(to: omega2)).radians
        let series = GeodesicSeries(cosineSquared: cosine0Squared, self)
        let sines = longitudeSeries.sines(series).sum(from: sigma1, to: sigma2)
        let error =
            eta - flattening * longitudeSeries.factor(series) * sine0 * (arc + sines)
        return Trial(
            alpha2: alpha2, sigma1: sigma1, sigma2: sigma2, arc: arc, series: series,
            error: error)
    }

    /// The azimuth at the end, by Clairaut's relation.
    @inline(__always)
    private func azimuth(_ problem: InverseProblem, _ alpha1: UnitAngle, _ sine0: Double)
        -> UnitAngle
    {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        if beta2.cosine == beta1.cosine, abs(beta2.sine) == -beta1.sine {
            return UnitAngle(sine: alpha1.sine, cosine: abs(alpha1.cosine))
        }
        let across = alpha1.cosine * beta1.cosine
        // Of two forms of the difference of squares the one that loses no digits.
        let difference =
            beta1.cosine < -beta1.sine
            ? (beta2.cosine - beta1.cosine) * (beta1.cosine + beta2.cosine)
            : (beta1.sine - beta2.sine) * (beta1.sine + beta2.sine)
        let sine = beta2.cosine == beta1.cosine ? alpha1.sine : sine0 / beta2.cosine
        return UnitAngle(
            sine: sine, cosine: (across * across + difference).squareRoot() / beta2.cosine)
    }

    /// The growth of a trial's error with its azimuth.
    @inline(__always)
    private func slope(_ problem: InverseProblem, _ trial: Trial) -> Double {
        if trial.alpha2.cosine == 0 {
            return -2 * (1 - flattening) * problem.dn1 / problem.beta1.sine
        }
        let reduced = trial.series.reducedLength(
            trial.arc, from: trial.sigma1, problem.dn1, to: trial.sigma2, problem.dn2)
        return reduced * (1 - flattening) / (trial.alpha2.cosine * problem.beta2.cosine)
    }
}

// MARK: - Where the search begins

extension Ellipsoid {
    /// On the sphere the azimuth is known; there it begins, but not near the opposite point.
    private func beginning(_ problem: InverseProblem) -> Beginning {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        let difference = beta1.turn(to: beta2)
        let isShort =
            difference.cosine >= 0 && difference.sine < 0.5
            && beta2.cosine * problem.lambdaRadians < 0.5
        var omega = problem.lambda
        var scale = 1.0
        if isShort {
            let sines = (beta1.sine + beta2.sine) * (beta1.sine + beta2.sine)
            let cosines = (beta1.cosine + beta2.cosine) * (beta1.cosine + beta2.cosine)
            scale = (1 + secondEccentricitySquared * sines / (sines + cosines)).squareRoot()
            omega = UnitAngle(radians: problem.lambdaRadians / ((1 - flattening) * scale))
        }
        let alpha = sphericalAzimuth(problem, omega, difference.sine)
        let arc = UnitAngle(
            sine: (alpha.sine * alpha.sine + alpha.cosine * alpha.cosine).squareRoot(),
            cosine: beta1.sine * beta2.sine + beta1.cosine * beta2.cosine * omega.cosine)
        if isShort, arc.sine < shortArc {
            return .solved(short(problem, alpha, omega, arc, scale, difference.sine))
        }
        let isFarFromOpposite =
            arc.cosine >= 0
            || arc.sine >= 6 * thirdFlattening * .pi * beta1.cosine * beta1.cosine
        let first = isFarFromOpposite ? alpha : nearOpposite(problem) ?? alpha
        // The sine is positive unless both places are nearly one or the sum has vanished.
        return .azimuth(first.sine > 0 ? first.normalized : UnitAngle(sine: 1, cosine: 0))
    }

    /// The azimuth at the start on the sphere, not of length one.
    private func sphericalAzimuth(
        _ problem: InverseProblem, _ omega: UnitAngle, _ differenceSine: Double
    ) -> UnitAngle {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        let across = beta2.cosine * beta1.sine * omega.sine * omega.sine
        if omega.cosine >= 0 {
            return UnitAngle(
                sine: beta2.cosine * omega.sine,
                cosine: differenceSine + across / (1 + omega.cosine))
        }
        let sum = beta2.sine * beta1.cosine + beta2.cosine * beta1.sine
        return UnitAngle(
            sine: beta2.cosine * omega.sine, cosine: sum - across / (1 - omega.cosine))
    }

    /// A few kilometres: the sphere that touches the ellipsoid in the middle is exact enough.
    private func short(
        _ problem: InverseProblem, _ alpha1: UnitAngle, _ omega: UnitAngle, _ arc: UnitAngle,
        _ scale: Double, _ differenceSine: Double
    ) -> InverseSolution {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        let versed =
            omega.cosine >= 0
            ? omega.sine * omega.sine / (1 + omega.cosine) : 1 - omega.cosine
        let alpha2 = UnitAngle(
            sine: beta1.cosine * omega.sine,
            cosine: differenceSine - beta1.cosine * beta2.sine * versed)
        return InverseSolution(
            distance: arc.radians * polarRadius * scale, alpha1: alpha1.unit,
            alpha2: alpha2.unit)
    }

    /// Near the opposite point all geodesics touch an astroid; the problem becomes a plane one.
    private func nearOpposite(_ problem: InverseProblem) -> UnitAngle? {
        let (beta1, beta2) = (problem.beta1, problem.beta2)
        let series = GeodesicSeries(cosineSquared: beta1.sine * beta1.sine, self)
        let scale = flattening * beta1.cosine * longitudeSeries.factor(series) * .pi
        let missing = -UnitAngle.degree * problem.supplement
        let sum = beta2.sine * beta1.cosine + beta2.cosine * beta1.sine
        guard scale > 0 else { return nil }
        let x = missing / scale
        let y = sum / (scale * beta1.cosine)
        if y > -200 * .ulpOfOne, x > -1 - 1000 * 0x1p-26 {
            let sine = min(1, -x)
            return UnitAngle(sine: sine, cosine: -(1 - sine * sine).squareRoot())
        }
        let k = astroidRoot(x, y)
        let omega = UnitAngle(radians: scale * (-x * k / (1 + k)))
        let across = beta2.cosine * beta1.sine * omega.sine * omega.sine
        return UnitAngle(
            sine: beta2.cosine * omega.sine, cosine: sum - across / (1 + omega.cosine))
    }
}

extension UnitAngle {
    /// The direction at length one, or north where there is none.
    fileprivate var unit: UnitAngle {
        sine == 0 && cosine == 0 ? UnitAngle(sine: 0, cosine: 1) : normalized
    }
}

extension GeodesicSeries {
    /// The length of an arc of the geodesic, in polar radii.
    @inline(__always)
    fileprivate func length(
        _ arc: Double, from sigma1: UnitAngle, to sigma2: UnitAngle
    ) -> Double {
        (1 + a1Less1) * (arc + c1.sum(from: sigma1, to: sigma2))
    }

    /// How far a geodesic that begins with a slightly different azimuth is off at the end, as a
    /// part of the difference and of the polar radius.
    @inline(__always)
    fileprivate func reducedLength(
        _ arc: Double, from sigma1: UnitAngle, _ dn1: Double, to sigma2: UnitAngle,
        _ dn2: Double
    ) -> Double {
        let (a1, a2) = (a1Less1, a2Less1)
        let (s1, s2) = (c1, c2)
        let series = SineSeries(
            c1: (1 + a1) * s1.c1 - (1 + a2) * s2.c1,
            c2: (1 + a1) * s1.c2 - (1 + a2) * s2.c2,
            c3: (1 + a1) * s1.c3 - (1 + a2) * s2.c3,
            c4: (1 + a1) * s1.c4 - (1 + a2) * s2.c4,
            c5: (1 + a1) * s1.c5 - (1 + a2) * s2.c5,
            c6: (1 + a1) * s1.c6 - (1 + a2) * s2.c6)
        let j = (a1 - a2) * arc + series.sum(from: sigma1, to: sigma2)
        return dn2 * (sigma1.cosine * sigma2.sine) - dn1 * (sigma1.sine * sigma2.cosine)
            - sigma1.cosine * sigma2.cosine * j
    }
}
