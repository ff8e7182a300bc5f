// A server's connection, seen from outside: how long it is kept, what is refused and how (H1, H2,
// H6, B1), responses in pieces, logs, and the end of a server with requests under way. On a
// simulated reactor, the peer is the test.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

@Suite struct ServerTests {
    private static func hello(_ exchange: HTTPExchange) {
        exchange.respond(text: "hello \(exchange.head.rawPath)")
    }

    @Test func aConnectionIsKept() throws {
        try withServer(Self.hello) { rig in
            let transport = try rig.connect()
            for path in ["/a", "/b", "/c"] {
                transport.feed(get(path))
                let answer = try Answer.one(in: transport.takeWrittenText())
                #expect(answer.status == 200 && answer.body == "hello \(path)")
                #expect(answer.fields[.connection] == nil)
            }
            #expect(transport.endReason == nil)
        }
    }

    @Test(arguments: [
        ("HTTP/1.1", "Connection: close\r\n", "close"), ("HTTP/1.0", "", "close"),
        ("HTTP/1.0", "Connection: keep-alive\r\n", "keep-alive"),
    ])
    func aConnectionEndsAsAgreed(version: String, fields: String, said: String) throws {
        try withServer(Self.hello) { rig in
            let transport = try rig.connect()
            transport.feed(get("/", fields, version: version) + get("/no"))
            try rig.settle()
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.first?.fields[.connection] == said)
            #expect((transport.endReason != nil) == (said == "close"))
            #expect(answers.count == (said == "close" ? 1 : 2))
        }
    }

    /// H1, H2, H6: one 400, the end, and no handler; also when what follows is a good request.
    @Test(arguments: [
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 38\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nx-foo: a\rContent-Length: 5\r\n\r\n", "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    ])
    func aBrokenRequestReachesNoHandler(request: String) throws {
        var calls = 0
        try withServer({ exchange in
            calls += 1
            exchange.respond(text: "")
        }) { rig in
            let transport = try rig.connect()
            transport.feed(request + get("/admin") + get("/admin"))
            try rig.settle()
            let answer = try Answer.one(in: transport.takeWrittenText())
            #expect(answer.status == 400 && answer.fields[.connection] == "close")
            #expect(answer.fields[.contentType] == "application/problem+json")
            transport.endInput()
            try rig.settle()
            #expect(transport.endReason != nil)
            #expect(rig.server.faults == [400: 1])
        }
        #expect(calls == 0)
    }

    @Test func whatWasAskedBeforeAFaultIsAnswered() throws {
        var waiting: [HTTPExchange] = []
        try withServer({ waiting.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/a") + get("/b") + "nonsense\r\n\r\n")
            #expect(waiting.count == 2 && transport.written.isEmpty)
            waiting[1].respond(text: "b")
            waiting[0].respond(text: "a")
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map(\.status) == [200, 200, 400])
            #expect(answers.prefix(2).map(\.body) == ["a", "b"])
        }
    }

    @Test func aHeadHasNoBody() throws {
        try withServer(Self.hello) { rig in
            let text = try rig.exchange("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try Answer.one(in: text, to: .head)
            #expect(answer.fields[.contentLength] == "7" && text.hasSuffix("\r\n\r\n"))
        }
    }

    /// B1: a name that is not ours reaches no handler.
    @Test(arguments: [
        ("localhost", 200), ("127.0.0.1:8080", 200), ("[::1]", 200), ("evil.example", 421),
        ("127.0.0.1.evil.example", 421), ("localhost.evil", 421),
    ])
    func onlyOurNamesAreAnswered(host: String, status: Int) throws {
        var calls = 0
        try withServer({ exchange in
            calls += 1
            exchange.respond(text: "")
        }) { rig in
            rig.server.allowedHosts = .loopback
            let text = try rig.exchange("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            #expect(try Answer.one(in: text).status == status)
            let old = try rig.exchange("GET / HTTP/1.0\r\n\r\n")
            #expect(try Answer.one(in: old).status == 421)
        }
        #expect(calls == (status == 200 ? 1 : 0))
    }

    @Test(arguments: [
        ("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", 501),
        ("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n", 417),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 17_000))\r\n\r\n", 431),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ])
    func eachRefusalHasItsStatus(request: String, status: Int) throws {
        try withServer(Self.hello) { rig in
            let found1 = try Answer.one(in: rig.exchange(request)).status
            #expect(found1 == status)
        }
    }

    @Test func aResponseInPiecesGoesInChunks() throws {
        var streams: [HTTPExchange] = []
        try withServer({ streams.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get())
            let stream = try #require(streams.first)
            #expect(stream.begin(HTTPResponse(status: .ok)))
            #expect(transport.takeWrittenText().contains("Transfer-Encoding: chunked\r\n"))
            #expect(stream.write(Array("abc".utf8)))
            #expect(transport.takeWrittenText() == "3\r\nabc\r\n")
            stream.finish(trailers: [.server: "x"])
            #expect(transport.takeWrittenText() == "0\r\nServer: x\r\n\r\n")
            #expect(!stream.write(Array("late".utf8)))
            transport.feed(get())
            #expect(streams.count == 2)
            streams[1].respond(text: "next")
            #expect(transport.takeWrittenText().hasSuffix("next"))
        }
    }

    @Test func aBigBodyGoesWhole() throws {
        let body = String(repeating: "0123456789", count: 30_000)
        try withServer({ $0.respond(text: body) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/a") + get("/b"))
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map { $0.body == body } == [true, true])
        }
    }

    /// What is queued stays bounded, whatever the size of a body and however many were asked for.
    @Test func bigBodiesAreSentAsTheyAreTaken() throws {
        let body = [UInt8](repeating: 65, count: 3_000_000)
        try withServer({ $0.respond(HTTPResponse(status: .ok), body: body) }) { rig in
            let transport = try rig.connect(capacity: 100_000)
            transport.feed((0..<10).map { get("/\($0)") }.joined())
            var received = 0
            for _ in 0..<2000 where received <= 30_000_000 {
                try rig.pass(.microseconds(1))
                #expect(transport.queuedBytes < 1_000_000)
                received += transport.takeWritten().count
            }
            #expect(received > 30_000_000)
            #expect(transport.endReason == nil)
        }
    }

    @Test func aSlowPeerHoldsTheHandlerBack() throws {
        var streams: [HTTPExchange] = []
        try withServer({ streams.append($0) }) { rig in
            let transport = try rig.connect(capacity: 1000)
            transport.feed(get())
            let stream = try #require(streams.first)
            stream.begin(HTTPResponse(status: .ok))
            var isReady = false
            stream.onWritable = { isReady = true }
            var count = 0
            while stream.write([UInt8](repeating: 1, count: 8192)) { count += 1 }
            try rig.settle()
            #expect(count > 2 && count < 20 && !isReady)
            transport.capacity = .max
            try rig.settle()
            #expect(isReady && !stream.isBlocked)
            stream.finish()
        }
    }

    @Test func whoeverIsGoneIsTold() throws {
        var streams: [HTTPExchange] = []
        try withServer({ streams.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/a") + get("/b"))
            var gone = 0
            for stream in streams { stream.onAbandoned = { gone += 1 } }
            transport.end(from: .closedByPeer)
            try rig.settle()
            #expect(gone == 2 && streams.allSatisfy(\.isAbandoned))
            #expect(!streams[0].begin(HTTPResponse(status: .ok)))
            streams[1].respond(text: "nobody hears it")
        }
    }

    @Test func aResponseThatBreaksARuleIsA500() throws {
        try withServer({ exchange in
            exchange.respond(HTTPResponse(status: .ok, headerFields: [.contentLength: "7"]))
        }) { rig in
            rig.reactor.log = { _, _ in }
            let found2 = try Answer.one(in: rig.exchange(get())).status
            #expect(found2 == 500)
        }
    }

    @Test func aResponseThatIsTooShortEndsTheConnection() throws {
        try withServer({ exchange in
            exchange.begin(HTTPResponse(status: .ok), length: 5)
            exchange.write(Array("abc".utf8))
            exchange.finish()
        }) { rig in
            var log: [String] = []
            rig.reactor.log = { log.append($1) }
            let transport = try rig.connect()
            transport.feed(get())
            try rig.settle()
            #expect(transport.endReason == .closedByUs && log.count == 1)
        }
    }

    @Test func theDateIsRenewedEachSecond() throws {
        try withServer(Self.hello) { rig in
            let transport = try rig.connect()
            var dates: [HTTPDate] = []
            for _ in 0..<3 {
                transport.feed(get())
                let answer = try Answer.one(in: transport.takeWrittenText())
                dates.append(try #require(HTTPDate(answer.fields[.date] ?? "")))
                try rig.pass(.seconds(1))
            }
            #expect(dates[2].seconds - dates[0].seconds == 2)
        }
    }

    @Test func eachResponseIsLogged() throws {
        var records: [AccessRecord] = []
        try withServer({ exchange in exchange.refuse(exchange.head.rawPath == "/a" ? 404 : 403) }) {
            rig in
            rig.server.accessLog = { records.append($0) }
            let text = try rig.exchange(get("/a?\u{27}") + get("/b"))
            #expect(records.map(\.status) == [404, 403])
            #expect(records.map(\.target) == ["/a?'", "/b"])
            #expect(records.map(\.bytes).reduce(0, +) == text.utf8.count)
            #expect(records[0].peer == "the test")
        }
    }

    @Test func aShutDownFinishesWhatIsUnderWay() throws {
        var streams: [HTTPExchange] = []
        try withServer({ streams.append($0) }) { rig in
            let idle = try rig.connect()
            let busy = try rig.connect()
            busy.feed(get())
            var isDone = false
            rig.server.shutDown { isDone = true }
            try rig.settle()
            #expect(idle.endReason == .closedByUs && busy.endReason == nil && !isDone)
            let late = MemoryTransportProbe.make(rig.server, rig.reactor)
            #expect(late == nil)
            streams[0].respond(text: "done")
            try rig.settle()
            let answer = try Answer.one(in: busy.takeWrittenText())
            #expect(answer.fields[.connection] == "close" && answer.body == "done")
            #expect(busy.endReason == .closedByUs && isDone)
        }
    }

    @Test func aShutDownDoesNotWaitForEver() throws {
        var streams: [HTTPExchange] = []
        try withServer({ streams.append($0) }) { rig in
            let busy = try rig.connect()
            busy.feed(get())
            var isDone = false
            rig.server.shutDown(within: .seconds(3)) { isDone = true }
            try rig.pass(.seconds(4))
            #expect(isDone && busy.endReason != nil)
        }
    }

    @Test func connectionsAreBounded() throws {
        var limits = HTTPLimits()
        limits.connections = 2
        try withServer(limits, Self.hello) { rig in
            _ = try rig.connect()
            _ = try rig.connect()
            #expect(MemoryTransportProbe.make(rig.server, rig.reactor) == nil)
        }
    }
}
