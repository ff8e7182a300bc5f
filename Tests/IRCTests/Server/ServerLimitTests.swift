// Clients that are too fast, too slow, too silent, or speak another protocol. After each the same
// server serves somebody else. Time is virtual: what takes minutes for a person takes none here,
// and nothing depends on how fast this machine is.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct ServerLimitTests {
    /// HOSTILE I1: what never ends is ended.
    @Test func i1ALineWithoutAnEndEndsTheConnection() throws {
        try withServer { rig throws in
            let ann = Terminal(rig.server)
            let chunk = [UInt8](repeating: UInt8(ascii: "A"), count: 1000)
            var count = 0
            while !ann.isOver, count < 100 {
                ann.transport.feed(chunk)
                count += 1
            }
            #expect(ann.isOver && count <= 5)
        }
    }

    @Test func aLineThatIsTooLongIsRefused() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            let long = String(repeating: "x", count: 510)
            #expect(try ann.codes("PING " + long, "PING x") == ["417", "PONG"])
            let tags = "@+a=" + String(repeating: "x", count: 4096)
            #expect(try ann.codes(tags + " PING x") == ["417"])
        }
    }

    /// HOSTILE B4: another protocol's first line ends it, and nothing is done.
    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\nNICK ann\r\nUSER a 0 * :a\r\n",
        "POST / HTTP/1.1\r\n\r\nNICK ann\r\nUSER a 0 * :a\r\n", "Host: x\r\nNICK ann\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\nNICK ann\r\n", "options * RTSP/1.0\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func b4AnotherProtocolIsHungUpOn(text: String) throws {
        let bytes = Array(text.utf8)
        try withServer { rig throws in
            for seed in 0..<1_700 {
                let ann = Terminal(rig.server)
                var chunking: Chunking =
                    seed < 2
                    ? [.whole, .pieces(of: 1)][seed] : .random(SeededGenerator(seed: UInt64(seed)))
                for piece in DecoderChecker<Int>.cut(bytes, &chunking) {
                    ann.transport.feed(Array(piece))
                }
                let lines = try ann.lines()
                #expect(lines == [] && ann.isOver && rig.server.userCount == 0, "\(seed)")
            }
        }
    }

    /// HOSTILE I4: a flood waits for its turn and delays nobody else.
    @Test func i4AFastClientWaitsForItsTurn() throws {
        try withServer({
            $0.limits.commandBurst = 5
            $0.limits.commandInterval = .milliseconds(500)
        }) { rig throws in
            let ann = Terminal(rig.server)
            ann.send("NICK ann", "USER ann 0 * :Ann")
            let bob = Terminal(rig.server)
            ann.transport.feed((0..<100).map { "PING \($0)\r\n" }.joined())
            #expect(try ann.lines().count { $0.contains("PONG") } == 3)
            #expect(ann.transport.isReadingPaused)
            #expect(try bob.codes("NICK bob", "USER b 0 * :B").first == "001")
            try rig.harness.turn(for: .seconds(10))
            #expect(try ann.lines().count { $0.contains("PONG") } == 20)
            try rig.harness.turn(for: .seconds(60))
            #expect(try ann.lines().count == 77)
            #expect(!ann.transport.isReadingPaused)
            #expect(try ann.ask("PING x") == [":irc.test PONG irc.test x"])
        }
    }

    @Test func aFloodThatDoesNotFitIsTheEnd() throws {
        try withServer({
            $0.limits.commandBurst = 5
            $0.limits.receiveQueue = 1000
        }) { rig throws in
            let ann = try rig.login("ann")
            ann.transport.feed((0..<200).map { "PING \($0)\r\n" }.joined())
            #expect(try ann.lines().last == "ERROR :Closing Link: localhost (Excess Flood)")
            #expect(ann.isOver && rig.server.userCount == 0)
        }
    }

    @Test func aSlowReaderLosesItsConnectionAndDelaysNobody() throws {
        try withServer({ $0.limits.sendQueue = 10_000 }) { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            let slow = Terminal(rig.server, capacity: 5000)
            slow.send("NICK slow", "USER slow 0 * :Slow", "JOIN #c")
            try rig.harness.turn(for: .milliseconds(1))
            for number in 0..<100 {
                people[0].send("PRIVMSG #c :\(number) " + String(repeating: "x", count: 300))
                try rig.harness.turn(for: .milliseconds(1))
            }
            #expect(slow.isOver)
            let heard = try people[1].lines()
            #expect(heard.count { $0.contains("PRIVMSG") } == 100)
            #expect(heard.contains { $0.contains("QUIT") && $0.contains("limit reached") })
        }
    }

    @Test func aQuestionIsNoWayToLoseTheConnection() throws {
        try withServer({ $0.limits.sendQueue = 4000 }) { rig throws in
            let ann = try rig.login("ann")
            for number in 0..<60 { _ = try ann.ask("JOIN #c\(number)", "PART #c\(number)") }
            for number in 0..<60 {
                let other = try rig.login("n\(number)")
                _ = try other.ask("JOIN #channel\(number)", "TOPIC #channel\(number) :a topic")
            }
            for command in ["LIST", "WHO *"] {
                let codes = try ann.codes(command, "PING x")
                #expect(codes.contains("416") && codes.last == "PONG" && codes.count < 60)
            }
            #expect(!ann.isOver)
        }
    }

    @Test func theSilentAreAskedAndLetGo() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            try rig.harness.turn(for: .seconds(150))
            #expect(try ann.lines() == ["PING irc.test"])
            ann.send("PONG irc.test")
            try rig.harness.turn(for: .seconds(150))
            #expect(try ann.lines() == ["PING irc.test"])
            try rig.harness.turn(for: .seconds(90))
            #expect(try ann.lines() == ["ERROR :Closing Link: localhost (Ping timeout)"])
            #expect(ann.isOver && rig.server.userCount == 0)
        }
    }

    @Test func registrationHasALimit() throws {
        try withServer { rig throws in
            let ann = Terminal(rig.server)
            for _ in 0..<5 {
                try rig.harness.turn(for: .seconds(9))
                ann.send("PING x")
            }
            #expect(ann.isOver)
        }
    }

    @Test func aHostHasALimitOfConnections() throws {
        var options = IRCServerOptions.test
        options.limits.connectionsPerHost = 2
        try withSimulatedReactor { harness in
            let server = IRCServer(options, on: harness.reactor)
            let port = try server.listen("tcp:0:interface=127.0.0.1")
            let address = try #require(port.clientEndpoint)
            let visitors = (0..<4).map { _ in Visitor() }
            for visitor in visitors {
                try harness.reactor.connect(address.source) { _ in visitor }
            }
            try harness.turn { visitors.count(where: \.isLost) == 2 && server.connectionCount == 2 }
            server.stop()
            try harness.turn { visitors.allSatisfy(\.isLost) && server.connectionCount == 0 }
            #expect(visitors.count { $0.text.contains("ERROR :Closing Link") } == 2)
        }
    }

    @Test func whatAHostileClientSaysNeverTraps() throws {
        var random = SeededGenerator(seed: 7)
        let words = [
            "NICK", "USER", "JOIN", "PART", "MODE", "TOPIC", "KICK", "INVITE", "PRIVMSG", "WHO",
            "WHOIS", "NAMES", "LIST", "CAP", "REQ", "LS", "OPER", "AWAY", "TAGMSG", "#c", "ann",
            "+o", "-k+l", "b", ":", "@#c", ",", "*", "0", "\u{1}", "@+a=b", ":x y", "ISON",
            "USERHOST", "AUTHENTICATE", "+beI", "\u{FE0F}", "99999999999999999999", "KILL", "PONG",
            "NOTICE", "LUSERS", "PASS", "VERSION", "-", "+", "#",
        ]
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            var eve = try rig.login("eve")
            for _ in 0..<4000 {
                let count = 1 + random.below(6)
                let line = (0..<count).map { _ in words[random.below(words.count)] }
                (random.below(2) == 0 ? eve : ann).send(line.joined(separator: " "))
                if random.below(8) == 0 { try rig.reactor.turn(until: rig.reactor.now) }
                if eve.isOver || ann.isOver { eve = Terminal(rig.server) }
            }
            let fresh = try rig.login("fresh")
            #expect(try fresh.ask("PING alive") == [":irc.test PONG irc.test alive"])
        }
    }
}

/// Somebody who only listens.
final class Visitor: StreamProtocol {
    private(set) var text = ""
    private(set) var isLost = false

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        text += String(decoding: bytes)
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) { isLost = true }
}
