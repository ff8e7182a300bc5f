import FairleadIRC
import FairleadWire
import Testing

@Suite struct ModeTests {
    /// What an operator says, and what is announced to the other one.
    @Test(arguments: [
        ("+m", "+m"), ("+nt", nil), ("-nt+mi", "-nt+mi"), ("+k key", "+k key"), ("-k", nil),
        ("+l 5", "+l 5"), ("-l", nil), ("+v bob", "+v bob"), ("+o BOB", "+o bob"), ("+o ann", nil),
        ("-v bob", nil), ("+b bob", "+b bob!*@*"), ("+b *@h", "+b *!*@h"), ("-b bob", nil),
        ("+I eve!*@*", "+I eve!*@*"), ("+e *!*@good", "+e *!*@good"),
        ("+mvl bob 7", "+mvl bob 7"), ("m", "+m"), ("+-+", nil), ("+l 0", nil), ("+l +5", nil),
        ("+l 99999999999999999999", nil), ("+k a,b", nil), ("+ov bob bob", "+ov bob bob"),
    ])
    func changesAreAnnouncedAsTheyAre(change: String, announced: String?) throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            people[0].send("MODE #c \(change)")
            let lines = try people[1].lines()
            #expect(lines == (announced.map { [":ann!~ann@localhost MODE #c \($0)"] } ?? []))
        }
    }

    @Test(arguments: [
        ("MODE #c +x", "472"), ("MODE #c +o", "461"), ("MODE #c +o nobody", "401"),
        ("MODE #c +o eve", "441"), ("MODE #c +k", "461"), ("MODE #c +k :", "525"),
        ("MODE #c +l x", "696"), ("MODE #c +b", "368"), ("MODE #c e", "349"), ("MODE #c I", "347"),
        ("MODE bob +i", "502"), ("MODE nobody +i", "401"), ("MODE ann +x", "501"),
        ("MODE ann", "221"), ("MODE ann +o", ""), ("MODE #c +:", "472"),
    ])
    func repliesToTheOperator(line: String, code: String) throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            _ = try rig.login("eve")
            #expect(try people[0].codes(line) == (code.isEmpty ? [] : [code]))
        }
    }

    @Test func theKeyIsForMembersOnly() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            let bob = try rig.login("bob")
            _ = try ann.ask("MODE #c +kl key 10")
            #expect(try ann.ask("MODE #c")[0] == ":irc.test 324 ann #c +ntkl key 10")
            #expect(try bob.ask("MODE #c")[0] == ":irc.test 324 bob #c +ntkl * 10")
            #expect(try bob.codes("JOIN #c wrong") == ["475"])
            #expect(try bob.codes("JOIN #x,#c ,key").contains("353"))
            #expect(try ann.ask("MODE #c -k whatever").last == ":ann!~ann@localhost MODE #c -k *")
        }
    }

    @Test func aFullChannelIsFull() throws {
        try withServer { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            _ = try ann.ask("MODE #c +l 1")
            #expect(try rig.login("bob").codes("JOIN #c") == ["471"])
        }
    }

    @Test func theBannedStayOutAndSilent() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            _ = try people[0].ask("MODE #c +bb BOB!*@* eve", "MODE #c +v carl", "MODE #c +b carl")
            for terminal in people { _ = try terminal.lines() }
            #expect(try people[1].codes("PRIVMSG #c :x") == ["404"])
            #expect(try people[2].codes("PRIVMSG #c :x") == [], "a voice is heard")
            let eve = try rig.login("eve")
            #expect(try eve.codes("JOIN #c") == ["474"])
            _ = try people[0].ask("MODE #c +e eve")
            #expect(try eve.codes("JOIN #c").first == "JOIN")
            let bans = try people[0].ask("MODE #c b").filter { Terminal.code($0) == "367" }
            #expect(
                bans.first
                    == ":irc.test 367 ann #c BOB!*@* ann!~ann@localhost 1795590495")
            #expect(bans.count == 3)
            let seen = try people[1].codes("MODE #c e")
            #expect(seen == ["PRIVMSG", "MODE", "JOIN", "349"])
        }
    }

    @Test func listsHaveALimit() throws {
        try withServer({ $0.limits.masks = 2 }) { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            #expect(try ann.codes("MODE #c +bbb a b c") == ["478", "MODE"])
        }
    }

    @Test func oneLineHasALimitOfArguments() throws {
        try withServer({ $0.limits.modes = 2 }) { rig throws in
            let ann = try rig.channel("#c", "ann")[0]
            #expect(
                try ann.ask("MODE #c +bbb a b c")
                    == [":ann!~ann@localhost MODE #c +bb a!*@* b!*@*"])
        }
    }

    @Test func inAModeratedChannelOnlyAVoiceIsHeard() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            let eve = try rig.login("eve")
            #expect(try eve.codes("PRIVMSG #c :x") == ["404"], "+n")
            _ = try people[0].ask("MODE #c -n+m")
            #expect(try people[1].codes("PRIVMSG #c :x") == ["MODE", "404"])
            #expect(try eve.codes("PRIVMSG #c :x") == ["404"])
            _ = try people[0].ask("MODE #c +v bob")
            #expect(try people[1].codes("PRIVMSG #c :x") == ["MODE"])
            _ = try people[0].ask("MODE #c -m")
            _ = try people[0].lines()
            _ = try eve.ask("PRIVMSG #c :outside")
            #expect(try people[0].lines() == [":eve!~eve@localhost PRIVMSG #c :outside"])
        }
    }

    @Test func theInvisibleAreSeenByThoseWhoKnowThem() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            let eve = try rig.login("eve")
            #expect(try people[0].ask("MODE ann +i") == [":ann!~ann@localhost MODE ann +i"])
            #expect(try people[0].ask("MODE ann") == [":irc.test 221 ann +i"])
            #expect(try people[1].codes("WHO ann") == ["352", "315"])
            #expect(try eve.codes("WHO ann") == ["315"])
            #expect(try eve.ask("NAMES #c")[0] == ":irc.test 353 eve = #c :bob")
            #expect(try eve.codes("WHOIS ann") == ["311", "312", "317", "318"])
            #expect(try people[0].codes("MODE ann +i") == [])
        }
    }
}
