// A server's own rule (RFC 1459, 8.10) as the judge of what a client sends, in virtual time.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

/// The timer that a server keeps for a client.
private struct Judge {
    private var timer = Instant(nanoseconds: 0)
    private(set) var worst = Duration.zero

    mutating func line(at now: Instant) {
        timer = max(timer, now) + .seconds(2)
        worst = max(worst, timer.since(now))
    }
}

@Suite struct SendingPaceTests {
    /// HOSTILE I4: a day in a busy channel, and never an "Excess Flood".
    @Test func i4OurOwnFloodStaysBelowTheServersLimit() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.enter("#c")
            rig.diary.onSaid = { words, client in
                try client.say("I heard: \(words.text)", to: words.replyTarget)
            }
            var judge = Judge()
            var count = 0
            let end = rig.harness.reactor.now + .seconds(3600)
            var number = 0
            while rig.harness.reactor.now < end {
                // Ten questions a second, far more than may be answered.
                rig.transport?.feed(":ann!a@h PRIVMSG #c :question \(number)\r\n")
                if number % 100 == 0 { rig.transport?.feed("PING \(number)\r\n") }
                number += 1
                try rig.harness.turn(for: .milliseconds(100))
                for _ in try rig.sent() {
                    judge.line(at: rig.harness.reactor.now)
                    count += 1
                }
            }
            #expect(judge.worst <= .seconds(10))
            #expect(count > 1000)
            #expect(rig.client.waitingCount <= 500 && rig.client.droppedCount > 10_000)
            #expect(rig.endpoint.attempts == 1)
        }
    }

    @Test func aFloodOfPingsDoesNotSilenceUs() throws {
        try withClient { rig throws in
            try rig.welcome()
            for number in 0..<1000 { rig.transport?.feed("PING \(number)\r\n") }
            #expect(try rig.sent().count == 1000)
            try rig.client.say("still here", to: "#c")
            try rig.harness.turn(for: .seconds(20))
            #expect(try rig.sent() == ["PRIVMSG #c :still here"])
        }
    }

    @Test func aBurstGoesOutAtOnceAndTheRestInTime() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.harness.turn(for: .seconds(60))
            for number in 0..<10 { try rig.client.say("\(number)", to: "#c") }
            #expect((3...5).contains(try rig.sent().count))
            try rig.harness.turn(for: .seconds(30))
            #expect(rig.client.waitingCount == 0)
        }
    }

    /// HOSTILE I4: at most two answers a second to CTCP, whoever asks.
    @Test func i4AFloodOfCTCPIsAnsweredTwiceASecond() throws {
        try withClient({ $0.pace = .unlimited }) { rig throws in
            try rig.welcome()
            var answers = 0
            for second in 0..<5 {
                for number in 0..<1000 {
                    rig.transport?.feed(
                        ":x\(number)!u@h PRIVMSG me :\u{1}PING \(number)\u{1}\r\n")
                }
                let sent = try rig.sent()
                #expect(sent.count <= 2, "in second \(second)")
                answers += sent.count
                try rig.harness.turn(for: .seconds(1))
            }
            #expect(answers == 10)
        }
    }

    @Test func i4NoSecondHasMoreThanTwoAnswers() throws {
        try withClient({ $0.pace = .unlimited }) { rig throws in
            try rig.welcome()
            var times: [Instant] = []
            for _ in 0..<300 {
                let sent = try rig.server(":ann!u@h PRIVMSG me :\u{1}PING x\u{1}")
                times += sent.map { _ in rig.harness.reactor.now }
                try rig.harness.turn(for: .milliseconds(37))
            }
            let gaps = zip(times, times.dropFirst(2)).map { $1.since($0) }
            #expect(gaps.allSatisfy { $0 >= .seconds(1) } && times.count > 18)
        }
    }

    @Test func ctcpIsAnsweredToUsAlone() throws {
        try withClient({ $0.version = "a bot" }) { rig throws in
            try rig.welcome()
            func ask(_ text: String, to target: String = "me") throws -> [String] {
                let sent = try rig.server(":ann!a@h PRIVMSG \(target) :\u{1}\(text)\u{1}")
                try rig.harness.turn(for: .seconds(10))
                return sent
            }
            #expect(try ask("PING 1 2") == ["NOTICE ann :\u{1}PING 1 2\u{1}"])
            #expect(try ask("VERSION") == ["NOTICE ann :\u{1}VERSION a bot\u{1}"])
            #expect(try ask("TIME") == ["NOTICE ann :\u{1}TIME 2026-11-25 07:08:15 UTC\u{1}"])
            #expect(
                try ask("CLIENTINFO")
                    == ["NOTICE ann :\u{1}CLIENTINFO ACTION CLIENTINFO PING TIME VERSION\u{1}"])
            #expect(try ask("FINGER") == [] && ask("VERSION", to: "#c") == [])
        }
    }

    @Test func ourClientAndOurServerMeet() throws {
        try withSimulatedReactor { harness in
            var options = IRCServerOptions.test
            options.verifyAccount = { $0 == "ann" && $1 == "secret" }
            let server = IRCServer(options, on: harness.reactor)
            let port = try server.listen("tcp:0:interface=127.0.0.1")
            var own = IRCClientOptions.test
            own.capabilities = ["echo-message", "server-time", "account-tag", "message-tags"]
            own.sasl = .plain(user: "ann", password: "secret")
            own.needsSASL = true
            own.channels = [("#c", nil)]
            let diary = Diary()
            let client = IRCClient(own, on: harness.reactor, diary)
            try client.connect(to: try #require(port.clientEndpoint).source)
            try harness.turn { client.channel("#c")?.isComplete == true }
            try client.say("gr\u{FC}\u{DF}e", to: "#c")
            try harness.turn { diary.notes.contains("echo to #c: gr\u{FC}\u{DF}e") }
            #expect(client.support.network == "Fairlead" && client.capabilities.contains("sasl"))
            #expect(client.channel("#c")?.members.first?.ranks == ["o"])
            client.disconnect("bye")
            try harness.turn { server.connectionCount == 0 }
            server.stop()
        }
    }
}
