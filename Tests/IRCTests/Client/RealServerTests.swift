// Our client at a server that somebody else has written, two of it in one channel. Runs where the
// environment names one: `IRC_PEER=tcp:127.0.0.1:6667 swift test --filter RealServerTests`. The
// other client is the witness of what the server made of our lines; the server itself is the
// judge of their form. Nothing depends on how fast it answers.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Foundation
import Testing

private let peer = ProcessInfo.processInfo.environment["IRC_PEER"]

/// Two clients at a server.
private final class Meeting {
    let harness: ReactorHarness
    let ann = Diary()
    let bob = Diary()
    let annClient: IRCClient
    let bobClient: IRCClient
    let channel: String

    init(_ harness: ReactorHarness, at endpoint: String) throws {
        self.harness = harness
        // A channel of our own, in which the first is operator.
        channel = "#meeting\(UInt32.random(in: 0...999_999))"
        func client(_ diary: Diary, _ alternatives: [String]) -> IRCClient {
            var options = IRCClientOptions(nickname: "annika")
            options.alternatives = alternatives
            options.pace.burst = .seconds(60)
            options.pace.perLine = .milliseconds(200)
            options.pace.perByte = .zero
            return IRCClient(options, on: harness.reactor, diary)
        }
        annClient = client(ann, ["anneke"])
        bobClient = client(bob, ["bobby"])
        try annClient.connect(to: endpoint)
        try wait("the first is welcome") { annClient.isRegistered }
        try bobClient.connect(to: endpoint)
        try wait("the second is welcome") { bobClient.isRegistered }
        try annClient.join(channel)
        try wait("the first is in") { annClient.channel(channel)?.isComplete == true }
        try bobClient.join(channel)
        try wait("the second is in") { bobClient.channel(channel)?.isComplete == true }
        try wait("both see each other") { annClient.channel(channel)?.members.count == 2 }
    }

    func wait(_ what: String, _ condition: () -> Bool) throws {
        try harness.turn(what, within: .seconds(120), until: condition)
    }

    func end() throws {
        annClient.disconnect("bye")
        bobClient.disconnect("bye")
        try harness.turn(for: .milliseconds(200))
    }
}

@Suite(.serialized, .enabled(if: peer != nil)) struct RealServerTests {
    private func meet(_ body: (Meeting) throws -> Void) throws {
        let endpoint = try #require(peer)
        try withReactor { harness in
            let meeting = try Meeting(harness, at: endpoint)
            do { try body(meeting) } catch {
                try meeting.end()
                throw error
            }
            try meeting.end()
        }
    }

    @Test func aMeetingTakesItsCourse() throws {
        try meet { meeting throws in
            let (ann, bob) = (meeting.annClient, meeting.bobClient)
            #expect(ann.nickname == "annika" && bob.nickname == "bobby")
            #expect(bob.channel(meeting.channel)?.members.count == 2)
            try meeting.wait("the rank") {
                ann.channel(meeting.channel)?.members.first?.ranks.contains("o") == true
            }
            try ann.setTopic("a topic: \u{E9}", of: meeting.channel)
            try meeting.wait("the topic") {
                bob.channel(meeting.channel)?.topic == "a topic: \u{E9}"
            }
            try ann.change([ModeChange(isSet: true, "m")], of: meeting.channel)
            try ann.change([ModeChange(isSet: true, "v", "bobby")], of: meeting.channel)
            try meeting.wait("the voice") {
                let channel = bob.channel(meeting.channel)
                let own = channel?.members.first { $0.nickname == "bobby" }
                return channel?.modes["m"] == "" && own?.ranks == ["v"]
            }
            var whois: WhoisReply??
            try bob.whois("annika") { whois = $0 }
            try meeting.wait("the answer to WHOIS") { whois != nil }
            let reply = try #require(whois ?? nil)
            #expect(reply.realName == "fairlead")
            #expect(reply.channels.contains { $0.contains(meeting.channel) })
            whois = nil
            try bob.whois("nobodyhere") { whois = $0 }
            try meeting.wait("the answer about nobody") { whois != nil }
            #expect(whois == .some(nil))
            try bob.ask(CTCP("PING", "42"), of: "annika")
            try meeting.wait("the ping") { meeting.bob.notes.contains("annika answers PING: 42") }
            try ann.act("waves", in: meeting.channel)
            try meeting.wait("the action") { meeting.bob.notes.contains("* annika waves") }
            try bob.notice("a note", to: "annika")
            try meeting.wait("the note") { meeting.ann.notes.contains("notice of bobby: a note") }
            try bob.setAway("at sea")
            try ann.kick("bobby", from: meeting.channel, "enough said")
            try meeting.wait("the kick") { bob.channels.isEmpty }
            try ann.invite("bobby", to: meeting.channel)
            try meeting.wait("the invitation") {
                meeting.bob.notes.contains("annika invites to \(meeting.channel)")
            }
            try ann.rename(to: "renamed")
            try meeting.wait("the new name") { ann.nickname == "renamed" }
        }
    }

    /// HOSTILE I2: random texts, control characters and all, arrive as the one line that they are.
    @Test func i2WhatIsSaidArrivesAsOneLine() throws {
        try meet { meeting throws in
            var random = SeededGenerator(seed: 2)
            let pieces = [
                "a", " ", ":", "\r", "\n", "\0", "\u{2028}", "\u{E9}", "\u{1F6F0}", "QUIT",
                "\r\nKICK #c x\r\n", "word", "\u{2}", "\u{3}4,5", "%n%s", "\\", "=",
            ]
            for number in 0..<150 {
                let count = number % 10 == 0 ? 150 : 1 + random.below(30)
                let tail = (0..<count).map { _ in pieces[random.below(pieces.count)] }
                let text = "\(number)>" + tail.joined()
                meeting.bob.notes = []
                try meeting.annClient.say(text, to: meeting.channel)
                let sent = IRCText.singleLine(text)
                let prefix = "\(meeting.annClient.nickname) in \(meeting.channel): "
                func heard() -> String {
                    meeting.bob.notes.filter { $0.hasPrefix(prefix) }
                        .map { String($0.dropFirst(prefix.count)) }.joined()
                }
                let letters = { (text: String) in text.utf8.filter { $0 != 0x20 } }
                try meeting.wait("line \(number)") { letters(heard()) == letters(sent) }
            }
            #expect(meeting.annClient.isRegistered && meeting.bobClient.isRegistered)
            #expect(!meeting.bob.notes.contains { $0.contains("quits") || $0.contains("kicks") })
        }
    }
}
