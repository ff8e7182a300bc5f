import FairleadWire

/// A clock that stands still until it is moved: the time of a simulation.
public final class VirtualClock {
    /// The time.
    public private(set) var now: Instant
    /// How far the coarse clock may lag behind, as on a kernel with 250 ticks a second.
    public let tick: Duration

    public init(
        startingAt start: Instant = Instant(nanoseconds: 1_000_000_000),
        tick: Duration = .milliseconds(4)
    ) {
        now = start
        self.tick = max(tick, .nanoseconds(1))
    }

    /// The time as of the last tick.
    public var coarseNow: Instant {
        Instant(nanoseconds: now.nanoseconds - now.nanoseconds % tick.nanoseconds)
    }

    /// Moves the clock forward; it never goes back.
    public func advance(by span: Duration) { advance(to: now + span) }

    /// Moves the clock to `instant`, unless that has passed already.
    public func advance(to instant: Instant) { now = max(now, instant) }
}
