// Connecting over TCP: look-up, the race of addresses, time limit, cancelling, our own end. Answers
// come from a resolver of the test's own and from ports that refuse or never answer, so that
// the order of events is known. What remains open afterwards is a failure.
import FairleadWire
import Glibc
import Testing

@testable import FairleadEngine

private let anyPort = SocketAddress.ipv4(.loopback, port: 0)

/// What a connect call has told.
private final class Outcome {
    private(set) var calls = 0
    private(set) var error: ConnectError?

    func completed(_ result: Result<any Transport, ConnectError>) {
        calls += 1
        if case .failure(let error) = result { self.error = error }
    }
}

/// A port whose queue is full: what connects to it waits for ever.
private final class BlackHole {
    let address: SocketAddress
    private let kernel: PosixKernel
    private var descriptors: [Int32] = []

    init(_ rig: Rig) throws {
        kernel = rig.kernel.base
        let listener = try kernel.socket(.ipv4, .stream).descriptor("socket")
        descriptors.append(listener)
        _ = try kernel.bind(listener, to: anyPort).get("bind")
        _ = try kernel.listen(listener, backlog: 0).get("listen")
        address = try #require(kernel.localAddress(of: listener))
        for _ in 0..<3 {
            let filler = try kernel.socket(.ipv4, .stream).descriptor("socket")
            descriptors.append(filler)
            _ = kernel.connect(filler, to: address)
        }
    }

    deinit { for descriptor in descriptors { kernel.close(descriptor) } }
}

