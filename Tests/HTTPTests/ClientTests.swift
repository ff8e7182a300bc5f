// The client, whose connections end in the test's hands: what goes out, what is made of what comes
// back, the pool, time-outs on a clock that jumps, and the second try on a stale connection. The
// origins of all connections are written down.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

@Suite struct ClientTests {
    @Test func aResponseIsFetched() throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://Example.org:8080/a b?c#d")))
            let transport = try rig.last
            let text = transport.takeWrittenText()
            #expect(
                text == "GET /a%20b?c HTTP/1.1\r\nHost: example.org:8080\r\n"
                    + "User-Agent: Fairlead\r\nAccept: */*\r\n\r\n")
            transport.feed(response("hello", "Server: x\r\n"))
            try rig.settle()
            #expect(fetch.response?.text == "hello" && fetch.response?.status == 200)
            #expect(fetch.response?.head.headerFields[.server] == "x")
            #expect(
                rig.client.idleCount == 1 && rig.connections.map(\.origin) == ["example.org:8080"])
        }
    }

    @Test func bodiesGoWithTheirLengthOrInChunks() throws {
        try withClient { rig in
            let address = try url("http://h/")
            let whole = try rig.fetch(
                ClientRequest(address, method: .post, body: .bytes(Array("abc".utf8))))
            #expect(try rig.last.takeWrittenText().hasSuffix("Content-Length: 3\r\n\r\nabc"))
            try rig.last.feed(response(""))
            try rig.settle()
            #expect(whole.response != nil)
            let stream = try rig.fetch(
                ClientRequest(
                    address, method: .put,
                    body: .stream(length: nil) { call in
                        call.write(Array("de".utf8))
                        call.finish(trailers: [.server: "x"])
                    }))
            let text = try rig.last.takeWrittenText()
            #expect(text.hasSuffix("chunked\r\n\r\n2\r\nde\r\n0\r\nServer: x\r\n\r\n"))
            try rig.last.feed(response(""))
            try rig.settle()
            #expect(stream.response != nil && rig.connections.count == 1)
        }
    }

    /// A big body is queued as it is taken, never whole.
    @Test func aBigBodyGoesInPieces() throws {
        try withClient { rig in
            rig.capacity = 100_000
            let body = [UInt8](repeating: 65, count: 3_000_000)
            let request = ClientRequest(try url("http://h/"), method: .post, body: .bytes(body))
            let fetch = try rig.fetch(request)
            let transport = try rig.last
            var sent = 0
            for _ in 0..<500 where sent <= 3_000_000 {
                #expect(transport.queuedBytes < 400_000)
                sent += transport.takeWritten().count
                try rig.harness.turn(for: .microseconds(1))
            }
            #expect(sent > 3_000_000)
            transport.feed(response("ok"))
            try rig.settle()
            #expect(fetch.response?.text == "ok" && rig.client.idleCount == 1)
        }
    }

    @Test func theBodyWaitsForTheServersConsent() throws {
        try withClient { rig in
            var request = ClientRequest(
                try url("http://h/"), method: .post, body: .bytes(Array("abc".utf8)))
            request.expectsContinue = true
            for isGiven in [true, false] {
                let fetch = try rig.fetch(request)
                let transport = try rig.last
                #expect(transport.takeWrittenText().contains("Expect: 100-continue\r\n"))
                if isGiven {
                    transport.feed("HTTP/1.1 100 Continue\r\n\r\n")
                } else {
                    try rig.harness.turn(for: .milliseconds(1100))
                }
                #expect(transport.takeWrittenText() == "abc")
                transport.feed(response("ok"))
                try rig.settle()
                #expect(fetch.response?.text == "ok")
            }
        }
    }

    @Test func aRefusalSparesTheBody() throws {
        try withClient { rig in
            var request = ClientRequest(
                try url("http://h/"), method: .post, body: .bytes(Array("abc".utf8)))
            request.expectsContinue = true
            let fetch = try rig.fetch(request)
            try rig.last.feed(response("no", status: 413))
            try rig.settle()
            #expect(fetch.response?.status == 413)
            #expect(rig.client.idleCount == 0)
            #expect(try !rig.last.takeWrittenText().hasSuffix("abc"))
        }
    }

    @Test func connectionsAreKeptForTheirOrigin() throws {
        try withClient { rig in
            for address in ["http://a/1", "http://a:80/2", "http://b/", "https://a/", "http://a/3"]
            {
                let fetch = try rig.fetch(ClientRequest(url(address)))
                for (_, transport) in rig.connections where !transport.takeWritten().isEmpty {
                    transport.feed(response("x"))
                }
                try rig.settle()
                #expect(fetch.response != nil, "\(address)")
            }
            #expect(rig.connections.map(\.origin) == ["a:80", "b:80", "sa:443"])
            #expect(rig.client.idleCount == 3)
            try rig.harness.turn(for: .seconds(16))
            #expect(rig.client.idleCount == 0)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", "HTTP/1.1 200 OK\r\n\r\na",
    ])
    func aConnectionThatEndsIsNotKept(text: String) throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.feed(text)
            try rig.last.endInput()
            try rig.settle()
            #expect(fetch.response?.text == "a" && rig.client.idleCount == 0)
        }
    }

    /// Bytes that nobody asked for would be taken for the next answer.
    @Test func whatComesUnaskedEndsTheConnection() throws {
        try withClient { rig in
            let first = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.feed(response("a") + response("evil"))
            try rig.settle()
            #expect(first.response?.text == "a" && rig.client.idleCount == 0)
            let second = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.feed(response("b"))
            try rig.settle()
            #expect(second.response?.text == "b" && rig.connections.count == 2)
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, true), (.put, true), (.delete, true), (.post, false),
        (.patch, false),
    ])
    func aStaleConnectionIsTriedAgain(method: HTTPRequest.Method, isTriedAgain: Bool) throws {
        try withClient { rig in
            let address = try url("http://h/")
            _ = try rig.fetch(ClientRequest(address))
            try rig.last.feed(response("a"))
            try rig.settle()
            let stale = try rig.last
            let fetch = try rig.fetch(ClientRequest(address, method: method, body: .bytes([65])))
            stale.end(from: .system(SystemError(104, "read")))
            try rig.settle()
            #expect(rig.connections.count == (isTriedAgain ? 2 : 1))
            if isTriedAgain {
                try rig.last.feed(response("b"))
                try rig.settle()
                #expect(fetch.response?.text == "b")
            } else {
                #expect(fetch.error != nil)
            }
        }
    }

    @Test func aFreshConnectionIsNotTriedAgain() throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.end(from: .closedByPeer)
            try rig.settle()
            #expect(fetch.error == .disconnected(.closedByPeer) && rig.connections.count == 1)
        }
    }

    @Test(arguments: [
        ("nonsense\r\n\r\n", "fault"), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "lost"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", "fault"),
        ("", "lost"),
    ])
    func aBrokenAnswerIsAnError(text: String, kind: String) throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.feed(text)
            try rig.last.endInput()
            try rig.settle()
            switch fetch.error {
            case .fault?: #expect(kind == "fault")
            case .disconnected?: #expect(kind == "lost")
            default: Issue.record("\(String(describing: fetch.result))")
            }
        }
    }

    @Test func eachPhaseHasItsTime() throws {
        var request = ClientRequest(try url("http://h/"))
        request.timeouts.head = .seconds(3)
        request.timeouts.idle = .seconds(5)
        request.timeouts.total = .seconds(20)
        try withClient { rig in
            let silent = try rig.fetch(request)
            try rig.harness.turn(for: .seconds(4))
            #expect(silent.error == .timedOut("head"))
            let stuck = try rig.fetch(request)
            try rig.last.feed("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            try rig.harness.turn(for: .seconds(6))
            #expect(stuck.error == .timedOut("idle"))
            let slow = try rig.fetch(request)
            try rig.last.feed("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            for _ in 0..<7 {
                try rig.last.feed("a")
                try rig.harness.turn(for: .seconds(3))
            }
            #expect(slow.error == .timedOut("total"))
        }
    }

    /// A client that nobody holds finishes what it has begun.
    @Test func aClientMayBeDroppedMeanwhile() throws {
        try withClient { rig in
            let connect = rig.client.connectors["http"]
            let fetch = Fetch()
            do {
                let other = HTTPClient(on: rig.reactor)
                other.connectors["http"] = connect
                other.idleTimeout = .seconds(1)
                other.fetch(ClientRequest(try url("http://h/"))) { fetch.result = $0 }
            }
            try rig.settle()
            try rig.last.feed(response("still there"))
            try rig.harness.turn(for: .seconds(2))
            #expect(fetch.response?.text == "still there")
        }
    }

    @Test func aCallIsCancelled() throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            fetch.call?.cancel()
            try rig.settle()
            #expect(fetch.error == .cancelled)
            #expect(try rig.last.endReason == .closedByUs)
        }
    }

    @Test func aBodyIsBounded() throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")), upTo: 10)
            try rig.last.feed(response(String(repeating: "a", count: 11)))
            try rig.settle()
            #expect(fetch.error == .tooLong)
        }
    }

    @Test func aReaderMayPause() throws {
        try withClient { rig in
            var count = 0
            var isDone = false
            let call = rig.client.send(ClientRequest(try url("http://h/"))) { call in
                call.onData = { [unowned call] bytes in
                    count += bytes.count
                    call.pause()
                }
                call.onEnd = { _ in isDone = true }
            }
            try rig.settle()
            try rig.last.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 { try rig.last.feed("1\r\na\r\n") }
            try rig.last.feed("0\r\n\r\n")
            for expected in 1...3 {
                try rig.settle()
                #expect(count == expected && !isDone)
                call.resume()
            }
            try rig.settle()
            #expect(isDone)
        }
    }

    @Test func whatBreaksARuleIsNotSent() throws {
        try withClient { rig in
            var request = ClientRequest(try url("http://h/"))
            request.fields[.contentLength] = "7"
            let fetch = try rig.fetch(request)
            guard case .fault(let fault)? = fetch.error else {
                Issue.record("\(String(describing: fetch.result))")
                return
            }
            #expect(fault.side == .local)
            #expect(try rig.last.takeWritten().isEmpty)
        }
    }

    @Test func withoutAConnectorThereIsNoTLS() throws {
        try withClient { rig in
            rig.client.connectors["https"] = nil
            let fetch = try rig.fetch(ClientRequest(url("https://h/")))
            #expect(fetch.error == .needsTLS)
        }
    }
}
