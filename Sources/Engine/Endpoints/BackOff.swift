/// How long to wait before the next attempt.
public struct BackOff: Hashable, Sendable {
    /// The first pause.
    public let initial: Duration
    /// No pause is longer.
    public let maximum: Duration
    /// Each pause is this many times the last.
    public let factor: Double
    /// A pause is shorter by up to this share of itself, so that many clients that were thrown
    /// out together do not come back together.
    public let jitter: Double

    /// Values out of range are taken as the nearest that makes sense: pauses from a millisecond
    /// to a year, a factor from 1 to 1000, a jitter from 0 to 1.
    public init(
        initial: Duration = .milliseconds(100), maximum: Duration = .seconds(30),
        factor: Double = 2, jitter: Double = 0.2
    ) {
        let year = Duration.seconds(31_536_000)
        self.initial = min(max(initial, .milliseconds(1)), year)
        self.maximum = min(max(maximum, self.initial), year)
        self.factor = factor.isNaN ? 2 : min(max(factor, 1), 1000)
        self.jitter = jitter.isNaN ? 0.2 : min(max(jitter, 0), 1)
    }

    /// The pause after `failures` failures in a row (from 1), before jitter.
    public func pause(after failures: Int) -> Duration {
        if factor == 1 { return initial }
        var pause = initial
        for _ in 1..<max(failures, 1) {
            pause = min(pause * factor, maximum)
            if pause == maximum { break }
        }
        return pause
    }

    /// The pause with jitter, at least a millisecond.
    public func pause(
        after failures: Int, _ random: inout some RandomNumberGenerator
    ) -> Duration {
        let unit = Double(random.next() >> 11) / Double(1 << 53)
        let full = pause(after: failures)
        // Not longer by a rounding either.
        return min(max(full * (1 - jitter * unit), .milliseconds(1)), full)
    }
}
