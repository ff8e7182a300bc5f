import FairleadWire

/// Answers to CTCP requests: two a second at most, and the rest are not answered at all.
struct CTCPAllowance {
    static let perSecond = 2
    private var left = perSecond
    private var since: Instant

    init(at now: Instant) { since = now }

    /// Whether one more may be answered.
    mutating func take(at now: Instant) -> Bool {
        if now.since(since) >= .seconds(1) {
            since = now
            left = Self.perSecond
        }
        if left == 0 { return false }
        left -= 1
        return true
    }
}
