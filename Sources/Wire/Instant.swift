/// A point on the monotonic clock, in nanoseconds since an arbitrary start.
///
/// Every timer and every deadline of the engine is one; the wall clock appears only in data.
/// Arithmetic saturates: no duration, however large, can trap.
@frozen
public struct Instant: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// Nanoseconds since the clock's start.
    public var nanoseconds: Int64

    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The last instant that can be expressed: a deadline that never comes.
    public static let distantFuture = Instant(nanoseconds: .max)

    /// The instant `span` later; at the end of time it stays there.
    @inlinable
    public func advanced(by span: Duration) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(span.nanoseconds)
        if overflow { return Instant(nanoseconds: span.nanoseconds < 0 ? .min : .max) }
        return Instant(nanoseconds: sum)
    }

    /// How long it is from `earlier` until this instant; negative when `earlier` is later.
    @inlinable
    public func since(_ earlier: Instant) -> Duration {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        if overflow { return .nanoseconds(nanoseconds < 0 ? Int64.min : Int64.max) }
        return .nanoseconds(difference)
    }

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    @inlinable
    public static func + (instant: Instant, span: Duration) -> Instant {
        instant.advanced(by: span)
    }

    public var description: String { "\(Double(nanoseconds) / 1e9) s" }
}

extension Duration {
    /// The whole duration in nanoseconds, saturated to what 64 bits hold (292 years).
    @inlinable
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, spilled) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return spilled ? (seconds < 0 ? .min : .max) : sum
    }
}
