import FairleadEngine
import FairleadEngineTesting
import Testing

private final class Collector: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
}

private let anyPort = SocketAddress.ipv4(.loopback, port: 0)

/// A test that leaves something behind fails, and hears what it was.
@Suite struct LeakTests {
    private func leak(_ body: (ReactorHarness) throws -> Void) throws -> Leak {
        do {
            try withSimulatedReactor { try body($0) }
        } catch let leak as Leak {
            return leak
        }
        throw ContractViolation("harness", "leaks are found", "nothing was found")
    }

    @Test func aTimerIsNamedByItsOwner() throws {
        let leak = try leak { $0.reactor.after(.seconds(9)) {} }
        #expect(leak.timers.count == 1)
        #expect(leak.timers.first?.contains("LeakTests.swift:") == true)
        #expect("\(leak)".contains("timers still pending"))
    }

    @Test func aPortIsNamedByItsLabel() throws {
        let leak = try leak { _ = try $0.reactor.listenTCP(on: anyPort) { _ in nil } }
        #expect(leak.connections.count == 1 && leak.descriptors >= 1)
        #expect(leak.connections.first?.contains("listener") == true)
    }

    @Test func aConnectionIsNamedByItsProtocol() throws {
        let leak = try leak { memoryPair(on: $0.reactor, Collector(), Collector()) }
        #expect(leak.connections == ["Collector", "Collector"])
    }

    @Test func aDescriptorThatNobodyWatchesIsCounted() throws {
        let leak = try leak { _ = $0.reactor.kernel.socket(.unix, .stream) }
        #expect(leak.descriptors == 1 && leak.connections.isEmpty)
    }

    @Test func theMachinesOwnReactorIsHeldToItToo() throws {
        #expect(throws: Leak.self) { try withReactor { $0.reactor.after(.seconds(60)) {} } }
        try withReactor { harness in
            let port = try harness.reactor.listenTCP(on: anyPort) { _ in nil }
            port.stop()
        }
    }

    @Test func whatNeverHappensIsAnError() throws {
        #expect(throws: ReactorHarness.NeverHappened.self) {
            try withSimulatedReactor { try $0.turn { false } }
        }
    }
}
