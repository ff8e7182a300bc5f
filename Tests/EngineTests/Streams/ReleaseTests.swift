import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

/// What has ended is freed: no timer, watch or attempt keeps itself alive by its own closure.
@Suite struct ReleaseTests {
    /// A protocol that keeps nothing, so that only the engine could hold the connection.
    private final class Forgetful: StreamProtocol {
        private let made: (any Transport) -> Void
        private let lost: () -> Void

        init(made: @escaping (any Transport) -> Void, lost: @escaping () -> Void) {
            self.made = made
            self.lost = lost
        }

        func connectionMade(on transport: any Transport) { made(transport) }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
        func connectionLost(_ reason: Disconnect, on transport: any Transport) { lost() }
    }

    /// Weak references to what should be gone.
    private final class Weak {
        weak var transport: (any Transport)?
        weak var attempt: (any ConnectAttempt)?
    }

    /// Opens `text`, lets `act` end it, and gives what is left of it.
    private func remains(
        of text: String, closing act: @escaping (any Transport) -> Void
    ) throws -> Weak {
        let reactor = try Reactor()
        let weak = Weak()
        var isLost = false
        weak.attempt = try reactor.connect(text) { _ in
            Forgetful(
                made: { transport in
                    weak.transport = transport
                    reactor.later { [weak transport] in transport.map(act) }
                }, lost: { isLost = true })
        }
        try reactor.run(until: "the end") { isLost }
        #expect(try reactor.finish().isEmpty)
        return weak
    }

    @Test func aClosedSerialLineIsFreed() throws {
        let device = try PseudoTerminalPair()
        let weak = try remains(of: "serial:\(device.path)") { $0.close() }
        #expect(weak.transport == nil)
        #expect(weak.attempt == nil)
    }

    @Test func anAbortedSerialLineIsFreed() throws {
        let device = try PseudoTerminalPair()
        let weak = try remains(of: "serial:\(device.path)") { $0.abort() }
        #expect(weak.transport == nil && weak.attempt == nil)
    }

    @Test(arguments: ["exec:cat", "file:/etc/passwd:rate=1", "file:/etc/passwd"])
    func whatElseIsClosedIsFreed(text: String) throws {
        let weak = try remains(of: text) { $0.close() }
        #expect(weak.transport == nil)
    }

    @Test func anOpeningThatFailedOrWasCalledOffIsFreed() throws {
        let reactor = try Reactor()
        for isCancelled in [false, true] {
            let weak = Weak()
            var isOver = false
            weak.attempt = try reactor.connect("serial:/dev/no-such-line") { _ in
                nil
            } completion: { _ in
                isOver = true
            }
            if isCancelled { weak.attempt?.cancel() }
            try reactor.run(until: "an answer") { isOver }
            // The worker's answer to a call that was withdrawn may still be on its way.
            for _ in 0..<100 where weak.attempt != nil {
                try reactor.turn(until: reactor.now + .milliseconds(10))
            }
            #expect(weak.attempt == nil)
        }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aClosedPseudoTerminalConnectionIsFreed() throws {
        let reactor = try Reactor()
        let weak = Weak()
        var isLost = false
        let port = try reactor.listen("pty:") { _ in
            Forgetful(
                made: { transport in
                    weak.transport = transport
                    transport.close()
                }, lost: { isLost = true })
        }
        let program = Recorder()
        try reactor.connect("\(try #require(port.clientEndpoint))") { _ in program }
        try reactor.run(until: "both ends") { isLost && program.isLost }
        #expect(try reactor.finish().isEmpty)
        #expect(weak.transport == nil)
    }
}
