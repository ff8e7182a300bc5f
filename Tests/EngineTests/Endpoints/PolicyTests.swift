// Idle timeouts, rate limits and connection limits, on a clock that moves by hand: no test here
// depends on how fast anything is. Policies compose in any order; neither ends a pause that another
// or the protocol has asked for.
import FairleadEngine
import FairleadWire
import Testing

@Suite struct PolicyTests {
    private let driven: HandDriven
    private let transport: NotingTransport
    private let inner = NotingProtocol()

    init() throws {
        driven = try HandDriven()
        transport = NotingTransport(driven.reactor)
    }

    @Test func aSilentPeerIsTimedOutAndATalkingOneIsNot() throws {
        transport.start(IdleTimeout(inner, after: .seconds(10)))
        for _ in 0..<5 {
            try driven.advance(.seconds(9))
            transport.arrive("x")
        }
        try driven.advance(.milliseconds(9999))
        #expect(transport.reason == nil)
        try driven.advance(.milliseconds(2))
        try driven.reactor.settle()
        #expect(inner.reasons == [.timedOut("nothing received for 10.0 seconds")])
        #expect(driven.reactor.census.isEmpty)
    }

    @Test func ourOwnPauseIsNotThePeersSilence() throws {
        transport.start(IdleTimeout(inner, after: .seconds(10)))
        let shown = try #require(inner.transport)
        try driven.advance(.seconds(9))
        shown.pauseReading()
        try driven.advance(.seconds(1000))
        #expect(transport.reason == nil && !transport.isReading)
        shown.resumeReading()
        try driven.advance(.milliseconds(9999))
        #expect(transport.reason == nil && transport.isReading)
        // A second resume is no sign of life.
        shown.resumeReading()
        try driven.advance(.milliseconds(2))
        #expect(transport.reason != nil)
    }

    @Test func theTimeoutEndsWithTheConnectionAndIsFreed() throws {
        weak var policy: IdleTimeout?
        do {
            let made = IdleTimeout(inner, after: .seconds(10))
            policy = made
            transport.start(made)
        }
        transport.end(.closedByPeer)
        try driven.reactor.settle()
        #expect(inner.reasons == [.closedByPeer])
        #expect(driven.reactor.census.isEmpty && policy == nil)
    }

    @Test func theRateHoldsOverALongTime() throws {
        transport.start(RateLimit(inner, bytesPerSecond: 1000, burst: 500))
        var delivered = 0
        for _ in 0..<10_000 {
            if transport.isReading {
                transport.arrive([UInt8](repeating: 120, count: 100))
                delivered += 100
            }
            try driven.advance(.milliseconds(10))
        }
        // A hundred seconds at 1000 bytes a second, the burst, and one chunk over.
        #expect((99_000...100_700).contains(delivered))
        #expect(inner.text.utf8.count == delivered)
        #expect(transport.reason == nil)
    }

    @Test func whatWasNotUsedIsSavedUpToTheBurst() throws {
        transport.start(RateLimit(inner, bytesPerSecond: 10, burst: 50))
        try driven.advance(.seconds(100_000_000))
        transport.arrive([UInt8](repeating: 120, count: 50))
        #expect(transport.isReading)
        transport.arrive("x")
        #expect(!transport.isReading && inner.text.utf8.count == 51)
        try driven.advance(.milliseconds(100))
        #expect(!transport.isReading)
        try driven.advance(.milliseconds(2))
        #expect(transport.isReading)
    }

    @Test func theLimitDoesNotEndThePauseOfTheProtocolInside() throws {
        transport.start(RateLimit(inner, bytesPerSecond: 10, burst: 10))
        transport.arrive([UInt8](repeating: 120, count: 20))
        let shown = try #require(inner.transport)
        shown.pauseReading()
        try driven.advance(.seconds(100))
        #expect(!transport.isReading)
        shown.resumeReading()
        #expect(transport.isReading)
        transport.arrive([UInt8](repeating: 120, count: 20))
        shown.pauseReading()
        shown.resumeReading()
        #expect(!transport.isReading)
        try driven.advance(.seconds(100))
        #expect(transport.isReading)
    }

