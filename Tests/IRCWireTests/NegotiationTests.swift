// A server's side as lines, and what the client's state machine says to each: every way through
// CAP 302 and SASL, servers that know neither, and nonsense. Base64 and the chunks of SASL are
// tested beside, because nothing else uses them.
import Testing

@testable import FairleadIRCWire

@Suite struct NegotiationTests {
    private static let plain = SASLMechanism.plain(user: "ann", password: "secret")

    /// Plays a server; gives everything that the client has sent, line by line.
    private func play(
        _ negotiation: inout CapabilityNegotiation, _ lines: String...
    ) throws -> [String] {
        var sent: [IRCMessage] = []
        if negotiation.state == .idle { sent += negotiation.start() }
        for line in lines {
            try IRCParser().feed(Array((line + "\r\n").utf8).span) { event in
                guard case .message(let message) = event else { return }
                sent += negotiation.receive(message)
            }
        }
        return try sent.map {
            String(decoding: try IRCWriter.encode($0).dropLast(2), as: UTF8.self)
        }
    }

    @Test func whatIsWantedAndOfferedIsAskedFor() throws {
        var cap = CapabilityNegotiation(wanted: ["server-time", "echo-message", "batch"])
        let sent = try play(
            &cap, ":s CAP * LS * :multi-prefix sasl=PLAIN", ":s CAP * LS :server-time echo-message",
            ":s CAP ann ACK :echo-message server-time")
        #expect(sent == ["CAP LS 302", "CAP REQ :echo-message server-time", "CAP END"])
        #expect(cap.enabled == ["echo-message", "server-time"] && cap.state == .finished)
        #expect(cap.offered["sasl"] == "PLAIN")
    }

    @Test func withNothingToAskForItEndsAtOnce() throws {
        var cap = CapabilityNegotiation(wanted: ["batch"])
        #expect(try play(&cap, "CAP * LS :server-time") == ["CAP LS 302", "CAP END"])
    }

    @Test func aRefusedGroupIsAskedForOneByOne() throws {
        var cap = CapabilityNegotiation(wanted: ["a", "b"])
        let sent = try play(
            &cap, "CAP * LS :a b", "CAP * NAK :a b", "CAP * ACK :a", "CAP * NAK :b")
        #expect(sent == ["CAP LS 302", "CAP REQ :a b", "CAP REQ a", "CAP REQ b", "CAP END"])
        #expect(cap.enabled == ["a"])
    }