@Suite struct ConnectTests {
    @Test func aNameIsLookedUpAndConnectedTo() throws {
        try withRig { rig in
            let server = rig.recorder()
            let client = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            var options = ConnectOptions()
            options.family = .ipv4
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "localhost", port: try port.number, options) { _ in
                client
            } completion: {
                outcome.completed($0)
            }
            try rig.run { server.isConnected && outcome.calls == 1 }
            #expect(client.isConnected && outcome.error == nil)
        }
    }

    @Test func aRefusalNamesEveryAddressInOrder() throws {
        try withRig { rig in
            let free = try freePorts(2, rig)
            rig.reactor.resolver = FakeResolver(free)
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "two.example", port: 1) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            try rig.run { outcome.calls == 1 }
            let refused = SystemError(ECONNREFUSED, "connect")
            let failures = free.map { ConnectError.Failure("\($0)", refused) }
            #expect(outcome.error == ConnectError("two.example:1", .failed(failures)))
        }
    }

    /// Addresses on which nobody listens: of a host of their own, because the tests beside this one
    /// are given the ports of 127.0.0.1 again at once.
    private func freePorts(_ count: Int, _ rig: Rig) throws -> [SocketAddress] {
        let host = SocketAddress.ipv4(try #require(IPv4Address("127.0.0.78")), port: 0)
        let ports = try (0..<count).map { _ in try rig.reactor.listenTCP(on: host) { _ in nil } }
        defer { for port in ports { port.stop() } }
        return try ports.map { try #require($0.localAddress.socketAddress) }
    }

    @Test func theFamiliesTakeTurnsFromThePreferredOneOn() {
        func four(_ port: UInt16) -> SocketAddress { .ipv4(.loopback, port: port) }
        func six(_ port: UInt16) -> SocketAddress { .ipv6(.loopback, port: port) }
        let mixed = AddressRace.alternating([six(1), six(2), six(3), four(4), four(5)])
        #expect(mixed == [six(1), four(4), six(2), four(5), six(3)])
        #expect(AddressRace.alternating([four(1), six(2)]) == [four(1), six(2)])
        #expect(AddressRace.alternating([]) == [])
    }

    @Test func anAddressThatDoesNotAnswerIsOvertakenByTheNext() throws {
        try withRig { rig in
            let hole = try BlackHole(rig)
            let server = rig.recorder()
            let client = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            let live = try #require(port.localAddress.socketAddress)
            var tried: [SocketAddress] = []
            rig.kernel.onConnect = {
                tried.append($1)
                return nil
            }
            rig.reactor.resolver = FakeResolver([hole.address, live, hole.address])
            var options = ConnectOptions()
            options.attemptDelay = .milliseconds(5)
            options.timeout = .seconds(3600)
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "slow.example", port: 1, options) { _ in
                client
            } completion: {
                outcome.completed($0)
            }
            try rig.run { client.isConnected && server.isConnected }
            #expect(tried.prefix(2) == [hole.address, live] && outcome.calls == 1)
            #expect(rig.reactor.census.timers.isEmpty, "the race has ended with all its timers")
            #expect(rig.reactor.census.descriptors == 3, "the loser is closed")
        }
    }

    @Test func afterARefusalTheNextAddressIsTriedAtOnce() throws {
        try withRig { rig in
            let free = try freePorts(3, rig)
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            let live = try #require(port.localAddress.socketAddress)
            rig.reactor.resolver = FakeResolver(free + [live])
            var options = ConnectOptions()
            options.attemptDelay = .seconds(3600)
            let client = rig.recorder()
            rig.reactor.connectTCP(to: "some.example", port: 1, options) { _ in client }
            try rig.run { client.isConnected && server.isConnected }
        }
    }

    @Test func aLookUpCanBeCancelledAndItsLateAnswerIsIgnored() throws {
        try withRig { rig in
            let resolver = FakeResolver()
            rig.reactor.resolver = resolver
            let outcome = Outcome()
            weak var race: (any ConnectAttempt)?
            do {
                let attempt = rig.reactor.connectTCP(to: "late.example", port: 1) { _ in
                    nil
                } completion: {
                    outcome.completed($0)
                }
                race = attempt
                attempt.cancel()
                attempt.cancel()
            }
            #expect(outcome.calls == 1 && outcome.error?.cause == .cancelled)
            resolver.answer(.success([anyPort]))
            try rig.turns(3)
            #expect(outcome.calls == 1 && rig.kernel.calls["connect"] == nil)
            #expect(resolver.asked == ["late.example"] && race == nil)
        }
    }

    @Test func aRunningAttemptCanBeCancelledAndNothingIsLeft() throws {
        try withRig { rig in
            let hole = try BlackHole(rig)
            let before = rig.kernel.base.openDescriptors
            rig.reactor.resolver = FakeResolver([hole.address, hole.address])
            let outcome = Outcome()
            weak var race: (any ConnectAttempt)?
            do {
                var options = ConnectOptions()
                options.attemptDelay = .zero
                let attempt = rig.reactor.connectTCP(to: "hole.example", port: 1, options) { _ in
                    nil
                } completion: {
                    outcome.completed($0)
                }
                race = attempt
                try rig.run { rig.kernel.calls["connect"] == 2 }
                attempt.cancel()
            }
            #expect(outcome.error == ConnectError("hole.example:1", .cancelled))
            #expect(rig.kernel.base.openDescriptors == before)
            #expect(rig.reactor.census.isEmpty && race == nil, "\(rig.reactor.census)")
        }
    }

    @Test func anAttemptHasATimeLimit() throws {
        try withRig { rig in
            let hole = try BlackHole(rig)
            var options = ConnectOptions()
            options.timeout = .milliseconds(10)
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "127.0.0.1", port: hole.address.port ?? 0, options) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            try rig.run { outcome.calls == 1 }
            #expect(outcome.error?.cause == .timedOut(after: .milliseconds(10)))
        }
    }

    @Test func stoppingTheReactorCancelsLookUpsAndAttempts() throws {
        let outcomes = [Outcome(), Outcome()]
        try withRig { rig in
            let hole = try BlackHole(rig)
            let resolver = FakeResolver()
            rig.reactor.resolver = resolver
            for outcome in outcomes {
                rig.reactor.connectTCP(to: "a.example", port: 1) { _ in
                    nil
                } completion: {
                    outcome.completed($0)
                }
                if outcome === outcomes[0] { resolver.answer(.success([hole.address, anyPort])) }
            }
        }
        #expect(outcomes.map(\.calls) == [1, 1])
        #expect(outcomes.map(\.error?.cause) == [.cancelled, .cancelled])
    }

    @Test func aNameWithoutAnAddressIsAnErrorInTheResolversWords() throws {
        try withRig { rig in
            let resolver = FakeResolver()
            rig.reactor.resolver = resolver
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "no.example", port: 7) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            resolver.answer(.failure(ResolveError("no.example", "Name or service not known")))
            #expect(outcome.error?.description == "no.example:7: Name or service not known")
        }
    }

    @Test func theSystemsResolverRefusesWhatIsNoName() {
        for host in ["", "a\u{0}b"] {
            #expect(systemAddresses(of: host, 1) == .failure(ResolveError(host, "not a name")))
        }
    }

    @Test func aFactoryMayRefuse() throws {
        try withRig { rig in
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "127.0.0.1", port: try port.number) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            try rig.run { outcome.calls == 1 && server.lostCount == 1 }
            #expect(outcome.error?.cause == .refusedByFactory)
        }
    }

    @Test func ourOwnEndCanBeChosen() throws {
        try withRig { rig in
            var options = ConnectOptions()
            options.bindAddress = .ipv4(try #require(IPv4Address("127.0.0.5")), port: 0)
            let pair = try rig.tcpPair(ListenOptions(), options)
            #expect(pair.server.transport?.peerAddress.socketAddress?.host == "127.0.0.5")
        }
    }

    @Test func addressesOfAnotherFamilyThanOurEndAreNotTried() throws {
        try withRig { rig in
            rig.reactor.resolver = FakeResolver([.ipv6(.loopback, port: 1)])
            var options = ConnectOptions()
            options.bindAddress = anyPort
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "six.example", port: 1, options) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            try rig.run { outcome.calls == 1 }
            #expect(outcome.error?.cause == .nameNotFound("no address of the wanted family"))
        }
    }

    @Test func aConnectionToItselfIsARefusal() throws {
        try withRig { rig in
            let free = try #require(try freePorts(1, rig).first)
            var options = ConnectOptions()
            options.bindAddress = free
            let outcome = Outcome()
            rig.reactor.connectTCP(to: "127.0.0.78", port: free.port ?? 0, options) { _ in
                nil
            } completion: {
                outcome.completed($0)
            }
            try rig.run { outcome.calls == 1 }
            let failure = ConnectError.Failure("\(free)", SystemError(ECONNREFUSED, "connect"))
            #expect(outcome.error?.cause == .failed([failure]))
        }
    }

    @Test func anInterruptedConnectIsMadeAgain() throws {
        try withRig { rig in
            rig.kernel.onConnect = { [kernel = rig.kernel] descriptor, address in
                // As a signal does it: the attempt goes on, and the next call says so.
                if kernel.calls["connect"] == 1 {
                    _ = kernel.base.connect(descriptor, to: address)
                    return .failure(EINTR)
                }
                return nil
            }
            let pair = try rig.tcpPair()
            #expect(pair.client.isConnected)
        }
    }

    @Test func anIPv6AddressMayNameItsZone() throws {
        let six = try #require(IPv6Address("fe80::1"))
        let loopback = SocketAddress.ipv6(six, port: 7, scope: 1)
        #expect(SocketAddress(literal: "fe80::1%lo", port: 7) == loopback)
        #expect(SocketAddress(literal: "fe80::1%1", port: 7) == loopback)
        #expect(loopback.description == "[fe80::1%1]:7")
        for bad in ["fe80::1%", "fe80::1%nosuchinterface", "127.0.0.1%lo", "%lo", "fe80::1%0"] {
            #expect(SocketAddress(literal: bad, port: 7) == nil, "\(bad)")
        }
    }
}
