// Server and client of ours over real sockets of this machine: what memory cannot show. Requests,
// big bodies both ways, a WebSocket, an event stream, tasks. Each test ends when everything has
// been given back.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct LoopbackTests {
    /// Runs a test with a server and a client on one reactor.
    private func withBoth(
        _ handler: @escaping HTTPHandler,
        _ body: (ReactorHarness, HTTPServer, HTTPClient, String) throws -> Void
    ) throws {
        try withReactor { harness in
            let reactor = harness.reactor
            let server = HTTPServer(on: reactor, handler)
            let port = try server.listen("tcp:0:interface=127.0.0.1")
            let number = try #require(port.localAddress.socketAddress?.port)
            let client = HTTPClient(on: reactor)
            try body(harness, server, client, "127.0.0.1:\(number)")
            client.close()
            var isDown = false
            server.shutDown(within: .seconds(5)) { isDown = true }
            try harness.turn("shut-down") { isDown }
            try harness.turn("everything closed") { reactor.census.isEmpty }
        }
    }

    @Test func requestsAreAnsweredOverOneConnection() throws {
        try withBoth({ $0.respond(text: "hello \($0.head.rawPath)") }) {
            harness, server, client, host in
            var answers: [String] = []
            for number in 0..<50 {
                client.fetch(ClientRequest(try url("http://\(host)/\(number)"))) { result in
                    answers.append((try? result.get().text) ?? "\(result)")
                }
                try harness.turn { answers.count == number + 1 }
            }
            #expect(answers == (0..<50).map { "hello /\($0)" })
            #expect(server.connectionCount == 1 && client.idleCount == 1)
        }
    }

    @Test func bigBodiesGoBothWays() throws {
        let size = 20_000_000
        let handler: HTTPHandler = { exchange in
            exchange.collectBody(upTo: size) {
                exchange.respond(HTTPResponse(status: .ok), body: $0)
            }
        }
        try withBoth(handler) { harness, _, client, host in
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
            var response: FetchedResponse?
            var request = ClientRequest(
                try url("http://\(host)/"), method: .post, body: .bytes(bytes))
            request.expectsContinue = true
            client.fetch(request, upTo: size) { response = try? $0.get() }
            try harness.turn { response != nil }
            let isSame = response?.body == bytes
            #expect(isSame)
        }
    }

    @Test func aWebSocketSpeaksBothWays() throws {
        let server = EchoSocket()
        let client = EchoSocket()
        try withBoth({ $0.acceptWebSocket(server, protocols: ["echo"]) }) {
            harness, _, http, host in
            var isOpen = false
            http.openWebSocket(try url("ws://\(host)/"), client, protocols: ["x", "echo"]) {
                error in
                #expect(error == nil)
                isOpen = true
            }
            try harness.turn { isOpen }
            #expect(server.socket?.subprotocol == "echo" && client.socket?.subprotocol == "echo")
            server.socket?.close(.goingAway, reason: "bye")
            try harness.turn { client.notes.count == 2 && server.notes.count == 2 }
            #expect(client.notes.last == "closed 1001 bye")
            #expect(server.notes.last == "closed 1001 ")
        }
    }

    @Test func aRefusedWebSocketIsAnError() throws {
        try withBoth({ $0.refuse(403) }) { harness, _, http, host in
            var failure: HTTPClientError?
            http.openWebSocket(try url("ws://\(host)/"), EchoSocket()) { failure = $0 }
            try harness.turn { failure != nil }
            guard case .fault? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test func anEventStreamIsHeard() throws {
        var broadcast: EventBroadcast?
        try withBoth({ broadcast?.handle($0) }) { harness, _, http, host in
            let events = EventBroadcast(on: harness.reactor)
            broadcast = events
            var heard: [String] = []
            let source = EventSource(http, try url("http://\(host)/"))
            source.onEvent = { heard.append($0.data) }
            try harness.turn { events.listenerCount == 1 }
            for number in 0..<100 { events.publish(ServerSentEvent("\(number)")) }
            try harness.turn { heard.count == 100 }
            #expect(heard == (0..<100).map { "\($0)" })
            source.close()
            try harness.turn { events.listenerCount == 0 }
        }
    }

    @Test func tasksAnswer() throws {
        let handler = asyncHandler { request in
            switch request.head.rawPath {
            case "/echo":
                return AsyncResponse(
                    HTTPResponse(status: .ok), body: try await request.body.collect())
            case "/stream":
                return AsyncResponse(HTTPResponse(status: .ok)) { writer in
                    for number in 0..<100 {
                        try await writer.write(Array("\(number) ".utf8))
                        await Task.yield()
                    }
                }
            case "/slow": try await Task.sleep(for: .milliseconds(5))
            case "/refused": throw HTTPRefusal(418, "no tea")
            default: throw CalledOff()
            }
            return AsyncResponse(text: "slow")
        }
        try withBoth(handler) { harness, _, client, host in
            let wanted = [
                "/echo": (200, "hello"), "/slow": (200, "slow"),
                "/stream": (200, (0..<100).map { "\($0) " }.joined()),
                "/refused": (418, nil as String?), "/broken": (500, nil),
            ]
            var found: [String: FetchedResponse] = [:]
            for path in wanted.keys {
                let request = ClientRequest(
                    try url("http://\(host)\(path)"), method: .post,
                    body: .bytes(Array("hello".utf8)))
                client.fetch(request) { found[path] = try? $0.get() }
            }
            try harness.turn { found.count == wanted.count }
            for (path, (status, text)) in wanted {
                #expect(found[path]?.status == status, "\(path)")
                if let text { #expect(found[path]?.text == text) }
            }
        }
    }

    @Test func aTaskIsCancelledWhenItsClientGoes() throws {
        let notes = Mutex<[String]>([])
        let handler = asyncHandler { request in
            notes.withLock { $0.append("begun") }
            if request.method == .post {
                do { _ = try await request.body.collect() } catch {
                    notes.withLock { $0.append("\(type(of: error))") }
                    throw error
                }
            }
            do { try await Task.sleep(for: .seconds(600)) } catch {
                notes.withLock { $0.append("\(type(of: error))") }
                throw error
            }
            return AsyncResponse(text: "never")
        }
        try withBoth(handler) { harness, _, client, host in
            let address = try url("http://\(host)/")
            var results = 0
            let get = client.fetch(ClientRequest(address)) { _ in results += 1 }
            try harness.turn { notes.withLock { $0.count } == 1 }
            get.cancel()
            try harness.turn { notes.withLock { $0.count } == 2 }
            let body = ClientRequest.Body.stream(length: 10) { $0.write([65]) }
            let request = ClientRequest(address, method: .post, body: body)
            let post = client.fetch(request) { _ in results += 1 }
            try harness.turn { notes.withLock { $0.count } == 3 }
            post.cancel()
            try harness.turn { notes.withLock { $0.count } == 4 }
            #expect(
                notes.withLock { $0 }
                    == ["begun", "CancellationError", "begun", "RequestAbandoned"])
            #expect(results == 2)
        }
    }

    @Test func tasksAsk() throws {
        try withBoth({ exchange in
            if exchange.head.rawPath == "/never" { return }
            exchange.respond(text: exchange.head.rawPath)
        }) { harness, _, client, host in
            let handle = client.makeHandle()
            let texts = Mutex<[String]>([])
            let base = try url("http://\(host)/")
            // On the reactor's own thread: the pool's may all be held by other tests.
            let mailbox = harness.reactor.mailbox
            let task = Task(executorPreference: mailbox) {
                for number in 0..<20 {
                    guard let address = base.resolving("/\(number)") else { return }
                    let text = try await handle.fetch(address).text
                    texts.withLock { $0.append(text) }
                }
            }
            try harness.turn { texts.withLock { $0.count } == 20 }
            #expect(texts.withLock { $0 } == (0..<20).map { "/\($0)" })
            let endings = Mutex<[String]>([])
            let never = Task(executorPreference: mailbox) {
                guard let address = base.resolving("/never") else { return }
                do { _ = try await handle.fetch(address) } catch {
                    endings.withLock { $0.append("\(type(of: error))") }
                }
            }
            harness.reactor.after(.milliseconds(20)) { never.cancel() }
            try harness.turn { endings.withLock { $0.count } == 1 }
            #expect(endings.withLock { $0 } == ["CancellationError"])
            _ = task
        }
    }

    private struct CalledOff: Error {}
}
