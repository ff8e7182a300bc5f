import FairleadWire

/// The slots of a fixed grid of time: it does not drift, and slots that were missed are skipped.
public struct Ticks: AsyncSequence, Sendable {
    let reactor: AsyncReactor
    let period: Duration

    public func makeAsyncIterator() -> Iterator { Iterator(reactor: reactor, period: period) }

    /// Waits for one slot after another. The element is the time of the slot.
    public struct Iterator: AsyncIteratorProtocol {
        let reactor: AsyncReactor
        let period: Duration
        private var last: Instant?

        init(reactor: AsyncReactor, period: Duration) {
            self.reactor = reactor
            self.period = period
        }

        nonisolated(nonsending) public mutating func next() async throws -> Instant? {
            let (last, period) = (last, period)
            let slot = try await reactor.request { reactor, answer in
                let slot = Self.slot(after: last, period, now: reactor.now)
                return AsyncReactor.wake(answer, with: slot, at: slot, on: reactor)
            }
            self.last = slot
            return slot
        }

        /// The next slot of the grid; of those that have passed already, the last.
        static func slot(after last: Instant?, _ period: Duration, now: Instant) -> Instant {
            guard let last else { return now + period }
            let next = last + period
            if now <= next { return next }
            let width = period.nanoseconds
            return next + .nanoseconds(now.since(next).nanoseconds / width * width)
        }
    }
}

extension AsyncReactor {
    /// The slots of a grid of `period`, the first one period after the first wait for it.
    ///
    /// A period below a microsecond is taken as one.
    public func ticks(every period: Duration) -> Ticks {
        Ticks(reactor: self, period: max(period, .microseconds(1)))
    }
}
