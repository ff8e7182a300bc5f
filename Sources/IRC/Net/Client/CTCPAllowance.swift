import FairleadWire

/// Answers to CTCP requests: two in any second at most, and the rest are not answered at all.
struct CTCPAllowance {
    private static let span: Duration = .seconds(1)
    /// When the last two answers went out, the older first.
    private var last: (Instant, Instant)

    init() {
        let before = Instant(nanoseconds: .min)
        last = (before, before)
    }

    /// Whether one more may be answered.
    mutating func take(at now: Instant) -> Bool {
        if now.since(last.0) < Self.span { return false }
        last = (last.1, now)
        return true
    }
}
