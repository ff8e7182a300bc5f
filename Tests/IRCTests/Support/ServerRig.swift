// A server on a simulated kernel, and people at it who type lines and read lines.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

/// Somebody with a connection to the server under test.
final class Terminal {
    let transport: MemoryTransport
    private let reactor: Reactor

    init(_ server: IRCServer, host: String? = nil, capacity: Int = .max) {
        reactor = server.reactor
        let peer = host.flatMap { SocketAddress(literal: $0, port: 1234) }
        transport = MemoryTransport(
            on: server.reactor, capacity: capacity,
            peerAddress: peer.map { .socket($0) } ?? .other("a test"))
        if let client = server.makeClient(transport) { transport.start(client) }
    }

    /// Types lines.
    func send(_ lines: String...) {
        for line in lines { transport.feed(line + "\r\n") }
    }

    /// What has come since the last time, line by line.
    func lines() throws -> [String] {
        for _ in 0..<4 { try reactor.turn(until: reactor.now) }
        return transport.takeWrittenText().split(separator: "\r\n").map(String.init)
    }

    /// Types lines and gives what comes back.
    func ask(_ lines: String...) throws -> [String] {
        for line in lines { transport.feed(line + "\r\n") }
        return try self.lines()
    }

    /// The same, by the numeric or command of each line only.
    func codes(_ lines: String...) throws -> [String] {
        for line in lines { transport.feed(line + "\r\n") }
        return try self.lines().map(Self.code)
    }

    static func code(_ line: String) -> String {
        let words = line.split(separator: " ").drop { $0.hasPrefix("@") || $0.hasPrefix(":") }
        return words.first.map(String.init) ?? ""
    }

    var isOver: Bool { transport.endReason != nil }
}

/// A server under test.
final class ServerRig {
    let harness: ReactorHarness
    let server: IRCServer
    var reactor: Reactor { harness.reactor }

    init(_ harness: ReactorHarness, _ options: IRCServerOptions) {
        self.harness = harness
        server = IRCServer(options, on: harness.reactor)
    }

    /// Somebody who is welcomed already.
    func login(_ nickname: String, capabilities: String? = nil) throws -> Terminal {
        let terminal = Terminal(server)
        if let capabilities { terminal.send("CAP REQ :" + capabilities) }
        terminal.send("NICK \(nickname)", "USER \(nickname) 0 * :\(nickname) Test")
        if capabilities != nil { terminal.send("CAP END") }
        _ = try terminal.lines()
        return terminal
    }

    /// People in one channel, the first as its operator; all have read what came so far.
    func channel(_ name: String, _ nicknames: String...) throws -> [Terminal] {
        let people = try nicknames.map { try login($0) }
        for terminal in people { _ = try terminal.ask("JOIN \(name)") }
        for terminal in people { _ = try terminal.lines() }
        return people
    }
}

extension IRCServerOptions {
    /// Known names, a clock that stands, and no pace that a test would run into.
    static var test: IRCServerOptions {
        var options = IRCServerOptions()
        options.name = "irc.test"
        options.clock = { Timestamp(milliseconds: 1_795_590_495_390) }
        options.limits.commandBurst = 1000
        return options
    }
}

/// Runs a test with a server, and checks that nothing is left behind.
func withServer(
    _ set: (inout IRCServerOptions) -> Void = { _ in }, _ body: (ServerRig) throws -> Void
) throws {
    var options = IRCServerOptions.test
    set(&options)
    try withSimulatedReactor { harness in
        let rig = ServerRig(harness, options)
        do { try body(rig) } catch {
            rig.server.stop()
            throw error
        }
        rig.server.stop()
        try harness.turn("everybody is gone") { rig.server.connectionCount == 0 }
        #expect(rig.server.userCount == 0 && rig.server.channelCount == 0)
    }
}
