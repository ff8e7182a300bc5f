// What a test over real loopback sockets stands on: a reactor, its kernel with hooks, and the
// promise that nothing is left behind. Waits end as soon as the thing has happened; the limit
// only keeps a broken test from hanging.
import FairleadEngine
import FairleadWire
import Testing

/// A reactor on the machine's own kernel, for one test.
final class Rig {
    let kernel = FaultyKernel()
    let reactor: Reactor
    /// What the reactor has logged.
    private(set) var log: [String] = []
    private var recorders: [Recorder] = []
    private static let limit: Duration = .seconds(20)

    /// What was waited for did not happen.
    struct Stuck: Error, CustomStringConvertible {
        let description: String
    }

    init(_ limits: Limits) throws {
        let poller = try kernel.makePoller(try Backend.fromEnvironment())
        reactor = Reactor(poller: poller, kernel: kernel, limits: limits)
        reactor.log = { [unowned self] _, text in log.append(text) }
    }

    /// Turns the reactor until `condition` holds.
    func run(
        until what: String = "what is expected", _ condition: () throws -> Bool
    ) throws {
        let end = reactor.now + Self.limit
        while try !condition() {
            if reactor.now >= end {
                let events = recorders.map { "\($0.events)" }.joined(separator: " | ")
                throw Stuck(description: "waited for \(what); \(reactor.census); \(events)")
            }
            try reactor.turn(until: end)
        }
    }

    /// Makes `count` turns that do not wait; gives how many events they brought.
    @discardableResult
    func turns(_ count: Int) throws -> Int {
        let before = kernel.pollers.reduce(0) { $0 + $1.reports }
        for _ in 0..<count { try reactor.turn(until: Instant(nanoseconds: .min)) }
        return kernel.pollers.reduce(0) { $0 + $1.reports } - before
    }

    /// A protocol that notes what happens; at the end it must have had one end a beginning.
    func recorder() -> Recorder {
        let recorder = Recorder()
        recorders.append(recorder)
        return recorder
    }

    /// Two connected ends.
    struct Pair {
        let client: Recorder
        let server: Recorder
        let port: any ListeningPort
    }

    /// Two recorders with a TCP connection on loopback between them.
    func tcpPair(
        _ options: ListenOptions = ListenOptions(), _ connect: ConnectOptions = ConnectOptions()
    ) throws -> Pair {
        let pair = try beginTCPPair(options, connect)
        try run(until: "a connection") { pair.client.isConnected && pair.server.isConnected }
        return pair
    }

    /// The same, before the connection stands: for hooks in `connectionMade`.
    func beginTCPPair(
        _ options: ListenOptions = ListenOptions(), _ connect: ConnectOptions = ConnectOptions()
    ) throws -> Pair {
        let server = recorder()
        let client = recorder()
        let port = try reactor.listenTCP(on: .ipv4(.loopback, port: 0), options) { _ in server }
        reactor.connectTCP(to: "127.0.0.1", port: try port.number, connect) { _ in client }
        return Pair(client: client, server: server, port: port)
    }

    /// Two recorders with a UNIX stream connection between them.
    func unixPair(_ address: SocketAddress) throws -> Pair {
        let server = recorder()
        let client = recorder()
        let port = try reactor.listenUnix(on: address) { _ in server }
        reactor.connectUnix(to: address) { _ in client }
        try run(until: "a connection") { client.isConnected && server.isConnected }
        return Pair(client: client, server: server, port: port)
    }

    /// Stops the reactor; afterwards nothing may be left.
    fileprivate func finish() throws {
        reactor.later { [reactor] in reactor.stop() }
        try reactor.run()
        #expect(reactor.census.isEmpty, "\(reactor.census)")
        #expect(kernel.base.openDescriptors == 0, "descriptors are left open")
        for recorder in recorders {
            #expect(recorder.madeCount == recorder.lostCount, "\(recorder.events)")
            #expect(recorder.madeCount <= 1 && recorder.eventsAfterEnd == 0, "\(recorder.events)")
        }
    }
}

/// Runs a test on a reactor of its own and checks that nothing is left behind.
func withRig(_ limits: Limits = Limits(), _ body: (Rig) throws -> Void) throws {
    let rig = try Rig(limits)
    do {
        try body(rig)
    } catch {
        rig.reactor.later { [reactor = rig.reactor] in reactor.stop() }
        try rig.reactor.run()
        throw error
    }
    try rig.finish()
}

extension ListeningPort {
    /// The port's number.
    var number: UInt16 {
        get throws { try #require(localAddress.socketAddress?.port) }
    }
}
