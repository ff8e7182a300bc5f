// Questions to the server: WHO, WHOIS, WHOWAS, ISON, LUSERS, LINKS, STATS and the others, with
// their answers as lines; who is invisible; what ends early because it would be too long. On a
// simulated reactor, over memory.
import FairleadIRC
import FairleadWire
import Testing

@Suite struct QueryTests {
    @Test func whoisTellsAll() throws {
        try withServer({ $0.operators = ["root": "secret"] }) { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            _ = try people[0].ask("OPER root secret", "AWAY :gone")
            #expect(
                try people[1].ask("WHOIS ANN") == [
                    ":irc.test 311 bob ann ~ann localhost * :ann Test",
                    ":irc.test 319 bob ann :@#c", ":irc.test 312 bob ann irc.test :Fairlead",
                    ":irc.test 301 bob ann :gone", ":irc.test 313 bob ann :is an IRC operator",
                    ":irc.test 317 bob ann 0 1795590495 :seconds idle, signon time",
                    ":irc.test 318 bob ann :End of /WHOIS list",
                ])
            #expect(try people[1].codes("WHOIS irc.test ann").count == 7)
            #expect(try people[1].codes("WHOIS") == ["431"])
            #expect(try people[1].codes("WHO ann o") == ["352", "315"])
            #expect(try people[1].codes("WHO bob o") == ["315"])
        }
    }

    @Test func whoFindsByMask() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            for (mask, count) in [
                ("#c", 3), ("#C", 3), ("*", 3), ("0", 3), ("a*", 1), ("*Test", 3), ("local*", 3),
                ("nobody", 0), ("#none", 0), ("*[", 0),
            ] {
                let lines = try people[0].codes("WHO \(mask)")
                #expect(lines == Array(repeating: "352", count: count) + ["315"], "\(mask)")
            }
            #expect(
                try people[0].ask("WHO bob")[0]
                    == ":irc.test 352 ann * ~bob localhost irc.test bob H :0 bob Test")
        }
    }

    @Test func whowasTellsWhoWasHere() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            let bob = try rig.login("bob")
            _ = try bob.ask("NICK bill")
            _ = try bob.ask("NICK BILL")
            _ = try bob.ask("QUIT :gone")
            #expect(
                try ann.ask("WHOWAS Bill") == [
                    ":irc.test 314 ann BILL ~bob localhost * :bob Test",
                    ":irc.test 312 ann BILL irc.test :\(rig.server.options.clock().readable)",
                    ":irc.test 369 ann Bill :End of WHOWAS",
                ])
            #expect(try ann.codes("WHOWAS bob") == ["314", "312", "369"])
            #expect(
                try ann.codes("WHOWAS bob,bill 1") == ["314", "312", "369", "314", "312", "369"])
            #expect(try ann.codes("WHOWAS ann") == ["406", "369"])
            #expect(try ann.codes("WHOWAS a,b,c,d,e") == ["407"])
            #expect(try ann.codes("WHOWAS") == ["431"])
        }
    }

    /// Nobody's nickname is remembered for ever.
    @Test func fewAreRemembered() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            for number in 0..<110 {
                _ = try ann.ask("NICK b\(number)")
                _ = try ann.ask("NICK ann")
            }
            #expect(try ann.codes("WHOWAS b0") == ["406", "369"])
            #expect(try ann.codes("WHOWAS b109") == ["314", "312", "369"])
            #expect(try ann.codes("WHOWAS ann").count == 201)
        }
    }

    @Test func linksAndStats() throws {
        try withServer({ $0.operators = ["root": "secret"] }) { rig throws in
            let ann = try rig.login("ann")
            #expect(
                try ann.ask("LINKS") == [
                    ":irc.test 364 ann irc.test irc.test :0 Fairlead",
                    ":irc.test 365 ann * :End of LINKS list",
                ])
            #expect(try ann.codes("LINKS *.example") == ["365"])
            #expect(try ann.codes("LINKS irc.test irc.*") == ["364", "365"])
            #expect(try ann.codes("STATS") == ["461"])
            #expect(try ann.ask("STATS z") == [":irc.test 219 ann z :End of STATS report"])
            #expect(
                try ann.ask("STATS u").first?.contains(" 242 ann :Server Up 0 days 0:00:") == true)
            #expect(try ann.codes("STATS o") == ["481", "219"])
            _ = try ann.ask("OPER root secret")
            #expect(try ann.ask("STATS o").first == ":irc.test 243 ann O * * root")
        }
    }

    @Test func isonTellsWhoIsOn() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            #expect(try ann.ask("ISON Ann bob :carl dave") == [":irc.test 303 ann :ann"])
            #expect(try ann.ask("ISON bob") == [":irc.test 303 ann :"])
        }
    }

    @Test func theServerTellsAboutItself() throws {
        try withServer({ $0.administrator = "root@irc.test" }) { rig throws in
            let ann = try rig.login("ann")
            let waiting = Terminal(rig.server)
            #expect(
                try ann.ask("LUSERS") == [
                    ":irc.test 251 ann :There are 1 users and 0 invisible on 1 servers",
                    ":irc.test 253 ann 1 :unknown connection(s)",
                    ":irc.test 255 ann :I have 1 clients and 0 servers",
                    ":irc.test 265 ann 1 1 :Current local users 1, max 1",
                    ":irc.test 266 ann 1 1 :Current global users 1, max 1",
                ])
            #expect(try ann.ask("TIME") == [":irc.test 391 ann irc.test :2026-11-25 07:08:15 UTC"])
            let admin = try ann.ask("ADMIN")
            #expect(admin.map(Terminal.code) == ["256", "257", "259"])
            #expect(admin[2].contains("root@irc.test"))
            #expect(try ann.codes("INFO") == ["371", "371", "374"])
            #expect(try ann.codes("MOTD") == ["422"])
            #expect(!waiting.isOver)
        }
    }

    @Test func operatorsMayKill() throws {
        try withServer({ $0.operators = ["root": "secret"] }) { rig throws in
            let people = try rig.channel("#c", "ann", "bob", "carl")
            #expect(try people[0].codes("KILL bob :x") == ["481"])
            #expect(try people[0].codes("OPER root wrong", "OPER nobody x") == ["464", "464"])
            #expect(
                try people[0].ask("OPER root secret")
                    == [
                        ":irc.test 381 ann :You are now an IRC operator",
                        ":irc.test MODE ann +o",
                    ])
            #expect(try people[0].codes("KILL nobody") == ["401"])
            _ = try people[0].ask("KILL bob :enough")
            #expect(
                try people[1].lines() == [
                    ":ann!~ann@localhost KILL bob :enough",
                    "ERROR :Closing Link: localhost (Killed (ann (enough)))",
                ])
            #expect(
                try people[2].lines()
                    == [":bob!~bob@localhost QUIT :Killed (ann (enough))"])
            #expect(try people[0].codes("MODE ann -o").contains("MODE"))
            #expect(try people[0].codes("KILL carl") == ["481"])
        }
    }

    @Test func whoGuessesTheOperatorsPasswordIsLetGo() throws {
        try withServer({ $0.operators = ["root": "secret"] }) { rig throws in
            let ann = try rig.login("ann")
            let codes = try ann.codes(
                "OPER root a", "OPER root b", "OPER root c", "OPER root secret")
            #expect(codes == ["464", "464", "464", "ERROR"] && ann.isOver)
        }
    }
}
