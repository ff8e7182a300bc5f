// Back-off by itself, then Reconnecting on an endpoint that answers when it is told to and a clock
// that moves by hand: pauses, hooks, stops at every moment. Last over TCP, with a server that comes
// and goes.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@Suite struct BackOffTests {
    @Test func pausesGrowToTheirMaximum() {
        let backOff = BackOff(initial: .seconds(1), maximum: .seconds(10), factor: 3, jitter: 0)
        let pauses = [0, 1, 2, 3, 4, 1_000_000, .max].map { backOff.pause(after: $0) }
        #expect(pauses == [1, 1, 3, 9, 10, 10, 10].map { .seconds($0) })
    }

    @Test func jitterShortensByItsShareAtMostAndNeverLengthens() {
        var random = SeededGenerator(seed: 3)
        for jitter in [0, 0.2, 1] {
            let backOff = BackOff(
                initial: .seconds(10), maximum: .seconds(10), factor: 1, jitter: jitter)
            var pauses: Set<Duration> = []
            for _ in 0..<1000 {
                let pause = backOff.pause(after: 5, &random)
                #expect(pause <= .seconds(10) && pause >= .milliseconds(1))
                #expect(pause >= .seconds(10) * (0.999 - jitter))
                pauses.insert(pause)
            }
            #expect(jitter == 0 ? pauses == [.seconds(10)] : pauses.count > 900)
        }
    }

    @Test func absurdValuesAreTakenAsTheNearestThatMakeSense() {
        var random = SeededGenerator(seed: 4)
        for number in [Double.nan, .infinity, -.infinity, -1, 0, 1e300] {
            for span in [Duration.seconds(Int64.max), .seconds(Int64.min), .zero] {
                let backOff = BackOff(initial: span, maximum: span, factor: number, jitter: number)
                for failures in [Int.min, 0, 1, 50, .max] {
                    let pause = backOff.pause(after: failures, &random)
                    #expect(pause >= .milliseconds(1) && pause <= .seconds(31_536_000))
                }
            }
        }
    }
}

/// An endpoint that answers when it is told to, or at once.
private final class TrialEndpoint: ClientEndpoint {
    enum Mode {
        case wait
        case failAtOnce
        case connectAtOnce
    }
    var mode = Mode.wait
    var attempts = 0
    var cancelled = 0
    var transports: [NotingTransport] = []
    private var pending: ((StreamFactory, ConnectCompletion), Reactor)?
    let description = "trial"

    private final class Attempt: ConnectAttempt {
        let action: () -> Void
        init(_ action: @escaping () -> Void) { self.action = action }
        func cancel() { action() }
    }

    func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        attempts += 1
        pending = ((factory, completion), reactor)
        switch mode {
        case .wait: break
        case .failAtOnce: fail()
        case .connectAtOnce: succeed()
        }
        return Attempt { [self] in
            guard pending != nil else { return }
            cancelled += 1
            finish(.cancelled)
        }
    }

    func fail() { finish(.failed([.init("trial", SystemError(111, "connect"))])) }

    private func finish(_ cause: ConnectError.Cause) {
        let taken = pending
        pending = nil
        taken?.0.1(.failure(ConnectError("trial", cause)))
    }

    func succeed() {
        guard let ((factory, completion), reactor) = pending else { return }
        pending = nil
        let transport = NotingTransport(reactor)
        guard let handler = factory(transport) else {
            return completion(.failure(ConnectError("trial", .refusedByFactory)))
        }
        transports.append(transport)
        transport.start(handler)
        completion(.success(transport))
    }
}

@Suite struct ReconnectingTests {
    private let driven: HandDriven
    private let endpoint = TrialEndpoint()
    private let inner = NotingProtocol()
    private let backOff = BackOff(
        initial: .seconds(1), maximum: .seconds(8), factor: 2, jitter: 0)

    init() throws { driven = try HandDriven() }

    private func make(_ factory: StreamFactory? = nil) -> Reconnecting {
        let inner = inner
        return Reconnecting(endpoint, on: driven.reactor, backOff, factory ?? { _ in inner })
    }

    @Test func itTriesAgainWithGrowingPausesAndAHookBeforeEach() throws {
        let keeper = make()
        var hooks: [Int] = []
        var pauses: [Duration] = []
        keeper.beforeAttempt = { hooks.append($0) }
        keeper.failed = { _, pause in pauses.append(pause) }
        endpoint.mode = .failAtOnce
        keeper.start()
        for seconds in [1, 2, 4, 8, 8] {
            try driven.advance(.seconds(seconds) - .milliseconds(1))
            let before = endpoint.attempts
            try driven.advance(.milliseconds(1))
            #expect(endpoint.attempts == before + 1)
        }
        #expect(hooks == [1, 2, 3, 4, 5, 6])
        #expect(pauses == [1, 2, 4, 8, 8, 8].map { .seconds($0) })
        keeper.stop()
        #expect(driven.reactor.census.isEmpty)
    }

    @Test func aConnectionThatStoodMakesThePausesShortAgain() throws {
        let keeper = make()
        var pauses: [Duration] = []
        keeper.failed = { _, pause in pauses.append(pause) }
        endpoint.mode = .failAtOnce
        keeper.start()
        try driven.advance(.seconds(1))
        endpoint.mode = .connectAtOnce
        try driven.advance(.seconds(2))
        #expect(keeper.isConnected && inner.made == 1)
        try driven.advance(.seconds(1))
        endpoint.transports.last?.end(.hangUp)
        try driven.reactor.settle()
        #expect(!keeper.isConnected && inner.reasons == [.hangUp])
        // One that is lost at once does not.
        try driven.advance(.seconds(1))
        endpoint.transports.last?.end(.closedByPeer)
        try driven.reactor.settle()
        #expect(pauses == [1, 2, 1, 2].map { .seconds($0) })
    }

