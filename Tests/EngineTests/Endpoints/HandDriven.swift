import FairleadEngine
import FairleadEngineTesting
import FairleadWire

/// A reactor on a clock that moves by hand.
struct HandDriven {
    let clock = HandClock()
    let reactor: Reactor

    init() throws {
        reactor = Reactor(poller: try clock.makePoller(.epoll), kernel: clock)
        reactor.random = SeededGenerator(seed: 1)
    }

    /// Moves the clock and makes the calls that are due.
    func advance(_ span: Duration) throws {
        clock.advance(span)
        try reactor.turn()
    }
}
