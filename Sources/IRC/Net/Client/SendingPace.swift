// How fast a client may talk without being thrown out. Servers keep a timer for each client
// (RFC 1459, 8.10): each line moves it two seconds on, and a client whose timer is ten seconds
// ahead of the clock is made to wait, or killed. We keep the same timer, count long lines for
// more, and stay below its limit. Time is an argument: it must never look at a clock.
import FairleadWire

/// How fast a client talks: what a line costs, and how far ahead it may be.
public struct SendingPace: Hashable, Sendable {
    /// What each line costs.
    public var perLine: Duration = .seconds(2)
    /// What each byte costs beside.
    public var perByte: Duration = .milliseconds(8)
    /// The sum of costs that may be spent at once.
    public var burst: Duration = .seconds(9)

    public init() {}

    /// A pace without any limit, for a server of one's own.
    public static var unlimited: SendingPace {
        var pace = SendingPace()
        pace.perLine = .zero
        pace.perByte = .zero
        return pace
    }
}

/// What a client has spent.
struct SendingBudget {
    private let pace: SendingPace
    /// When all that was sent is paid for.
    private var paid = Instant(nanoseconds: .min)

    init(_ pace: SendingPace) { self.pace = pace }

    private func cost(_ bytes: Int) -> Duration {
        // A single line must always be possible.
        min(pace.perLine + pace.perByte * bytes, pace.burst)
    }

    /// How long a line of this size has to wait; nil where it may go now.
    func delay(_ bytes: Int, at now: Instant) -> Duration? {
        let ahead = max(paid, now).since(now) + cost(bytes)
        return ahead > pace.burst ? ahead - pace.burst : nil
    }

    /// A line was sent.
    ///
    /// Answers to a flood of PINGs are not held against us for longer than a server's memory.
    mutating func charge(_ bytes: Int, at now: Instant) {
        paid = min(max(paid, now) + cost(bytes), now + pace.burst * 2)
    }
}
