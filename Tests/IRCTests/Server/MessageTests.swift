import FairleadIRC
import FairleadWire
import Testing

@Suite struct MessageTests {
    @Test func aChannelHearsWhatIsSaid() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            #expect(try people[0].ask("PRIVMSG #C :gr\u{FC}\u{DF}e  an alle ") == [])
            for terminal in people.dropFirst() {
                #expect(
                    try terminal.lines()
                        == [":ann!~ann@localhost PRIVMSG #c :gr\u{FC}\u{DF}e  an alle "])
            }
            _ = try people[0].ask("NOTICE bob,carl :psst")
            #expect(try people[1].lines() == [":ann!~ann@localhost NOTICE bob :psst"])
            #expect(try people[2].lines() == [":ann!~ann@localhost NOTICE carl :psst"])
            #expect(
                try people[0].ask("PRIVMSG ann :me") == [":ann!~ann@localhost PRIVMSG ann :me"])
        }
    }

    @Test(arguments: [
        ("PRIVMSG", "411"), ("PRIVMSG :", "411"), ("PRIVMSG bob", "412"), ("PRIVMSG bob :", "412"),
        ("PRIVMSG nobody :x", "401"), ("PRIVMSG #none :x", "403"), ("PRIVMSG #c :x", "404"),
        ("PRIVMSG a,b,c,d,e :x", "407"), ("NOTICE", ""), ("NOTICE nobody :x", ""),
        ("NOTICE #c :x", ""), ("NOTICE a,b,c,d,e :x", ""), ("TAGMSG nobody", "401"),
        ("PRIVMSG ,, :x", ""),
    ])
    func whatCannotBeSaid(line: String, code: String) throws {
        try withServer { rig throws in
            _ = try rig.channel("#c", "ann")
            let bob = try rig.login("bob")
            #expect(try bob.codes(line) == (code.isEmpty ? [] : [code]))
        }
    }

    @Test func aMarkBeforeAChannelIsForItsRanks() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            _ = try people[0].ask("MODE #c +v bob")
            for terminal in people { _ = try terminal.lines() }
            people[2].send("PRIVMSG @#c :ops", "PRIVMSG +#c :voices")
            #expect(
                try people[0].lines() == [
                    ":carl!~carl@localhost PRIVMSG @#c :ops",
                    ":carl!~carl@localhost PRIVMSG +#c :voices",
                ])
            #expect(try people[1].lines() == [":carl!~carl@localhost PRIVMSG +#c :voices"])
        }
    }

    @Test func aLongTextIsCutForTheReceiver() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            let text = String(repeating: "\u{E9}", count: 245)
            people[0].send("PRIVMSG #c :\(text)")
            let line = try #require(try people[1].lines().first)
            #expect(line.utf8.count <= 510 && line.utf8.count >= 509 && line.hasSuffix("\u{E9}"))
        }
    }

    @Test func awayIsToldToWhoSpeaksAndToWhoAsked() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            let bob = try rig.login("bob", capabilities: "away-notify")
            _ = try bob.ask("JOIN #c")
            _ = try ann.lines()
            #expect(try ann.codes("AWAY :at sea") == ["306"])
            #expect(try bob.lines() == [":ann!~ann@localhost AWAY :at sea"])
            #expect(try bob.ask("PRIVMSG ann :x") == [":irc.test 301 bob ann :at sea"])
            #expect(try bob.ask("NOTICE ann :x") == [])
            #expect(
                try bob.ask("USERHOST ann bob nobody") == [
                    ":irc.test 302 bob :ann=-~ann@localhost bob=+~bob@localhost"
                ])
            #expect(try ann.codes("AWAY").last == "305")
            #expect(try bob.lines() == [":ann!~ann@localhost AWAY"])
            _ = try ann.ask("PART #c", "AWAY :again", "JOIN #c")
            #expect(
                try bob.lines().suffix(2) == [
                    ":ann!~ann@localhost JOIN #c", ":ann!~ann@localhost AWAY :again",
                ])
        }
    }

    // MARK: IRCv3

    @Test func theSenderHearsItselfWhereItWants() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann", capabilities: "echo-message")
            let bob = try rig.login("bob")
            _ = try ann.ask("JOIN #c")
            #expect(try ann.ask("PRIVMSG #c :x") == [":ann!~ann@localhost PRIVMSG #c :x"])
            #expect(try ann.ask("NOTICE bob :x") == [":ann!~ann@localhost NOTICE bob :x"])
            #expect(try ann.ask("PRIVMSG ann :x") == [":ann!~ann@localhost PRIVMSG ann :x"])
            #expect(try bob.lines().count == 1)
        }
    }

    @Test func tagsReachThoseWhoAsked() throws {
        try withServer({ $0.verifyAccount = { _, _ in true } }) { rig throws in
            let ann = Terminal(rig.server)
            ann.send(
                "CAP REQ :sasl message-tags", "AUTHENTICATE PLAIN",
                "AUTHENTICATE AGFubgBzZWNyZXQ=", "NICK ann", "USER ann 0 * :Ann", "CAP END",
                "JOIN #c")
            let tags = try rig.login("tags", capabilities: "message-tags")
            let time = try rig.login("time", capabilities: "server-time account-tag")
            let plain = try rig.login("plain")
            for terminal in [tags, time, plain] { _ = try terminal.ask("JOIN #c") }
            for terminal in [ann, tags, time, plain] { _ = try terminal.lines() }
            ann.send("@+x=1;time=lie;account=lie PRIVMSG #c :hi", "@+typing=active TAGMSG #c")
            #expect(
                try tags.lines() == [
                    "@+x=1 :ann!~ann@localhost PRIVMSG #c :hi",
                    "@+typing=active :ann!~ann@localhost TAGMSG #c",
                ])
            #expect(
                try time.lines() == [
                    "@time=2026-11-25T07:08:15.390Z;account=ann :ann!~ann@localhost PRIVMSG #c :hi"
                ])
            #expect(try plain.lines() == [":ann!~ann@localhost PRIVMSG #c :hi"])
        }
    }

    @Test func allMarksAreShownWhereWanted() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            _ = try people[0].ask("MODE #c +v ann", "CAP REQ multi-prefix")
            #expect(try people[0].ask("NAMES #c")[0].contains("@+ann"))
            #expect(!(try people[1].ask("NAMES #c").joined().contains("@+ann")))
            #expect(try people[0].ask("WHO ann").joined().contains(" H :0"))
            #expect(try people[0].ask("WHO #c").joined().contains(" ann H@+ :0"))
            #expect(try people[0].ask("WHOIS ann").contains(":irc.test 319 ann ann :@+#c"))
        }
    }
}