    @Test func plainIsSent() throws {
        var cap = CapabilityNegotiation(wanted: [], mechanism: Self.plain)
        let sent = try play(
            &cap, "CAP * LS :sasl=EXTERNAL,PLAIN", "CAP * ACK :sasl", "AUTHENTICATE +",
            "900 * * ann :You are", "903 * :done")
        #expect(
            sent == [
                "CAP LS 302", "CAP REQ sasl", "AUTHENTICATE PLAIN",
                "AUTHENTICATE AGFubgBzZWNyZXQ=", "CAP END",
            ])
        #expect(cap.isAuthenticated && cap.failure == nil)
    }

    @Test func externalIsAnEmptyResponse() throws {
        var cap = CapabilityNegotiation(wanted: [], mechanism: .external)
        let sent = try play(
            &cap, "CAP * LS :sasl", "CAP * ACK :sasl", "AUTHENTICATE +", "903 * :done")
        #expect(
            sent == [
                "CAP LS 302", "CAP REQ sasl", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +", "CAP END",
            ])
    }

    @Test(arguments: ["902", "904", "905", "906"])
    func aFailedLoginEndsTheNegotiation(code: String) throws {
        var cap = CapabilityNegotiation(wanted: [], mechanism: Self.plain)
        let sent = try play(
            &cap, "CAP * LS :sasl", "CAP * ACK :sasl", "AUTHENTICATE +", "\(code) * :sorry")
        #expect(sent.last == "CAP END" && !cap.isAuthenticated && cap.failure == "sorry")
    }

    @Test func aChallengeThatNobodyKnowsIsAborted() throws {
        var cap = CapabilityNegotiation(wanted: [], mechanism: Self.plain)
        let sent = try play(&cap, "CAP * LS :sasl", "CAP * ACK :sasl", "AUTHENTICATE abcd")
        #expect(sent.last == "AUTHENTICATE *")
    }

    @Test func aMechanismThatIsNotOfferedIsNotTried() throws {
        var cap = CapabilityNegotiation(wanted: [], mechanism: .external)
        #expect(try play(&cap, "CAP * LS :sasl=PLAIN") == ["CAP LS 302", "CAP END"])
        #expect(cap.failure != nil)
    }

    @Test func aServerWithoutCAPIsNoObstacle() throws {
        for line in ["421 ann CAP :Unknown command", "001 ann :Welcome"] {
            var cap = CapabilityNegotiation(wanted: ["a"], mechanism: Self.plain)
            #expect(try play(&cap, ":s " + line) == ["CAP LS 302"])
            #expect(cap.state == .finished)
        }
    }

    @Test func laterOffersAreFollowed() throws {
        var cap = CapabilityNegotiation(wanted: ["a", "b"])
        let sent = try play(
            &cap, "CAP * LS :a", "CAP * ACK :a", "CAP ann NEW :b c", "CAP ann ACK :b",
            "CAP ann DEL :a")
        #expect(sent == ["CAP LS 302", "CAP REQ a", "CAP END", "CAP REQ b"])
        #expect(cap.enabled == ["b"])
    }

    @Test func nonsenseChangesNothing() throws {
        var cap = CapabilityNegotiation(wanted: ["a"])
        let sent = try play(
            &cap, "CAP", "CAP *", "CAP * XX", "CAP * ACK :never-offered", "AUTHENTICATE +",
            "903", "CAP * NAK :x y")
        #expect(sent == ["CAP LS 302"] && cap.enabled.isEmpty && cap.state == .listing)
    }

    // MARK: SASL and base64

    @Test(arguments: [0, 1, 100, 299, 300, 301, 600, 899])
    func responsesComeInChunksOf400(count: Int) {
        let response = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let chunks = SASLMechanism.chunks(of: response)
        #expect(chunks.dropLast().allSatisfy { $0.utf8.count == 400 })
        #expect((chunks.last?.utf8.count ?? 400) < 400)
        var reader = SASLReader()
        var outcome = SASLReader.Outcome.incomplete
        for chunk in chunks { outcome = reader.take(chunk) }
        #expect(outcome == .response(response))
    }

    @Test func responsesHaveALimit() {
        var reader = SASLReader()
        let chunk = String(repeating: "A", count: 400)
        let outcomes = (0..<6).map { _ in reader.take(chunk) }
        #expect(outcomes.last == .tooLong)
        var other = SASLReader()
        #expect(other.take(chunk + "A") == .tooLong)
        #expect(other.take("A===") == .malformed && other.take("QQ") == .malformed)
    }

    @Test func plainComesApart() throws {
        let plain = try #require(SASLReader.plain(Array("x\0ann\0secret".utf8)))
        #expect(plain == ("x", "ann", "secret"))
        for bad in ["", "ann", "\0ann", "\0\0x", "\0a\0b\0c"] {
            #expect(SASLReader.plain(Array(bad.utf8)) == nil)
        }
        #expect(SASLReader.plain([0, 0xFF, 0, 0x41]) == nil)
    }

    @Test func base64IsThatOfRFC4648() {
        for (text, code) in [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ] {
            #expect(Base64.encode(Array(text.utf8)) == code)
            #expect(Base64.decode(code) == Array(text.utf8))
        }
        for bad in ["Zg=", "Zh==", "Z===", "====", "Zm9v=", "Zm9*", "Zg==Zg==", "=Zg="] {
            #expect(Base64.decode(bad) == nil, "\(bad)")
        }
        let all = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(all)) == all)
    }
}