    @Test func theRateLimitEndsWithTheConnectionAndIsFreed() throws {
        weak var policy: RateLimit?
        do {
            let made = RateLimit(inner, bytesPerSecond: 1)
            policy = made
            transport.start(made)
        }
        transport.arrive("hello")
        #expect(driven.reactor.census.timers.count == 1)
        transport.end(.closedByPeer)
        try driven.reactor.settle()
        #expect(inner.reasons == [.closedByPeer])
        #expect(driven.reactor.census.isEmpty && policy == nil)
    }

    @Test(arguments: [Int.min, -1, 0, 1, Int.max])
    func absurdRatesDoNotTrap(_ rate: Int) throws {
        transport.start(RateLimit(inner, bytesPerSecond: rate, burst: rate))
        for _ in 0..<3 {
            transport.arrive([UInt8](repeating: 120, count: 70_000))
            transport.isReading = true
            try driven.advance(.seconds(1_000_000_000))
        }
        #expect(inner.text.utf8.count == 210_000)
    }

    @Test func connectionsAreLimitedInAllAndForEachPeer() throws {
        let limit = ConnectionLimit(total: 3, perPeer: 2) { _ in NotingProtocol() }
        func arrive(_ host: String, _ port: UInt16) throws -> NotingTransport? {
            let transport = NotingTransport(driven.reactor)
            let address = try #require(SocketAddress(literal: host, port: port))
            transport.peerAddress = .socket(address)
            guard let handler = limit.makeProtocol(transport) else { return nil }
            transport.start(handler)
            return transport
        }
        let first = try #require(try arrive("192.0.2.1", 1))
        #expect(try arrive("192.0.2.1", 2) != nil)
        #expect(try arrive("192.0.2.1", 3) == nil)
        #expect(try arrive("192.0.2.2", 1) != nil)
        #expect(try arrive("192.0.2.3", 1) == nil)
        #expect(limit.count == 3 && limit.refusedCount == 2)
        first.end(.closedByPeer)
        try driven.reactor.settle()
        #expect(limit.count == 2)
        #expect(try arrive("192.0.2.1", 4) != nil)
        #expect(try arrive("192.0.2.1", 5) == nil)
    }

    @Test func aFactoryThatRefusesIsNotALimitThatDoes() throws {
        let limit = ConnectionLimit(total: 1) { _ in nil }
        #expect(limit.makeProtocol(transport) == nil)
        #expect(limit.count == 0 && limit.refusedCount == 0)
    }

    @Test func policiesComposeInEitherOrder() throws {
        for isIdleOutside in [true, false] {
            let transport = NotingTransport(driven.reactor)
            let inner = NotingProtocol()
            let limit = ConnectionLimit(total: 1) { _ in
                isIdleOutside
                    ? IdleTimeout(RateLimit(inner, bytesPerSecond: 10), after: .seconds(5))
                    : RateLimit(IdleTimeout(inner, after: .seconds(5)), bytesPerSecond: 10)
            }
            let handler = try #require(limit.makeProtocol(transport))
            transport.start(handler)
            transport.arrive([UInt8](repeating: 120, count: 30))
            #expect(!transport.isReading && inner.text.utf8.count == 30)
            try driven.advance(.milliseconds(2100))
            #expect(transport.isReading && transport.reason == nil)
            inner.transport?.write("bye")
            #expect(transport.text == "bye")
            try driven.advance(.seconds(6))
            try driven.reactor.settle()
            #expect(inner.reasons.count == 1 && limit.count == 0)
            #expect(driven.reactor.census.isEmpty)
        }
    }

    @Test func aRateLimitOutsideLinesHoldsBackWhileTheLinesArePaused() throws {
        let lines = PausingLines()
        transport.start(RateLimit(LineReceiver(lines), bytesPerSecond: 5, burst: 5))
        transport.arrive("1\r\n2\r\n3\r\n")
        try driven.advance(.seconds(60))
        #expect(lines.lines == ["1"] && !transport.isReading)
        for count in 2...3 {
            lines.connection?.resumeReading()
            try driven.reactor.settle()
            #expect(lines.lines.count == count)
        }
        lines.connection?.resumeReading()
        try driven.reactor.settle()
        #expect(transport.isReading)
    }
}

/// Pauses after each line.
private final class PausingLines: LineProtocol {
    var lines: [String] = []
    var connection: LineConnection?

    func lineReceived(_ line: Span<UInt8>, on connection: LineConnection) {
        self.connection = connection
        lines.append(String(decoding: line))
        connection.pauseReading()
    }
}
