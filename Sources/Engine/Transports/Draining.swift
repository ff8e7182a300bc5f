import FairleadWire

/// Waits, without blocking, until a buffer of the kernel has emptied: it can only be asked.
final class Draining {
    enum Outcome {
        case empty
        case failed(Int32)
        case timedOut(Duration)
    }

    private static let period: Duration = .milliseconds(5)

    private let reactor: Reactor
    private let limit: Instant
    private let needed: Int
    private let check: () -> SystemResult
    private let finished: (Outcome) -> Void
    private var timer: Timer?
    private var confirmations: Int

    /// `check` gives how much is left, and must say nothing `confirmations` times in a row;
    /// `finished` is called once, never from inside.
    init(
        _ reactor: Reactor, confirmations: Int = 1, check: @escaping () -> SystemResult,
        _ finished: @escaping (Outcome) -> Void
    ) {
        self.needed = confirmations
        self.confirmations = confirmations
        self.reactor = reactor
        self.check = check
        self.finished = finished
        limit = reactor.now + reactor.limits.closeTimeout
        timer = reactor.after(.zero) { [self] in look() }
    }

    /// The timer's closure holds this, and this the timer.
    func cancel() {
        timer?.cancel()
        timer = nil
    }

    private func look() {
        let left = check()
        timer = nil
        confirmations = left.rawValue == 0 ? confirmations - 1 : needed
        if confirmations == 0 { return finished(.empty) }
        if !left.isSuccess { return finished(.failed(left.code)) }
        if reactor.now >= limit { return finished(.timedOut(reactor.limits.closeTimeout)) }
        timer = reactor.after(Self.period) { [self] in look() }
    }
}