    @Test func stoppingWhileWaitingLeavesNothing() throws {
        let keeper = make()
        endpoint.mode = .failAtOnce
        keeper.start()
        keeper.stop()
        #expect(driven.reactor.census.isEmpty)
        try driven.advance(.seconds(100))
        #expect(endpoint.attempts == 1)
    }

    @Test func stoppingWhileConnectingCallsTheAttemptOff() throws {
        let keeper = make()
        var failures = 0
        keeper.failed = { _, _ in failures += 1 }
        keeper.start()
        keeper.stop()
        #expect(endpoint.cancelled == 1 && failures == 0)
        try driven.advance(.seconds(100))
        #expect(endpoint.attempts == 1 && driven.reactor.census.isEmpty)
    }

    @Test func stoppingWhileConnectedClosesAndDoesNotComeBack() throws {
        let keeper = make()
        endpoint.mode = .connectAtOnce
        keeper.start()
        keeper.stop()
        try driven.advance(.seconds(100))
        #expect(inner.reasons == [.closedByUs] && endpoint.attempts == 1 && !keeper.isConnected)
    }

    @Test func aRestartIsNotDisturbedByTheEndOfTheFormerConnection() throws {
        let keeper = make()
        endpoint.mode = .connectAtOnce
        keeper.start()
        keeper.stop()
        keeper.start()
        try driven.reactor.settle()
        #expect(inner.reasons == [.closedByUs] && keeper.isConnected)
        try driven.advance(.seconds(100))
        #expect(endpoint.attempts == 2)
    }

    @Test func theHooksMayStop() throws {
        for isBefore in [true, false] {
            let keeper = make()
            endpoint.mode = .failAtOnce
            let attempts = endpoint.attempts
            if isBefore {
                keeper.beforeAttempt = { [unowned keeper] _ in keeper.stop() }
            } else {
                keeper.failed = { [unowned keeper] _, _ in keeper.stop() }
            }
            keeper.start()
            try driven.advance(.seconds(100))
            #expect(endpoint.attempts == attempts + (isBefore ? 0 : 1))
            #expect(driven.reactor.census.isEmpty)
        }
    }

    @Test func theProtocolMayStopItAsSoonAsItIsConnected() throws {
        let keeper = make()
        inner.onMade = { [unowned keeper] _ in keeper.stop() }
        keeper.start()
        endpoint.succeed()
        try driven.advance(.seconds(100))
        #expect(inner.reasons == [.closedByUs] && endpoint.attempts == 1)
    }

    @Test func aFactoryThatRefusesIsAFailureLikeOthers() throws {
        var reasons: [String] = []
        let keeper = make { _ in nil }
        keeper.failed = { reason, _ in reasons.append("\(reason)") }
        endpoint.mode = .connectAtOnce
        keeper.start()
        try driven.advance(.seconds(1))
        #expect(reasons == Array(repeating: "trial: no protocol for this connection", count: 2))
        keeper.stop()
        #expect(driven.reactor.census.isEmpty)
    }

    @Test func aStoppedOneIsFreed() throws {
        weak var freed: Reconnecting?
        do {
            let keeper = make()
            freed = keeper
            endpoint.mode = .failAtOnce
            keeper.start()
            try driven.advance(.seconds(1))
            endpoint.mode = .connectAtOnce
            try driven.advance(.seconds(2))
            endpoint.transports.last?.end(.closedByPeer)
            try driven.reactor.settle()
            keeper.stop()
        }
        #expect(freed == nil)
    }

    @Test func overTCPItFollowsAServerThatComesAndGoes() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        var port = try reactor.listen("tcp:0:interface=127.0.0.1") { _ in nil }
        let address = try #require(port.clientEndpoint)
        let number = try #require(port.localAddress.socketAddress?.port)
        port.stop()
        let keeper = Reconnecting(
            try Endpoints.standard.client("\(address)"), on: reactor,
            BackOff(initial: .milliseconds(1), maximum: .milliseconds(5))
        ) { [inner] _ in inner }
        var failures = 0
        keeper.failed = { _, _ in failures += 1 }
        keeper.start()
        for round in 1...3 {
            let before = failures
            try reactor.turn { failures < before + 2 }
            let server = NotingProtocol()
            port = try reactor.listen("tcp:\(number):interface=127.0.0.1") { _ in server }
            try reactor.turn { inner.made < round || server.made == 0 }
            #expect(keeper.isConnected)
            port.stop()
            server.transport?.abort()
            try reactor.turn { inner.reasons.count < round }
        }
        keeper.stop()
        try reactor.settle()
        #expect(reactor.census.isEmpty)
    }

    @Test func aReactorThatStopsStopsItToo() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        let port = try reactor.listen("tcp:0:interface=127.0.0.1") { _ in NotingProtocol() }
        let client = try Endpoints.standard.client("\(try #require(port.clientEndpoint))")
        let keeper = Reconnecting(client, on: reactor) { [inner] _ in inner }
        inner.onMade = { $0.reactor.stop() }
        keeper.start()
        try reactor.run()
        #expect(inner.reasons.count == 1 && !keeper.isConnected)
        #expect(reactor.census.isEmpty, "\(reactor.census)")
    }
}
