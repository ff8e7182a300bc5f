import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct EventBroadcastTests {
    /// The events in a stream of bytes, behind the head.
    private func events(in text: String) throws -> [String] {
        var response = ResponseParser()
        try response.expect(.get)
        var stream = EventStreamParser()
        var events: [String] = []
        let bytes = Array(text.utf8)
        var place = 0
        while true {
            switch try response.step(bytes.span, &place) {
            case .needsMore, .end: return events
            case .head: break
            case .data(let range):
                stream.feed(bytes.span.extracting(range)) { events.append($0.data) }
            }
        }
    }

    @Test func everybodyHearsWhatIsPublished() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let events = EventBroadcast(on: rig.reactor)
            broadcast = events
            let listeners = try (0..<3).map { _ in try rig.connect() }
            for listener in listeners { listener.feed(get()) }
            let old = try rig.connect()
            old.feed("GET / HTTP/1.0\r\n\r\n")
            #expect(events.listenerCount == 4)
            events.publish(ServerSentEvent("one"))
            events.publish(ServerSentEvent("two\nlines"))
            for listener in listeners {
                #expect(try self.events(in: listener.takeWrittenText()) == ["one", "two\nlines"])
            }
            #expect(try self.events(in: old.takeWrittenText()) == ["one", "two\nlines"])
            listeners[0].end(from: .closedByPeer)
            try rig.settle()
            #expect(events.listenerCount == 3)
            events.close()
            try rig.settle()
            #expect(listeners[1].takeWrittenText() == "0\r\n\r\n" && old.endReason != nil)
        }
    }

    /// A crowd is written to in shares; everybody hears all, in order, and nobody twice.
    @Test func aCrowdHearsAllInOrder() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let events = EventBroadcast(on: rig.reactor)
            broadcast = events
            let listeners = try (0..<600).map { _ in try rig.connect() }
            for listener in listeners { listener.feed(get()) }
            for number in 1...3 { events.publish(ServerSentEvent("\(number)", id: "\(number)")) }
            let late = try rig.connect()
            late.feed(get("/", "Last-Event-ID: 1\r\n"))
            try rig.settle()
            events.publish(ServerSentEvent("4", id: "4"))
            events.close()
            try rig.settle()
            for listener in listeners {
                let heard = try self.events(in: listener.takeWrittenText())
                #expect(heard == ["1", "2", "3", "4"])
            }
            #expect(try self.events(in: late.takeWrittenText()) == ["2", "3", "4"])
        }
    }

    @Test func whoComesBackHearsWhatHeMissed() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let events = EventBroadcast(on: rig.reactor, historyLimit: 3)
            broadcast = events
            for number in 1...5 { events.publish(ServerSentEvent("e\(number)", id: "\(number)")) }
            for (id, heard) in [("4", ["e5"]), ("3", ["e4", "e5"]), ("1", []), ("5", [])] {
                let listener = try rig.connect()
                listener.feed(get("/", "Last-Event-ID: \(id)\r\n"))
                #expect(try self.events(in: listener.takeWrittenText()) == heard, "\(id)")
            }
            events.close()
        }
    }

    @Test func aShutDownEndsTheStream() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let events = EventBroadcast(on: rig.reactor)
            broadcast = events
            let listener = try rig.connect()
            listener.feed(get())
            _ = listener.takeWrittenText()
            var isDown = false
            rig.server.shutDown { isDown = true }
            try rig.settle()
            #expect(isDown && listener.takeWrittenText() == "0\r\n\r\n")
            #expect(events.listenerCount == 0)
        }
    }

    @Test func aQuietStreamShowsThatItLives() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let events = EventBroadcast(on: rig.reactor, heartbeat: .seconds(5))
            broadcast = events
            let listener = try rig.connect()
            listener.feed(get())
            _ = listener.takeWrittenText()
            try rig.pass(.seconds(11))
            #expect(listener.takeWrittenText() == "3\r\n:\n\n\r\n3\r\n:\n\n\r\n")
            events.close()
        }
    }

    /// A listener that does not read gets the newest when it does, and whole.
    @Test func aSlowListenerHearsTheNewest() throws {
        var broadcast: EventBroadcast?
        try withServer({ broadcast?.handle($0) }) { rig in
            let slow = WriteLimits(
                highWater: 500, lowWater: 100, maximum: 1000, policy: .conflate)
            let events = EventBroadcast(on: rig.reactor, slow: slow)
            broadcast = events
            let listener = try rig.connect(capacity: 300)
            listener.feed(get())
            for number in 0..<1000 { events.publish(ServerSentEvent("event \(number)")) }
            #expect(listener.queuedBytes <= 1000)
            listener.capacity = .max
            let heard = try self.events(in: listener.takeWrittenText())
            #expect(heard.last == "event 999" && heard.count < 100)
            #expect(listener.endReason == nil)
            events.close()
        }
    }
}
