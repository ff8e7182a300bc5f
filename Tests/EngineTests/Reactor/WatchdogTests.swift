import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@Suite(.timeLimit(.minutes(2))) struct WatchdogTests {
    /// Holds the loop when bytes arrive.
    private final class Sluggish: StreamProtocol {
        private let hold: () -> Void
        var hasEnded = false
        init(_ hold: @escaping () -> Void) { self.hold = hold }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            hold()
            transport.close()
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) { hasEnded = true }
    }

    @Test func whoHoldsTheLoopTooLongIsNamed() throws {
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            let reactor = harness.reactor
            let warnings = Shared<[String]>([])
            reactor.log = { level, text in
                #expect(level == .warning)
                warnings.change { $0.append(text) }
            }
            func expectNext(_ part: String, _ place: SourceLocation = #_sourceLocation) throws {
                try harness.turn("a warning") { !warnings.value.isEmpty }
                let texts = warnings.value
                #expect(texts.count == 1, sourceLocation: place)
                #expect(texts.first?.contains(part) == true, "\(texts)", sourceLocation: place)
                warnings.set([])
            }
            reactor.after(.seconds(1)) { kernel.clock.advance(by: .milliseconds(160)) }
            try expectNext("Tests/WatchdogTests.swift:\(#line - 1) held the loop for 160 ms")
            reactor.mailbox.post { _ = $0.hold(.milliseconds(260)) }
            try expectNext("WatchdogTests.swift:\(#line - 1) held the loop for 260 ms")
            reactor.later { kernel.clock.advance(by: .milliseconds(160)) }
            try expectNext("a postponed call held the loop")
            let address = SocketAddress.ipv4(.loopback, port: 0)
            let slow = Sluggish { kernel.clock.advance(by: .seconds(2)) }
            let port = try reactor.listenTCP(on: address) { _ in slow }
            let number = try #require(port.localAddress.socketAddress?.port)
            reactor.connectTCP(to: "127.0.0.1", port: number) { _ in
                Sluggish {}
            } completion: {
                if case .success(let transport) = $0 { transport.write("x") }
            }
            try expectNext("Sluggish held the loop for 2000 ms")
            try harness.turn("the end") { slow.hasEnded }
            port.stop()
            // A tick of the coarse clock below the threshold is not worth a word.
            reactor.after(.seconds(1)) { kernel.clock.advance(by: .milliseconds(95)) }
            try harness.turn(for: .seconds(2))
            #expect(warnings.value == [])
        }
    }

    @Test func theMachinesOwnClockSeesItToo() throws {
        var limits = Limits()
        limits.watchdog = .milliseconds(20)
        let reactor = try Reactor(limits: limits)
        var warnings: [String] = []
        reactor.log = { warnings.append($1) }
        reactor.after(.zero) {
            let end = reactor.kernel.coarseNow() + .milliseconds(50)
            while reactor.kernel.coarseNow() < end {}
        }
        try reactor.run(until: "a warning") { !warnings.isEmpty }
        #expect(warnings.first?.contains("WatchdogTests.swift") == true, "\(warnings)")
    }
}

extension Reactor {
    /// Lets simulated time pass inside a callback.
    fileprivate func hold(_ span: Duration) -> Bool {
        guard let kernel = kernel as? SimulatedKernel else { return false }
        kernel.clock.advance(by: span)
        return true
    }
}
