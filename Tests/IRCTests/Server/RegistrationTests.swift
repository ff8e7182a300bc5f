// How a connection becomes a user, or does not: every command before and after registration,
// passwords, nicknames, capabilities and logins. Each expectation is the whole of what a terminal
// has received.
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct RegistrationTests {
    @Test func theWelcomeIsWhole() throws {
        try withServer({ $0.motd = ["Hello."] }) { rig throws in
            let ann = Terminal(rig.server)
            let codes = try ann.codes("NICK ann", "USER ann 0 * :Ann Test")
            #expect(
                codes == [
                    "001", "002", "003", "004", "005", "005", "251", "255", "265", "266", "375",
                    "372", "376",
                ])
            #expect(rig.server.userCount == 1)
            let lines = try ann.ask("MOTD", "VERSION")
            #expect(lines[1] == ":irc.test 372 ann :- Hello.")
            #expect(lines[3].hasPrefix(":irc.test 351 ann fairlead-1 irc.test :"))
            let features = lines.filter { Terminal.code($0) == "005" }.joined()
            for token in ["CASEMAPPING=rfc1459", "PREFIX=(ov)@+", "CHANMODES=beI,k,l,imnst"] {
                #expect(features.contains(token))
            }
        }
    }

    @Test func theOrderDoesNotMatter() throws {
        try withServer { rig throws in
            let ann = Terminal(rig.server)
            #expect(try ann.codes("USER ann 0 * :Ann") == [])
            #expect(try ann.codes("NICK ann").first == "001")
        }
    }

    @Test(arguments: [
        ("NICK", "431"), ("NICK :", "431"), ("NICK 1ann", "432"), ("NICK -ann", "432"),
        ("NICK a.b", "432"), ("NICK :a b", "432"), ("NICK #a", "432"), ("NICK a!b", "432"),
        ("NICK \u{E9}va", "432"), ("NICK aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "432"),
        ("NICK TAKEN[", "433"), ("USER ann", "461"), ("USER \u{E9} 0 * :x", "461"),
        ("JOIN #c", "451"), ("WHATEVER", "451"), ("PRIVMSG ann :x", "451"), ("CAP", "461"),
        ("CAP NONSENSE", "410"), ("PING", "409"), ("PING x", "PONG"), ("PONG x", ""),
        ("PASS", "461"), ("AUTHENTICATE PLAIN", "904"),
    ])
    func beforeRegistration(line: String, code: String) throws {
        try withServer { rig throws in
            _ = try rig.login("taken{")
            let ann = Terminal(rig.server)
            #expect(try ann.codes(line) == (code.isEmpty ? [] : [code]))
            #expect(!ann.isOver)
        }
    }

    @Test(arguments: [
        ("PASS x", "462"), ("USER ann 0 * :x", "462"), ("NOSUCH", "421"), ("PING tok", "PONG"),
        ("NICK ann", ""), ("CAP END", ""),
    ])
    func afterRegistration(line: String, code: String) throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            #expect(try ann.codes(line) == (code.isEmpty ? [] : [code]))
        }
    }

    @Test func pingIsAnsweredWithItsToken() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            #expect(try ann.ask("PING :a token") == [":irc.test PONG irc.test :a token"])
        }
    }

    @Test(arguments: [("secret", true), ("Secret", false), ("", false), ("secretsecret", false)])
    func aPasswordIsAskedFor(password: String, isLetIn: Bool) throws {
        try withServer({ $0.password = "secret" }) { rig throws in
            let ann = Terminal(rig.server)
            let codes = try ann.codes(
                "PASS :\(password)", "NICK ann", "USER ann 0 * :Ann")
            #expect(codes.first == (isLetIn ? "001" : "464"))
            #expect(ann.isOver == !isLetIn && rig.server.userCount == (isLetIn ? 1 : 0))
        }
    }

    @Test func bannedUsersAreNotLetIn() throws {
        try withServer({ $0.bannedUsers = [IRCMask("*!*@192.0.2.*")] }) { rig throws in
            let ann = Terminal(rig.server, host: "192.0.2.7")
            #expect(try ann.codes("NICK ann", "USER a 0 * :A") == ["465", "ERROR"])
            let bob = Terminal(rig.server, host: "198.51.100.7")
            #expect(try bob.codes("NICK bob", "USER b 0 * :B").first == "001")
        }
    }

    @Test func theNicknameIsFreeAgainWhenItsOwnerLeaves() throws {
        try withServer { rig throws in
            let ann = try rig.login("ann")
            #expect(try ann.ask("QUIT :bye") == ["ERROR :Closing Link: localhost (Quit: bye)"])
            #expect(ann.isOver)
            _ = try rig.login("ANN")
            #expect(rig.server.userCount == 1)
        }
    }

    @Test func aNicknameIsKeptWhileItsOwnerRegisters() throws {
        try withServer { rig throws in
            let ann = Terminal(rig.server)
            ann.send("NICK ann")
            let other = Terminal(rig.server)
            #expect(try other.codes("NICK ann") == ["433"])
            ann.transport.end(from: .closedByPeer)
            _ = try ann.lines()
            #expect(try other.codes("NICK ann") == [])
        }
    }

    @Test func renamingIsToldToAllWhoKnow() throws {
        try withServer { rig throws in
            let people = try rig.channel("#c", "ann", "bob")
            let stranger = try rig.login("eve")
            #expect(try people[0].ask("NICK anna") == [":ann!~ann@localhost NICK anna"])
            #expect(try people[1].lines() == [":ann!~ann@localhost NICK anna"])
            #expect(try stranger.lines() == [])
            #expect(try people[1].codes("WHOIS ann") == ["401", "318"])
            #expect(try people[0].ask("NICK ANNA") == [":anna!~ann@localhost NICK ANNA"])
            #expect(try people[0].codes("NICK bob") == ["433"])
        }
    }

    // MARK: CAP and SASL

    @Test func capabilitiesAreNegotiated() throws {
        try withServer { rig throws in
            let ann = Terminal(rig.server)
            let offer = try ann.ask("CAP LS 302", "NICK ann", "USER ann 0 * :Ann")
            #expect(
                offer == [
                    ":irc.test CAP * LS :account-tag away-notify cap-notify echo-message "
                        + "message-tags multi-prefix server-time"
                ])
            #expect(
                try ann.ask("CAP REQ :multi-prefix nonsense") == [
                    ":irc.test CAP ann NAK :multi-prefix nonsense"
                ])
            #expect(
                try ann.ask("CAP REQ :multi-prefix server-time") == [
                    "@time=2026-11-25T07:08:15.390Z :irc.test CAP ann ACK "
                        + ":multi-prefix server-time"
                ])
            #expect(rig.server.userCount == 0)
            let welcome = try ann.ask("CAP END")
            #expect(welcome[0].hasPrefix("@time=2026-11-25T07:08:15.390Z :irc.test 001 ann :"))
            #expect(try ann.ask("CAP REQ -server-time")[0] == ":irc.test CAP ann ACK -server-time")
            #expect(
                try ann.ask("CAP LIST")
                    == [":irc.test CAP ann LIST :cap-notify multi-prefix"])
        }
    }

    private static func withAccounts(_ options: inout IRCServerOptions) {
        options.verifyAccount = { $0 == "ann" && $1 == "secret" }
    }

    @Test func anAccountLogsIn() throws {
        try withServer(Self.withAccounts) { rig throws in
            let ann = Terminal(rig.server)
            #expect(try ann.ask("CAP LS 302")[0].contains("sasl=PLAIN"))
            ann.send("CAP REQ sasl", "NICK ann", "USER ann 0 * :Ann")
            _ = try ann.lines()
            #expect(try ann.ask("AUTHENTICATE PLAIN") == ["AUTHENTICATE +"])
            let codes = try ann.codes("AUTHENTICATE AGFubgBzZWNyZXQ=")
            #expect(codes == ["900", "903"])
            #expect(try ann.codes("AUTHENTICATE PLAIN") == ["907"])
            #expect(try ann.codes("CAP END").first == "001")
            let whois = try ann.ask("WHOIS ann")
            #expect(whois.contains(":irc.test 330 ann ann ann :is logged in as"))
        }
    }

    @Test(arguments: [
        (["AUTHENTICATE PLAIN", "AUTHENTICATE AGFubgB3cm9uZw=="], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE ***"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE *"], ["AUTHENTICATE", "906"]),
        (["AUTHENTICATE EXTERNAL"], ["908", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE +"], ["AUTHENTICATE", "904"]),
    ])
    func aLoginFails(lines: [String], codes: [String]) throws {
        try withServer(Self.withAccounts) { rig throws in
            let ann = Terminal(rig.server)
            _ = try ann.ask("CAP REQ sasl")
            var got: [String] = []
            for line in lines { got += try ann.codes(line) }
            #expect(got == codes)
        }
    }

    @Test func whoGuessesPasswordsIsLetGo() throws {
        try withServer(Self.withAccounts) { rig throws in
            let ann = Terminal(rig.server)
            _ = try ann.ask("CAP REQ sasl")
            for _ in 0..<3 {
                #expect(!ann.isOver)
                _ = try ann.ask("AUTHENTICATE PLAIN", "AUTHENTICATE AGFubgB3cm9uZw==")
            }
            #expect(ann.isOver)
        }
    }
}
