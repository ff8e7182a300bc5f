import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct EventSourceTests {
    private static let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n"

    /// A subscription, and what it has heard.
    private final class Listener {
        let source: EventSource
        var heard: [String] = []
        var states: [EventSource.State] = []

        init(_ rig: ClientRig) throws {
            source = EventSource(
                rig.client, try url("http://h/events"), backOff: BackOff(initial: .seconds(1)))
            source.onEvent = { [unowned self] in heard.append($0.data) }
            source.onState = { [unowned self] in states.append($0) }
            try rig.settle()
        }
    }

    @Test func itComesBackWithTheLastID() throws {
        try withClient { rig in
            let listener = try Listener(rig)
            let first = try rig.last.takeWrittenText()
            #expect(
                first.contains("Accept: text/event-stream\r\n") && !first.contains("Last-Event"))
            try rig.last.feed(Self.head + "id: 7\ndata: one\n\nretry: 3000\ndata: cut o")
            #expect(listener.heard == ["one"] && listener.source.state == .open)
            try rig.last.endInput()
            try rig.settle()
            #expect(listener.source.state == .waiting && rig.connections.count == 1)
            try rig.harness.turn(for: .milliseconds(2900))
            #expect(rig.connections.count == 1)
            try rig.harness.turn(for: .milliseconds(200))
            try rig.settle()
            #expect(try rig.last.takeWrittenText().contains("Last-Event-ID: 7\r\n"))
            try rig.last.feed(Self.head + "data: two\n\n")
            #expect(listener.heard == ["one", "two"])
            #expect(listener.states == [.open, .waiting, .connecting, .open])
            listener.source.close()
        }
    }

    @Test func itTriesLaterEachTimeItFails() throws {
        try withClient { rig in
            rig.isRefusing = true
            let listener = try Listener(rig)
            var attempts = 0
            listener.source.onState = { if $0 == .connecting { attempts += 1 } }
            try rig.harness.turn(for: .seconds(60))
            #expect((3...8).contains(attempts))
            listener.source.close()
        }
    }

    @Test func a204TellsItToStayAway() throws {
        try withClient { rig in
            let listener = try Listener(rig)
            try rig.last.feed("HTTP/1.1 204 No Content\r\n\r\n")
            try rig.harness.turn(for: .seconds(100))
            #expect(listener.source.state == .closed && rig.connections.count == 1)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\ndata: x\n\n",
        "HTTP/1.1 500 X\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n",
    ])
    func whatIsNoEventStreamIsNotHeard(answer: String) throws {
        try withClient { rig in
            let listener = try Listener(rig)
            try rig.last.feed(answer)
            try rig.settle()
            #expect(listener.heard.isEmpty && listener.source.state == .waiting)
            #expect(listener.source.lastError != nil)
            listener.source.close()
        }
    }

    @Test func aSilentStreamIsGivenUp() throws {
        try withClient { rig in
            let listener = try Listener(rig)
            try rig.last.feed(Self.head)
            for _ in 0..<3 {
                try rig.harness.turn(for: .seconds(50))
                try rig.last.feed(":\n\n")
            }
            #expect(listener.source.state == .open)
            try rig.harness.turn(for: .seconds(61))
            #expect(listener.source.lastError == .timedOut("idle"))
            listener.source.close()
        }
    }
}
