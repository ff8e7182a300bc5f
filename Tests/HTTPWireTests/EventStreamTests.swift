import FairleadHTTPWire
import Testing

@Suite struct EventStreamTests {
    private func events(_ pieces: [[UInt8]], maximum: Int = 1024) -> [ServerSentEvent] {
        var parser = EventStreamParser(maximum: maximum)
        var events: [ServerSentEvent] = []
        for piece in pieces { parser.feed(piece.span) { events.append($0) } }
        return events
    }

    @Test(arguments: [
        ("data: a\n\n", [ServerSentEvent("a", id: "")]),
        (
            "data:a\r\rdata: b\r\n\r\n",
            [ServerSentEvent("a", id: ""), ServerSentEvent("b", id: "")]
        ),
        ("data: a\ndata:\ndata:  b\n\n", [ServerSentEvent("a\n\n b", id: "")]),
        (
            "id: 1\nevent: fix\ndata: x\n\ndata: y\n\n",
            [ServerSentEvent("x", name: "fix", id: "1"), ServerSentEvent("y", id: "1")]
        ),
        (": comment\n\nevent: none\n\ndata\n\n", [ServerSentEvent("", id: "")]),
        ("\u{FEFF}data: a\n\ndata: lost", [ServerSentEvent("a", id: "")]),
        (
            "id: 1\ndata: a\n\nid\ndata: b\n\n",
            [ServerSentEvent("a", id: "1"), ServerSentEvent("b", id: "")]
        ),
        ("unknown: x\nid: a\0b\ndata: é\n\n", [ServerSentEvent("é", id: "")]),
    ])
    func streamsAreReadAtEachCut(stream: String, expected: [ServerSentEvent]) {
        for pieces in cuts(Array(stream.utf8)) {
            let found = events(pieces)
            #expect(found == expected)
            if found != expected { return }
        }
    }

    @Test(arguments: [
        (ServerSentEvent("a"), "data: a\n\n"), (ServerSentEvent(""), "data: \n\n"),
        (
            ServerSentEvent("a\nb\r\nc\rd", name: "n", id: "7", retry: 5),
            "event: n\nid: 7\nretry: 5\ndata: a\ndata: b\ndata: c\ndata: d\n\n"
        ),
        (ServerSentEvent("a", name: "x\ny", id: "1\r2"), "data: a\n\n"),
    ])
    func eventsAreWritten(event: ServerSentEvent, text: String) {
        #expect(String(decoding: event.bytes, as: UTF8.self) == text)
    }

    @Test func whatIsWrittenIsReadAgain() {
        var random = SeededRandom(3)
        for _ in 0..<2000 {
            let data = random.some(of: ["a", ":", " ", "\n", "data: ", "é"], upTo: 9).joined()
            let event = ServerSentEvent(data, name: "n", id: "x")
            #expect(events([event.bytes]) == [event])
        }
    }

    @Test func eventsAreBounded() {
        var parser = EventStreamParser(maximum: 64)
        var found: [String] = []
        let long = "data: \(String(repeating: "a", count: 100))\n\n"
        let lines = String(repeating: "data: 0123456789\n", count: 20) + "\n"
        for text in [long, lines, "data: b\n\n"] {
            parser.feed(Array(text.utf8).span) { found.append($0.data) }
        }
        #expect(found == ["b"])
        #expect(parser.droppedCount == 2)
    }

    @Test func theTimeToWaitIsANumber() {
        var parser = EventStreamParser()
        for text in ["retry: 10\n", "retry: +9\n", "retry: x\n", "retry: 99999999999\n"] {
            parser.feed(Array(text.utf8).span) { _ in }
        }
        #expect(parser.retry == 10)
    }
}
