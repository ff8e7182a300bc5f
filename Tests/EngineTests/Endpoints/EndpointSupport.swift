// What the tests of endpoints, framing and policies share: a clock that moves by hand, a
// transport that only notes what is asked of it, and a reactor that turns until something is so.
import FairleadEngine
import FairleadWire
import Testing

/// A random number generator that gives the same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A kernel whose clock moves by hand and that can do nothing else.
final class HandClock: Kernel {
    private(set) var time = Instant(nanoseconds: 1_000_000_000)
    private let real = PosixKernel()

    func now() -> Instant { time }
    func coarseNow() -> Instant { time }
    func advance(_ span: Duration) { time = time + span }

    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller { IdlePoller() }
    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        SystemResult(0)
    }
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        SystemResult(bytes.count)
    }
    func close(_ descriptor: Int32) {}
}

/// A poller that never has anything and never waits.
private final class IdlePoller: Poller {
    struct Deaf: Waker {
        func wake() {}
    }
    let name = "idle"
    let descriptor: Int32? = nil
    let waker: any Waker = Deaf()
    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
    func remove(_ descriptor: Int32, _ token: Token) {}
    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) {}
    func close() {}
}

/// A reactor on a clock that moves by hand.
struct HandDriven {
    let clock = HandClock()
    let reactor: Reactor

    init() throws {
        reactor = Reactor(poller: try clock.makePoller(.epoll), kernel: clock)
        reactor.random = Seeded(1)
    }

    /// Moves the clock and makes the calls that are due.
    func advance(_ span: Duration) throws {
        clock.advance(span)
        try reactor.turn()
    }
}

/// A transport that notes what is asked of it, and does what a real one does at its end.
final class NotingTransport: Transport {
    let reactor: Reactor
    var localAddress = TransportAddress.other("here")
    var peerAddress = TransportAddress.other("there")
    var written: [UInt8] = []
    var isReading = true
    var pauses = 0
    var reason: Disconnect?
    var writeLimits = WriteLimits()
    var queuedBytes: Int { 0 }
    var isWriteBlocked: Bool { false }
    var handler: (any StreamProtocol)?

    init(_ reactor: Reactor) { self.reactor = reactor }

    /// Begins a connection as a real transport does.
    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        do { try handler.connectionMade(on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    /// Bytes arrive; given to the protocol only while it reads.
    func arrive(_ bytes: [UInt8]) {
        guard reason == nil, isReading else { return }
        do { try handler?.received(bytes.span, on: self) } catch {
            abort(Disconnect(thrown: error))
        }
    }

    func arrive(_ text: String) { arrive(Array(text.utf8)) }

    func arriveEnd() {
        guard reason == nil, isReading else { return }
        do { try handler?.readEnded(on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    var text: String { String(decoding: written, as: UTF8.self) }

    func write(_ bytes: Span<UInt8>) { if reason == nil { written.append(copying: bytes) } }
    func write(shared bytes: [UInt8]) { if reason == nil { written += bytes } }
    func close() { end(.closedByUs) }
    func abort() { end(.closedByUs) }
    func abort(_ reason: Disconnect) { end(reason) }
    func closeWrite() {}
    func pauseReading() {
        isReading = false
        pauses += 1
    }
    func resumeReading() { isReading = true }

    func end(_ reason: Disconnect) {
        if self.reason != nil { return }
        self.reason = reason
        reactor.later { [self] in
            let handler = handler
            self.handler = nil
            handler?.connectionLost(reason, on: self)
        }
    }
}

/// A stream protocol that notes its events.
final class NotingProtocol: StreamProtocol {
    var made = 0
    var peers: [String] = []
    var chunks: [String] = []
    var readEnds = 0
    var reasons: [Disconnect] = []
    var transport: (any Transport)?
    var onMade: ((any Transport) throws -> Void)?
    var onReceived: ((any Transport) throws -> Void)?

    var text: String { chunks.joined() }

    func connectionMade(on transport: any Transport) throws {
        made += 1
        peers.append("\(transport.peerAddress)")
        self.transport = transport
        try onMade?(transport)
    }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        chunks.append(String(decoding: bytes))
        try onReceived?(transport)
    }
    func readEnded(on transport: any Transport) {
        readEnds += 1
        transport.close()
    }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        reasons.append(reason)
        self.transport = nil
    }
}

/// A protocol that says back what it hears.
final class EchoProtocol: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) { transport.write(bytes) }
}

extension Reactor {
    /// Turns until something is so; the limit is far beyond what anything here takes.
    func turn(while isMissing: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let limit = now + .seconds(20)
        while isMissing() {
            if now >= limit {
                Issue.record("nothing came of it", sourceLocation: sourceLocation)
                return
            }
            try turn(until: now + .milliseconds(100))
        }
    }

    /// Makes the calls that are postponed now, until none is.
    func settle() throws {
        for _ in 0..<10 where census.postponedCalls > 0 { try turn(until: now) }
    }
}

/// A fresh folder, removed again when its owner goes.
final class FreshFolder {
    let path: String

    init() throws { path = try makeFreshFolder() }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    deinit { removeFolder(path) }
}
