// The simulated kernel by its promises: time that jumps, deadlocks and busy loops that are errors,
// the lowest free descriptor number, resets, races of addresses, look-ups that are called off.
// Each test runs the real reactor under a harness that forgives nothing left behind.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

private final class Collector: StreamProtocol {
    var received: [UInt8] = []
    var reason: Disconnect?
    weak var transport: (any Transport)?

    func connectionMade(on transport: any Transport) { self.transport = transport }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        received.append(copying: bytes)
    }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) { self.reason = reason }
}

private let anyPort = SocketAddress.ipv4(.loopback, port: 0)

/// What the simulated world promises to whoever tests with it.
@Suite struct SimulatedKernelTests {
    @Test func aTimeoutOfThirtySecondsPassesAtOnceOnTheVirtualClock() throws {
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            let start = kernel.clock.now
            kernel.blackHoles.insert(.ipv4(.loopback, port: 9))
            var error: ConnectError?
            harness.reactor.connectTCP(to: "127.0.0.1", port: 9) { _ in
                Collector()
            } completion: { result in
                if case .failure(let failure) = result { error = failure }
            }
            try harness.turn(within: .seconds(60)) { error != nil }
            #expect(error?.cause == .timedOut(after: .seconds(30)))
            #expect(kernel.clock.now == start + .seconds(30))
        }
    }

    @Test func aDeadlockIsAnErrorAndNoHang() throws {
        let reactor = try SimulatedKernel().makeReactor()
        #expect(throws: SystemError.self) { try reactor.turn() }
        do { try reactor.run() } catch { #expect(error.code == EDEADLK) }
    }

    @Test func aBusyLoopIsAnErrorAndNoHang() throws {
        final class Idler: DescriptorObserver {
            func ready(_ readiness: Readiness, _ token: Token) {}
        }
        let kernel = SimulatedKernel()
        let reactor = try kernel.makeReactor()
        let (one, two) = try kernel.link()
        let token = try reactor.register(one, .readable, Idler())
        let bytes: [UInt8] = [1]
        _ = kernel.write(two, bytes.span)
        #expect(throws: SystemError.self) { for _ in 0..<1000 { try reactor.turn() } }
        #expect(kernel.violations.count == 1)
        reactor.unregister(token)
    }

    @Test func descriptorNumbersAreTheLowestFree() throws {
        let kernel = SimulatedKernel()
        let numbers = (0..<3).map { _ in kernel.socket(.ipv4, .stream).rawValue }
        #expect(numbers == [3, 4, 5])
        kernel.close(4)
        #expect(kernel.socket(.ipv4, .datagram).rawValue == 4)
        kernel.descriptorLimit = 6
        #expect(kernel.socket(.ipv4, .stream).code == EMFILE)
        #expect(kernel.openNumbers == [3, 4, 5])
        kernel.close(9)
        #expect(kernel.violations.count == 1, "a descriptor that was never open was closed")
    }

    @Test func aResetIsHeardAtBothEndsAfterWhatHasArrived() throws {
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            let (client, server) = (Collector(), Collector())
            let port = try harness.reactor.listenTCP(on: anyPort) { _ in server }
            let number = port.localAddress.socketAddress?.port ?? 0
            harness.reactor.connectTCP(to: "127.0.0.1", port: number) { _ in client }
            try harness.turn { client.transport != nil && server.transport != nil }
            client.transport?.write("last words")
            for descriptor in kernel.openNumbers { kernel.breakDown(descriptor) }
            try harness.turn { client.reason != nil && server.reason != nil }
            #expect(server.received == Array("last words".utf8))
            #expect(server.reason == .system(SystemError(ECONNRESET, "read")))
            port.stop()
        }
    }

    @Test func theFirstAddressThatAnswersWinsTheRace() throws {
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            let server = Collector()
            let port = try harness.reactor.listenTCP(on: anyPort) { _ in server }
            let number = port.localAddress.socketAddress?.port ?? 0
            kernel.blackHoles = [.ipv6(.loopback, port: number)]
            let addresses = [SocketAddress.ipv6(.loopback, port: 0), anyPort]
            harness.reactor.resolver = SimulatedResolver(["gps.example": addresses])
            var connected: TransportAddress?
            let start = kernel.clock.now
            harness.reactor.connectTCP(to: "gps.example", port: number) { _ in
                Collector()
            } completion: { result in
                if case .success(let transport) = result { connected = transport.peerAddress }
            }
            try harness.turn { connected != nil && server.transport != nil }
            #expect(connected == .socket(.ipv4(.loopback, port: number)))
            #expect(kernel.clock.now >= start + .milliseconds(250), "the second waits its turn")
            port.stop()
            server.transport?.abort()
            try harness.turn { harness.reactor.census.descriptors == 0 }
        }
    }

    @Test func aLookUpCanBeCalledOff() throws {
        try withSimulatedReactor { harness in
            let resolver = SimulatedResolver(latency: .seconds(3))
            harness.reactor.resolver = resolver
            var error: ConnectError?
            let attempt = harness.reactor.connectTCP(to: "nowhere", port: 1) { _ in
                Collector()
            } completion: { result in
                if case .failure(let failure) = result { error = failure }
            }
            try harness.turn(for: .seconds(1))
            attempt.cancel()
            #expect(error?.cause == .cancelled)
            #expect(resolver.cancelledCount == 1 && resolver.answeredCount == 0)
        }
    }
}
