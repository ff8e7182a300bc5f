// How a client comes in, what it does when it is not let in, and how it comes back. The test is the
// server: each row is the lines that it types, and what the client says to them. Time is virtual,
// so that minutes of silence cost nothing.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct ClientRegistrationTests {
    @Test func itIntroducesItself() throws {
        try withClient({ $0.password = "sesame" }) { rig throws in
            let sent = try rig.sent()
            #expect(
                sent == [
                    "CAP LS 302", "PASS sesame", "NICK me", "USER fairlead 0 * fairlead",
                ])
            #expect(try rig.server("CAP * LS :server-time") == ["CAP END"])
            #expect(!rig.client.isRegistered)
            try rig.server(":irc 001 me :Welcome")
            #expect(rig.client.isRegistered && rig.diary.take() == ["registered as me"])
        }
    }

    @Test func capabilitiesAndSASLComeFirst() throws {
        try withClient({
            $0.capabilities = ["server-time", "batch"]
            $0.sasl = .plain(user: "ann", password: "secret")
        }) { rig throws in
            _ = try rig.sent()
            #expect(
                try rig.server("CAP * LS :server-time sasl=PLAIN")
                    == ["CAP REQ :server-time sasl"])
            #expect(try rig.server("CAP * ACK :server-time sasl") == ["AUTHENTICATE PLAIN"])
            #expect(try rig.server("AUTHENTICATE +") == ["AUTHENTICATE AGFubgBzZWNyZXQ="])
            #expect(try rig.server("903 me :ok") == ["CAP END"])
            #expect(rig.client.capabilities == ["server-time", "sasl"])
        }
    }

    @Test(arguments: ["CAP * LS :server-time", "CAP * LS :sasl=EXTERNAL"])
    func withoutALoginThatIsNeededThereIsNoConnection(line: String) throws {
        try withClient({
            $0.sasl = .plain(user: "ann", password: "secret")
            $0.needsSASL = true
        }) { rig throws in
            _ = try rig.sent()
            try rig.server(line)
            #expect(rig.diary.take().first?.contains("no login") == true)
        }
    }

    @Test func aTakenNicknameIsReplacedUntilOneIsFree() throws {
        try withClient({ $0.alternatives = ["other"] }) { rig throws in
            _ = try rig.sent()
            #expect(try rig.server(":irc 433 * me :in use") == ["NICK other"])
            #expect(try rig.server(":irc 432 * other :bad") == ["NICK me_"])
            #expect(try rig.server(":irc 433 * me_ :in use") == ["NICK me__"])
            #expect(try rig.server(":irc 437 * me__ :in use") == ["NICK me3"])
            try rig.server(":irc 001 me3 :Welcome")
            #expect(rig.client.nickname == "me3")
        }
    }

    @Test func aServerThatRefusesEveryNicknameIsLeft() throws {
        try withClient { rig throws in
            _ = try rig.sent()
            for _ in 0..<150 where rig.endpoint.transports.count == 1 {
                try rig.server(":irc 433 * x :in use")
                if rig.transport?.endReason != nil { break }
            }
            #expect(rig.transport?.endReason != nil)
        }
    }

    @Test func theNicknameIsTakenBackWhenItsOwnerGoes() throws {
        try withClient({ $0.channels = [("#c", nil)] }) { rig throws in
            _ = try rig.sent()
            try rig.server(":irc 433 * me :in use", ":irc 001 me_ :Welcome")
            try rig.server(":me_!u@h JOIN #c", ":irc 353 me_ = #c :me_ me")
            try rig.harness.turn(for: .seconds(30))
            _ = try rig.sent()
            #expect(try rig.server(":me!x@h QUIT :bye") == ["NICK me"])
            try rig.server(":me_!u@h NICK me")
            #expect(rig.client.nickname == "me")
            #expect(rig.client.channel("#c")?.members.map(\.nickname) == ["me"])
        }
    }

    @Test func pingIsAnswered() throws {
        try withClient { rig throws in
            _ = try rig.sent()
            #expect(try rig.server("PING :early bird") == ["PONG :early bird"])
            try rig.welcome()
            #expect(try rig.server("PING irc") == ["PONG irc"])
            #expect(try rig.server("PING") == ["PONG"])
        }
    }

    // MARK: Losses

    @Test func aLostConnectionComesBackWithItsChannels() throws {
        try withClient({ $0.channels = [("#a", nil), ("#k", "key")] }) { rig throws in
            _ = try rig.sent()
            let joins = try rig.server("CAP * LS :", ":irc 001 me :Welcome")
            #expect(joins == ["CAP END", "JOIN #a", "JOIN #k key"])
            try rig.client.join("#later")
            try rig.server(":me!u@h JOIN #a", ":me!u@h JOIN #later")
            try rig.client.part("#a")
            try rig.server(":ann!u@h KICK #k me :out")
            _ = rig.diary.take()
            rig.transport?.end(from: .closedByPeer)
            try rig.harness.turn { rig.endpoint.transports.count == 2 }
            #expect(rig.diary.take() == ["disconnected: closed by the peer"])
            #expect(rig.client.channels.isEmpty && !rig.client.isRegistered)
            #expect(try rig.sent().contains("NICK me"))
            #expect(try rig.server(":irc 001 me :Welcome") == ["JOIN #later"])
        }
    }

    @Test func whatCannotBeReachedIsTriedAgainMoreAndMoreSeldom() throws {
        try withClient { rig throws in
            rig.endpoint.isReachable = false
            try rig.harness.turn(for: .seconds(600))
            #expect((5...14).contains(rig.endpoint.attempts))
            rig.endpoint.isReachable = true
            try rig.harness.turn(within: .seconds(400)) { !rig.endpoint.transports.isEmpty }
        }
    }

    @Test func aSilentServerIsAskedAndLeft() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.harness.turn(for: .seconds(91))
            #expect(try rig.sent() == ["PING fairlead"])
            try rig.server(":irc PONG irc fairlead")
            try rig.harness.turn(for: .seconds(91))
            #expect(try rig.sent() == ["PING fairlead"])
            let first = rig.transport
            try rig.harness.turn(for: .seconds(61))
            #expect(first?.endReason == .timedOut("no answer to PING for 60.0 seconds"))
        }
    }

    @Test func aServerThatNeverWelcomesIsLeft() throws {
        try withClient { rig throws in
            _ = try rig.sent()
            let first = rig.transport
            for _ in 0..<7 {
                try rig.harness.turn(for: .seconds(10))
                if first?.endReason == nil { try rig.server("PING x") }
            }
            #expect(first?.endReason == .timedOut("registration within 60.0 seconds"))
        }
    }

    @Test func whoDisconnectsDoesNotComeBack() throws {
        try withClient { rig throws in
            try rig.welcome()
            rig.client.disconnect("so long")
            try rig.harness.turn(for: .seconds(600))
            #expect(try rig.sent() == ["QUIT :so long"])
            #expect(rig.endpoint.attempts == 1)
            #expect(try !rig.client.say("a ghost", to: "#c"))
        }
    }

    /// HOSTILE I1, the other way round.
    @Test func i1AServerWithoutALineEndIsLeft() throws {
        try withClient { rig throws in
            try rig.welcome()
            rig.transport?.feed([UInt8](repeating: 0x41, count: 10_000))
            let isOver = rig.transport?.endReason != nil
            #expect(isOver)
        }
    }

    /// HOSTILE I3: every numeric with 0, 1, 2 arguments and more, and what is no UTF-8.
    @Test func i3NoNumericTraps() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.enter("#c")
            try rig.client.whois("ann") { _ in }
            for code in 0..<1000 where code != 1 {
                let digits = String(String(code + 1000).dropFirst())
                for tail in ["", " me", " me #c", " me ann", " me = #c :", " me #c +o", " :\u{1}"] {
                    rig.transport?.feed(":irc \(digits)\(tail)\r\n")
                }
                rig.transport?.feed(Array("\(digits) me ".utf8) + [0xFF, 0xC0, 0x0A])
            }
            for command in [
                "JOIN", "PART", "KICK", "QUIT", "NICK", "MODE", "TOPIC", "INVITE", "AWAY",
                "PRIVMSG",
                "NOTICE", "CAP", "AUTHENTICATE", "PONG", "ERROR", "ACCOUNT",
            ] {
                for tail in ["", " :", " me", " #c", " #c me", " #c +o", " #c +l", " :\u{1}\u{1}"] {
                    rig.transport?.feed(command + tail + "\r\n:x!y@z \(command)\(tail)\r\n")
                }
            }
            #expect(rig.endpoint.attempts == 1)
            #expect(try rig.server("PING alive").contains("PONG alive"))
        }
    }
}
