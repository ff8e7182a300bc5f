import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

private final class Parrot: ServerBotHandler {
    private(set) var heard: [String] = []
    private(set) var end: String?

    func received(_ message: IRCMessage, for bot: ServerBot) {
        heard.append(message.command.rawValue)
        guard message.command == .privmsg, let sender = message.source else { return }
        bot.say("\(sender.name) said\n\(message.text)", to: message[0] ?? "")
    }

    func ended(_ reason: String, for bot: ServerBot) { end = reason }
}

@Suite struct ServerBotTests {
    @Test func aBotIsAUserLikeAnyOther() throws {
        try withServer { rig throws in
            let parrot = Parrot()
            let bot = try rig.server.addBot("parrot", parrot)
            bot.join("#c")
            let ann = try rig.login("ann")
            #expect(try ann.ask("JOIN #c").joined().contains("@parrot"))
            ann.send("PRIVMSG #c :hello")
            try rig.harness.turn(for: .milliseconds(1))
            #expect(try ann.lines() == [":parrot!bot@irc.test PRIVMSG #c :ann said hello"])
            #expect(parrot.heard == ["JOIN", "MODE", "353", "366", "JOIN", "PRIVMSG"])
            #expect(try ann.codes("WHOIS parrot") == ["311", "319", "312", "317", "318"])
            bot.quit("tired")
            #expect(try ann.lines() == [":parrot!bot@irc.test QUIT :tired"])
            try rig.harness.turn { parrot.end != nil }
            #expect(parrot.end == "tired" && rig.server.userCount == 1)
            bot.say("a ghost", to: "#c")
            #expect(try ann.lines() == [])
        }
    }

    @Test func twoBotsThatAnswerEachOtherDoNotHoldTheLoop() throws {
        try withServer { rig throws in
            let bots = try ["one", "two"].map { try rig.server.addBot($0, Parrot()) }
            for bot in bots { bot.join("#c") }
            let ann = try rig.login("ann")
            _ = try ann.ask("JOIN #c", "PRIVMSG #c :go")
            let lines = try ann.ask("PING x")
            #expect(lines.contains(":irc.test PONG irc.test x"))
        }
    }

    @Test func aBotCanBeKicked() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            let parrot = Parrot()
            try rig.server.addBot("parrot", parrot).join("#c")
            #expect(try ann.codes("KICK #c parrot") == ["JOIN", "KICK"])
            try rig.harness.turn { parrot.heard.last == "KICK" }
            #expect(try ann.ask("NAMES #c")[0].hasSuffix(":@ann"))
        }
    }

    @Test func namesThatCannotBeAreRefused() throws {
        try withServer { rig throws in
            _ = try rig.login("ann")
            #expect(throws: ServerBotRefused.inUse("ANN")) {
                try rig.server.addBot("ANN", Parrot())
            }
            #expect(throws: ServerBotRefused.notANickname("a b")) {
                try rig.server.addBot("a b", Parrot())
            }
        }
    }

    @Test func stoppingTheServerTellsTheBots() throws {
        let parrot = Parrot()
        try withServer { rig throws in
            _ = try rig.server.addBot("parrot", parrot)
            rig.server.stop("enough")
            try rig.harness.turn { parrot.end == "enough" }
        }
        #expect(parrot.end == "enough")
    }
}
