// A server that has met ten thousand broken peers serves the next good one as before, and holds
// nothing of theirs. The inputs are mixtures of the pieces that broke others; what each must be
// answered with is in the tables of the parser.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct HostileServerTests {
    private static let pieces = [
        "GET ", "POST ", "/", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "Host: x\r\n", "Host: y\r\n",
        "\r\n",
        "\n", "\r", "\0", " ", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", "Expect: 100-continue\r\n",
        "FFFFFFFFFFFFFFFF\r\n", "5;a=b\r\n", "Connection: close\r\n", "Connection: upgrade\r\n",
        "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n", "..%2f", "%00", "a: b\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Range: bytes=0-,-1\r\n", "\u{ff}",
    ]

    private func handler() -> HTTPHandler {
        let content = StaticContent()
        content.add("index.html", text: "home")
        let router = Router()
        content.mount(on: router, at: "/files")
        router.post("/") { exchange in
            exchange.collectBody { exchange.respond(text: "\($0.count)") }
        }
        router.get("/") { exchange in
            if exchange.head.upgrade != nil { return exchange.acceptWebSocket(EchoSocket()) }
            exchange.respond(text: "hello")
        }
        return router.handle
    }

    @Test(arguments: [Chunking.whole, .pieces(of: 1)])
    func aHealthyClientIsServedAfterBrokenOnes(chunking: Chunking) throws {
        var random = SeededRandom(11)
        try withServer(handler()) { rig in
            rig.reactor.log = { _, _ in }
            for round in 0..<1500 {
                let transport = try rig.connect(chunking)
                let start = Bool.random(using: &random) ? "POST / HTTP/1.1\r\nHost: x\r\n" : ""
                transport.feed(start + random.some(of: Self.pieces, upTo: 12).joined())
                if Bool.random(using: &random) { transport.endInput() }
                if round % 20 == 0 { try rig.pass(.milliseconds(1)) }
                transport.end(from: .closedByPeer)
            }
            try rig.pass(.milliseconds(1))
            #expect(rig.server.connectionCount == 0)
            #expect((rig.server.faults[400] ?? 0) > 100)
            try rig.expectHealthy(after: "broken peers")
        }
    }

    /// Whatever is answered, it is whole responses and nothing else.
    @Test func everyAnswerIsAResponse() throws {
        var random = SeededRandom(12)
        try withServer(handler()) { rig in
            rig.reactor.log = { _, _ in }
            for _ in 0..<1500 {
                let transport = try rig.connect()
                transport.feed(
                    "GET / HTTP/1.1\r\nHost: x\r\n" + random.some(of: Self.pieces, upTo: 9).joined()
                )
                let text = transport.takeWrittenText()
                transport.end(from: .closedByPeer)
                try rig.pass(.microseconds(10))
                if text.isEmpty || text.hasPrefix("HTTP/1.1 101") { continue }
                for answer in try Answer.all(in: text) {
                    #expect([200, 400, 405, 408, 414, 417, 431, 501, 505].contains(answer.status))
                }
            }
            try rig.expectHealthy(after: "broken requests")
        }
    }
}
