// Channels as people at several terminals see them: who joins and leaves, topics, kicks,
// invitations, lists. Each expectation is the whole of what a terminal has received, so that a
// line too many fails as well as one too few.
import FairleadIRC
import FairleadWire
import Testing

@Suite struct ChannelTests {
    @Test func theFirstWhoJoinsIsItsOperator() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            #expect(
                try ann.ask("JOIN #Chart") == [
                    ":ann!~ann@localhost JOIN #Chart", ":irc.test MODE #Chart +nt",
                    ":irc.test 353 ann = #Chart :@ann",
                    ":irc.test 366 ann #Chart :End of /NAMES list",
                ])
            let bob = try rig.login("bob")
            let lines = try bob.ask("JOIN #CHART")
            #expect(lines[0] == ":bob!~bob@localhost JOIN #Chart")
            #expect(
                Set(lines[1].split(separator: ":")[1].split(separator: " ")) == ["@ann", "bob"])
            #expect(try ann.lines() == [":bob!~bob@localhost JOIN #Chart"])
            #expect(try ann.ask("JOIN #chart") == [], "joining twice is nothing")
            #expect(rig.server.channelCount == 1)
        }
    }

    @Test(arguments: [
        ("JOIN", "461"), ("JOIN chart", "476"), ("JOIN #", "476"), ("JOIN #a:b", "476"),
        ("JOIN #a\u{7}b", "476"), ("PART", "461"), ("PART #none", "403"), ("PART #other", "442"),
        ("TOPIC #none", "403"), ("TOPIC #other", "442"), ("KICK #none x", "403"),
        ("KICK #other ann", "442"), ("INVITE ann", "461"), ("INVITE nobody #c", "401"),
        ("INVITE ann #none", "403"), ("INVITE bob #c", "442"), ("NAMES #none", "366"),
        ("MODE #none", "403"), ("MODE #c +o bob", "482"), ("MODE #c +x", "482"), ("MODE", "461"),
        ("KICK #c ann", "442"), ("TOPIC #c :x", "442"), ("JOIN 0", ""), ("NAMES", "366"),
    ])
    func whatDoesNotWork(line: String, code: String) throws {
        try withServer { rig throws in
            _ = try rig.channel("#c", "ann")
            _ = try rig.channel("#other", "eve")
            let bob = try rig.login("bob")
            #expect(try bob.codes(line) == (code.isEmpty ? [] : [code]))
        }
    }

    @Test func partingIsSeenAndAnEmptyChannelIsGone() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            #expect(
                try people[1].ask("PART #c :so long") == [":bob!~bob@localhost PART #c :so long"])
            #expect(try people[0].lines() == [":bob!~bob@localhost PART #c :so long"])
            #expect(try people[0].ask("PART #c") == [":ann!~ann@localhost PART :#c"])
            #expect(rig.server.channelCount == 0)
            _ = try people[0].ask("JOIN #a,#b,#c")
            #expect(rig.server.channelCount == 3)
            #expect(try people[0].codes("JOIN 0") == ["PART", "PART", "PART"])
        }
    }

    @Test func quittingIsSeenOnce() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            for terminal in people { _ = try terminal.ask("JOIN #d") }
            _ = try people[0].lines()
            people[1].send("QUIT :done")
            #expect(try people[0].lines() == [":bob!~bob@localhost QUIT :Quit: done"])
            let carl = try rig.login("carl")
            _ = try carl.ask("JOIN #c")
            _ = try people[0].lines()
            carl.transport.end(from: .hangUp)
            _ = try carl.lines()
            #expect(try people[0].lines() == [":carl!~carl@localhost QUIT :hang-up"])
        }
    }

    @Test func topicsAreKept() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            #expect(try people[1].codes("TOPIC #c") == ["331"])
            #expect(try people[1].codes("TOPIC #c :mine") == ["482"])
            #expect(try people[0].ask("TOPIC #c :a b") == [":ann!~ann@localhost TOPIC #c :a b"])
            #expect(
                try people[1].ask("TOPIC #c") == [
                    ":ann!~ann@localhost TOPIC #c :a b", ":irc.test 332 bob #c :a b",
                    ":irc.test 333 bob #c ann!~ann@localhost 1795590495",
                ])
            let carl = try rig.login("carl")
            #expect(try carl.codes("JOIN #c") == ["JOIN", "332", "333", "353", "366"])
            _ = try people[0].ask("MODE #c -t")
            #expect(try carl.codes("TOPIC #c :") == ["MODE", "TOPIC"])
            #expect(try carl.codes("TOPIC #c") == ["331"])
            let long = String(repeating: "\u{E9}", count: 200)
            let line = try #require(try carl.ask("TOPIC #c :\(long)").first)
            #expect(line.hasSuffix(String(repeating: "\u{E9}", count: 195)))
        }
    }

    @Test func operatorsKick() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            #expect(try people[1].codes("KICK #c ann") == ["482"])
            #expect(try people[0].codes("KICK #c nobody,bob,carl :out") == ["441", "KICK", "KICK"])
            #expect(
                try people[1].lines() == [":ann!~ann@localhost KICK #c bob :out"])
            #expect(try people[1].codes("PRIVMSG #c :x") == ["404"])
            #expect(try people[0].ask("NAMES #c")[0] == ":irc.test 353 ann = #c :@ann")
        }
    }

    @Test func anInvitationOpensTheDoorOnce() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            let bob = try rig.login("bob")
            _ = try ann.ask("MODE #c +ik key")
            #expect(try bob.codes("JOIN #c key") == ["473"])
            #expect(try ann.ask("INVITE bob #c") == [":irc.test 341 ann bob #c"])
            #expect(try bob.ask("JOIN #c")[0] == ":ann!~ann@localhost INVITE bob #c")
            #expect(try ann.codes("INVITE bob #c") == ["JOIN", "443"])
            _ = try bob.ask("PART #c")
            #expect(try bob.codes("JOIN #c") == ["473"])
        }
    }

    @Test func listingShowsWhatIsNotSecret() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            _ = try ann.ask("JOIN #hidden", "MODE #hidden +s", "TOPIC #c :x y")
            let bob = try rig.login("bob")
            #expect(
                try bob.ask("LIST") == [
                    ":irc.test 321 bob Channel :Users  Name", ":irc.test 322 bob #c 1 :x y",
                    ":irc.test 323 bob :End of /LIST",
                ])
            #expect(try bob.codes("LIST #x*") == ["321", "323"])
            #expect(try ann.codes("LIST") == ["321", "322", "322", "323"])
            #expect(try bob.codes("NAMES #hidden") == ["366"])
            #expect(try bob.codes("PART #hidden") == ["403"])
            #expect(try bob.codes("WHO #hidden") == ["315"])
        }
    }

    @Test func thereIsALimitOfChannels() throws {
        try withServer({ $0.limits.channels = 2 }) { rig throws in
            let ann = try rig.login("ann")
            #expect(try ann.codes("JOIN #a,#b,#c").last == "405")
        }
    }

    @Test func aLongListOfNamesTakesSeveralLines() throws {
        try withServer { rig throws in
            let names = (0..<60).map { "person-with-a-name-\($0)" }
            let last = try rig.login("last")
            for name in names { _ = try rig.login(name).ask("JOIN #c") }
            let lines = try last.ask("JOIN #c").filter { Terminal.code($0) == "353" }
            #expect(lines.count > 2 && lines.allSatisfy { $0.utf8.count <= 510 })
            let told = lines.flatMap { $0.split(separator: ":")[1].split(separator: " ") }
            #expect(
                Set(told.map { $0.drop { $0 == "@" } }) == Set(names.map { $0[...] } + ["last"]))
        }
    }
}
