// What a client knows of its channels after the lines of a server, what it tells its handler, and
// what its verbs send. The test is the server; no text that is said may become a command.
// Every state is compared whole.
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct ClientTrackingTests {
    private func members(_ rig: ClientRig, _ channel: String = "#c") -> [String] {
        (rig.client.channel(channel)?.members ?? []).map { member in
            member.ranks.sorted().map { String($0) }.joined() + ":" + member.nickname
        }
    }

    @Test func membersAreKnown() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.server(":me!u@h JOIN #C", ":irc 353 me = #c :@ann +bob")
            #expect(rig.client.channel("#c")?.isComplete == false)
            try rig.server(":irc 353 me = #c :@+carl me dora!d@h", ":irc 366 me #c :End")
            #expect(rig.client.channel("#c")?.isComplete == true)
            #expect(members(rig) == ["o:ann", "v:bob", "ov:carl", ":dora", ":me"])
            try rig.server(
                ":eve!e@h JOIN :#c", ":bob!b@h PART #c :bye", ":ann!a@h KICK #c carl :out",
                ":dora!d@h NICK doris", ":ann!a@h MODE #c +v-o+b doris ann *!*@x")
            #expect(members(rig) == [":ann", "v:doris", ":eve", ":me"])
            #expect(
                rig.diary.take() == [
                    "me joins #C", "eve joins #c", "bob leaves #c: bye",
                    "ann kicks carl from #c: out", "dora is doris",
                    #"modes of #c: ["+v-o+b", "doris", "ann", "*!*@x"]"#,
                ])
            try rig.server(":eve!e@h QUIT :gone", ":x!y@z QUIT")
            #expect(members(rig) == [":ann", "v:doris", ":me"])
            try rig.server(":me!u@h PART #c")
            #expect(rig.client.channels.isEmpty)
        }
    }

    @Test func modesAndTopicsAreKnown() throws {
        try withClient { rig throws in
            try rig.welcome()
            #expect(try rig.server(":me!u@h JOIN #c") == ["MODE #c"])
            try rig.server(
                ":irc 324 me #c +ntkl key 5", ":irc 332 me #c :a topic",
                ":irc 333 me #c ann!a@h 1795590495")
            let channel = try #require(rig.client.channel("#c"))
            #expect(channel.modes == ["n": "", "t": "", "k": "key", "l": "5"])
            #expect(channel.topic == "a topic" && channel.topicSetBy == "ann!a@h")
            #expect(channel.topicTime == Timestamp(milliseconds: 1_795_590_495_000))
            try rig.server(":ann!a@h MODE #c -lk+m key", ":ann!a@h TOPIC #c :another")
            #expect(rig.client.channel("#c")?.modes == ["n": "", "t": "", "m": ""])
            #expect(rig.client.channel("#c")?.topic == "another")
            #expect(rig.diary.take().last == "topic of #c: another")
        }
    }

    @Test func theServersOwnRanksAndCasesAreUsed() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.server(":irc 005 me PREFIX=(qo)~@ CASEMAPPING=ascii CHANTYPES=+ :are supported")
            try rig.server(":me!u@h JOIN +c", ":irc 353 me = +c :~@ann{ @bob me")
            #expect(members(rig, "+c") == ["oq:ann{", "o:bob", ":me"])
            try rig.server(":ann[!a@h QUIT :another one")
            #expect(members(rig, "+c").count == 3)
        }
    }

    @Test func whatIsSaidComesWithItsPlace() throws {
        try withClient { rig throws in
            try rig.welcome()
            try rig.enter("#c")
            rig.diary.onSaid = { words, client in
                try client.say("I heard: \(words.text)", to: words.replyTarget)
            }
            #expect(
                try rig.server(":ann!a@h PRIVMSG #c :hello") == ["PRIVMSG #c :I heard: hello"])
            #expect(try rig.server(":ann!a@h PRIVMSG me :psst") == ["PRIVMSG ann :I heard: psst"])
            #expect(
                try rig.server(
                    ":ann!a@h NOTICE me :note", ":ann!a@h PRIVMSG #c :\u{1}ACTION waves\u{1}",
                    ":me!u@h PRIVMSG #c :mine", ":ann!a@h INVITE me #d",
                    ":ann!a@h AWAY :lunch", ":ann!a@h AWAY",
                    ":ann!a@h NOTICE me :\u{1}PING 7\u{1}") == [])
            #expect(
                rig.diary.take() == [
                    "ann in #c: hello", "ann in private: psst", "notice of ann: note",
                    "* ann waves", "echo to #c: mine", "ann invites to #d", "ann is away: lunch",
                    "ann is back", "ann answers PING: 7",
                ])
        }
    }

    @Test func whoisIsCollected() throws {
        try withClient { rig throws in
            try rig.welcome()
            var replies: [WhoisReply?] = []
            try rig.client.whois("Ann") { replies.append($0) }
            try rig.client.whois("ann") { replies.append($0) }
            try rig.client.whois("bob") { replies.append($0) }
            #expect(try rig.sent() == ["WHOIS Ann", "WHOIS bob"])
            try rig.server(
                ":irc 311 me ann ~a host * :Ann Test", ":irc 319 me ann :@#c +#d",
                ":irc 312 me ann irc.test :Test", ":irc 301 me ann :gone",
                ":irc 313 me ann :is an operator", ":irc 330 me ann acc :is logged in as",
                ":irc 671 me ann :is secure", ":irc 317 me ann 42 1795590495 :seconds idle",
                ":irc 401 me bob :No such nick", ":irc 318 me bob :End", ":irc 318 me Ann :End")
            #expect(replies.count == 3 && replies[0] == nil && replies[1] == replies[2])
            let ann = try #require(replies[1])
            #expect(ann.nickname == "ann" && ann.userName == "~a" && ann.realName == "Ann Test")
            #expect(ann.channels == ["@#c", "+#d"] && ann.server == "irc.test")
            #expect(ann.account == "acc" && ann.awayMessage == "gone" && ann.idleSeconds == 42)
            #expect(ann.isOperator && ann.isSecure && ann.host == "host")
            try rig.client.whois("carl") { replies.append($0) }
            try rig.harness.turn(for: .seconds(61))
            #expect(replies.count == 4 && replies[3] == nil)
            try rig.client.whois("dora") { replies.append($0) }
            rig.transport?.end(from: .hangUp)
            try rig.harness.turn { replies.count == 5 }
            #expect(replies[4] == nil)
        }
    }

    @Test func everyVerbIsALine() throws {
        try withClient({ $0.pace = .unlimited }) { rig throws in
            try rig.welcome()
            let client = rig.client
            try client.notice("a b", to: "#c")
            try client.act("waves", in: "#c")
            try client.ask(CTCP("VERSION"), of: "ann")
            try client.setTopic("new\ntopic", of: "#c")
            try client.kick("bob", from: "#c", "why not")
            try client.invite("ann", to: "#c")
            try client.change(
                ["a", "b", "c", "d"].map { ModeChange(isSet: true, "v", $0) }, of: "#c")
            try client.rename(to: "you")
            try client.setAway("gone")
            try client.setAway(nil)
            try client.part("#c", "bye")
            #expect(
                try rig.sent() == [
                    "NOTICE #c :a b", "PRIVMSG #c :\u{1}ACTION waves\u{1}",
                    "PRIVMSG ann :\u{1}VERSION\u{1}", "TOPIC #c :new topic",
                    "KICK #c bob :why not", "INVITE ann #c", "MODE #c +vvv a b c", "MODE #c +v d",
                    "NICK you", "AWAY :gone", "AWAY", "PART #c :bye",
                ])
        }
    }

    /// HOSTILE I2: what a page or a receiver says is one line, whatever is in it.
    @Test func i2NoTextBecomesACommand() throws {
        try withClient({ $0.pace = .unlimited }) { rig throws in
            try rig.welcome()
            try rig.client.say("fix\r\nQUIT :pwned\0\u{2028}end", to: "#c")
            #expect(try rig.sent() == ["PRIVMSG #c :fix  QUIT :pwned \u{2028}end"])
            for target in ["#c\r\nQUIT", "#c x", "", "#c\0"] {
                #expect(throws: ProtocolError.self) { try rig.client.say("x", to: target) }
            }
            #expect(throws: ProtocolError.self) { try rig.client.rename(to: "a\nb") }
            #expect(throws: ProtocolError.self) { try rig.client.join("#c\r\nQUIT") }
            #expect(try rig.sent() == [])
        }
    }

    @Test func aLongTextIsSeveralLinesThatFitWhenPassedOn() throws {
        try withClient({ $0.pace = .unlimited }) { rig throws in
            try rig.welcome()
            try rig.server(":me!user@a-host.example JOIN #c")
            let words = (0..<300).map { "w\u{F6}rd\($0)" }
            try rig.client.say(words.joined(separator: " "), to: "#c")
            let lines = try rig.sent().filter { $0.hasPrefix("PRIVMSG") }
            let prefix = ":me!user@a-host.example "
            #expect(lines.count > 4)
            #expect(lines.allSatisfy { prefix.utf8.count + $0.utf8.count + 2 <= 512 })
            let heard = lines.map { $0.dropFirst("PRIVMSG #c :".count) }.joined(separator: " ")
            #expect(heard == words.joined(separator: " "))
        }
    }
}
