// Most receivers say all of an epoch at once and are silent until the next. That shows where a
// cycle begins, if its first sentence has no time; but only if the silence is a good part of a
// period, for on a slow line there is one before every sentence.

/// How long a receiver was silent, by the system's time.
struct Silence {
    /// Between two epochs by the receiver's time, in nanoseconds; the longest of late.
    private var period: Int64 = 0
    /// When the newest sentence came, of whatever kind.
    private var newest: UTCTime?
    /// The longest silence since the last sentence of an epoch, in nanoseconds.
    private var longest: Int64 = 0
    private static let shortestPause: Int64 = 20_000_000
    private static let longestPeriod: Int64 = 20_000

    /// Whether what comes without a time must belong to the next epoch.
    var isPause: Bool {
        period > 0 && longest > Self.shortestPause && longest > period / 5 * 2
    }

    /// A sentence came.
    @inline(__always)
    mutating func end(at received: UTCTime?) {
        guard let received else { return }
        if let newest { longest = max(longest, received.nanoseconds(since: newest)) }
        newest = received
    }

    /// It came in an epoch, and what was before it does not matter any more.
    @inline(__always)
    mutating func forget() { longest = 0 }

    /// The receiver's clock went so many milliseconds on.
    ///
    /// The period becomes shorter only slowly: two instruments may speak by turns.
    mutating func measure(period milliseconds: Int64) {
        guard milliseconds < Self.longestPeriod else { return }
        period = max(milliseconds * 1_000_000, period - period / 8)
    }
}
