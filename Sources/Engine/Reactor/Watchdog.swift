import FairleadWire

/// Finds callbacks that hold the loop.
///
/// It reads the coarse clock after each callback: some nanoseconds, a resolution of some
/// milliseconds, which is enough for a threshold of a hundred.
struct Watchdog {
    /// How long a callback may hold the loop before its owner is logged.
    var threshold: Duration {
        didSet { limit = threshold.nanoseconds }
    }
    private var limit: Int64
    private var last: Instant

    init(threshold: Duration, now: Instant) {
        self.threshold = threshold
        limit = threshold.nanoseconds
        last = now
    }

    /// The loop has just woken up.
    @inline(__always)
    mutating func begin(_ now: Instant) { last = now }

    /// A callback has returned; gives how long it held the loop when that was too long.
    @inline(__always)
    mutating func check(_ now: Instant) -> Duration? {
        let held = now.nanoseconds &- last.nanoseconds
        last = now
        return held > limit ? .nanoseconds(held) : nil
    }
}
