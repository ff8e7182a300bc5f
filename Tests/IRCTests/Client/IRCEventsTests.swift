import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct IRCEventsTests {
    private func happen(_ events: IRCEvents) throws {
        try withClient { rig throws in
            let client = rig.client
            let ann = IRCSource("ann")
            for number in 0..<20 { events.renamed(ann, to: "\(number)", client) }
            events.registered(client)
            events.joined("#c", ann, client)
            events.kicked("bob", from: "#c", by: ann, "out", client)
            events.quit(ann, "gone", client)
            events.disconnected(
                ProtocolError(.remote, "IRC", "x"), retryAfter: .seconds(2), client)
        }
    }

    @Test func aTaskHearsTheNewestEventsInOrder() async throws {
        var events: IRCEvents? = IRCEvents(limit: 6)
        let sequence = try #require(events).sequence
        try happen(try #require(events))
        events = nil
        var heard: [IRCEvent] = []
        for await event in sequence { heard.append(event) }
        let ann = IRCSource("ann")
        #expect(
            heard == [
                .renamed(ann, to: "19"), .registered(nickname: "me"),
                .joined(channel: "#c", ann),
                .kicked("bob", channel: "#c", by: ann, reason: "out"), .quit(ann, reason: "gone"),
                .disconnected("IRC: x", retryAfter: .seconds(2)),
            ])
    }
}
