import FairleadEngine
import Glibc
import Testing

/// Signals are sent to the thread that turns the reactor, where they are blocked: the other
/// threads of the test process would die of them.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SignalTests {
    private func raise(_ signal: Signal) { pthread_kill(pthread_self(), signal.rawValue) }

    @Test func signalsArriveAsCallsOfTheLoop() throws {
        let reactor = try Reactor()
        var arrived: [Signal] = []
        for signal in [Signal.hangUp, .user1, .user2, .child, .windowChange] {
            try reactor.signals.on(signal) { arrived.append(signal) }
            try reactor.signals.on(signal) { arrived.append(signal) }
        }
        for signal in [Signal.user1, .hangUp, .child, .windowChange, .user2] {
            reactor.after(.zero) { self.raise(signal) }
            let before = arrived.count
            try reactor.run(until: "both calls for \(signal)") { arrived.count == before + 2 }
            #expect(arrived.suffix(2) == [signal, signal])
        }
        #expect(try reactor.finish().isEmpty)
    }

    @Test(arguments: [Signal.terminate, .interrupt])
    func terminationStopsTheReactorInPhases(_ signal: Signal) throws {
        let reactor = try Reactor()
        for round in 1...2 {
            try reactor.signals.stopReactorOnTermination()
            var order: [String] = []
            let name = "round \(round)"
            reactor.later { [unowned reactor] in
                reactor.add(to: .beforeShutDown) { _, done in
                    order.append(name)
                    done()
                }
            }
            reactor.after(.zero) { self.raise(signal) }
            try reactor.run()
            #expect(order.contains(name))
            #expect(reactor.census.isEmpty)
        }
    }

    @Test func whatWaitsWhenTheReactorStopsHasNoEffect() throws {
        let reactor = try Reactor()
        var arrived: [Signal] = []
        for signal in [Signal.user1, .user2] {
            try reactor.signals.on(signal) {
                arrived.append(signal)
                reactor.stop()
            }
        }
        reactor.after(.zero) {
            self.raise(.user1)
            self.raise(.user2)
        }
        try reactor.run()
        // Its default effect would have ended this process.
        #expect(arrived == [.user1])
        #expect(reactor.census.isEmpty)
    }
}
