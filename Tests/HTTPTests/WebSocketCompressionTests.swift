// Compressed WebSockets (permessage-deflate): the examples of RFC 7692, both ends of ours against
// each other with every agreement, and what must not work: a bomb (W5), bytes that are no deflate,
// a message that stops half-way. On a simulated reactor, over memory.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct WebSocketCompressionTests {
    private static let opening =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    private static let offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n"

    /// A server of one compressed WebSocket, after its handshake.
    private func open(
        _ limits: HTTPLimits = HTTPLimits(), _ wishes: WebSocketDeflate? = WebSocketDeflate(),
        _ body: (ServerRig, MemoryTransport, EchoSocket) throws -> Void
    ) throws {
        let echo = EchoSocket()
        try withServer(limits, { $0.acceptWebSocket(echo, deflate: wishes) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/", Self.opening + Self.offer))
            let text = transport.takeWrittenText()
            #expect(text.hasPrefix("HTTP/1.1 101 "))
            #expect(text.contains("permessage-deflate") == (wishes != nil))
            try body(rig, transport, echo)
        }
    }

    /// A compressed frame of a client, in its mask.
    private func frame(_ bytes: [UInt8], isText: Bool = true) -> [UInt8] {
        WebSocketWriter.deflated(bytes, isText: isText, mask: 0x1234_5678)
    }

    /// RFC 7692, 7.2.3: one block, a reference to the message before, stored bytes, a last block,
    /// and two blocks. Each is `Hello`.
    @Test func theExamplesOfTheStandard() throws {
        try open { _, transport, echo in
            let rows: [[UInt8]] = [
                [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00],
                [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
                [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
                [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
                // What was said before deflate's own end can still be referred to.
                [0xF2, 0x00, 0x11, 0x00, 0x00],
            ]
            for row in rows { transport.feed(frame(row)) }
            #expect(echo.notes == ["opened"] + rows.map { _ in "text Hello" })
        }
    }

    @Test func fragmentsAndControlFrames() throws {
        try open { _, transport, echo in
            let parts: [[UInt8]] = [[0xF2, 0x48], [0xCD, 0xC9, 0xC9], [0x07, 0x00]]
            transport.feed([0x41, 0x80 | 2, 0, 0, 0, 0] + parts[0])
            transport.feed(WebSocketWriter.ping([7], mask: 0))
            transport.feed([0x00, 0x80 | 3, 0, 0, 0, 0] + parts[1])
            transport.feed([0x80, 0x80 | 2, 0, 0, 0, 0] + parts[2])
            transport.feed(WebSocketWriter.text("plain", mask: 9))
            #expect(echo.notes == ["opened", "text Hello", "text plain"])
            // The pong, and two texts that are too short to be compressed.
            let written = transport.takeWritten()
            #expect(written == [0x8A, 1, 7, 0x81, 5] + "Hello".utf8 + [0x81, 5] + "plain".utf8)
        }
    }

    @Test func withoutAgreementTheBitIsTheEnd() throws {
        try open(HTTPLimits(), nil) { rig, transport, echo in
            transport.feed(frame([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]))
            try rig.settle()
            #expect(echo.notes.last?.hasPrefix("closed 1002") == true)
        }
    }

    /// W5: what is little on the wire and much behind it is refused at the limit.
    @Test func aBombIsRefusedAtTheLimit() throws {
        try open { rig, transport, echo in
            let bomb = DeflateBits.zeros(runs: 500_000)
            #expect(bomb.count < 1024 * 1024)
            transport.feed(frame(bomb, isText: false))
            try rig.settle()
            #expect(echo.notes.count == 2)
            #expect(echo.notes.last?.hasPrefix("closed 1009") == true)
            #expect(transport.endReason == .closedByUs)
            try rig.expectHealthy(after: "a bomb", status: 426)
        }
        var limits = HTTPLimits()
        limits.webSocketMessage = 258 * 3 + 1
        for (runs, fits) in [(3, true), (4, false)] {
            try open(limits) { rig, transport, echo in
                transport.feed(frame(DeflateBits.zeros(runs: runs), isText: false))
                try rig.settle()
                #expect(echo.notes[1].hasPrefix(fits ? "bytes" : "closed 1009"))
            }
        }
    }

    /// No deflate, a message that stops half-way, a reference to before the beginning, no UTF-8.
    @Test(
        arguments: [
            [0xFF, 0xFF, 0xFF], [0xF2, 0x48, 0xCD], [0xF2, 0x00, 0x11, 0x00, 0x00],
            [0x00, 0x01, 0x00, 0xFE, 0xFF, 0xFF, 0x00], [0x07],
        ] as [[UInt8]])
    func whatCannotBeDecompressedIsTheEnd(bytes: [UInt8]) throws {
        try open { rig, transport, echo in
            transport.feed(frame(bytes))
            try rig.settle()
            #expect(echo.notes.last?.hasPrefix("closed 1007") == true)
            #expect(transport.endReason == .closedByUs)
            try rig.expectHealthy(after: "\(bytes)", status: 426)
        }
    }

    /// What was agreed upon, from both sides' wishes.
    private static let wishes = [
        WebSocketDeflate(), WebSocketDeflate(serverForgets: true),
        WebSocketDeflate(clientForgets: true),
        WebSocketDeflate(
            serverForgets: true, clientForgets: true, serverWindowBits: 9, clientWindowBits: 10),
    ]

    @Test(arguments: wishes, wishes)
    func bothEndsUnderstandEachOther(server: WebSocketDeflate, client: WebSocketDeflate) throws {
        var random = SeededRandom(5)
        try withReactor { harness in
            let echo = EchoSocket()
            let http = HTTPServer(on: harness.reactor) { exchange in
                exchange.acceptWebSocket(echo, deflate: server)
            }
            let port = try http.listen("tcp:0:interface=127.0.0.1")
            let number = try #require(port.localAddress.socketAddress?.port)
            let collector = Collector()
            let user = HTTPClient(on: harness.reactor)
            user.openWebSocket(
                try url("ws://127.0.0.1:\(number)/"), collector, deflate: client)
            try harness.turn { collector.socket != nil }
            let agreed = try #require(collector.socket?.deflate)
            #expect(agreed.serverForgets == (server.serverForgets || client.serverForgets))
            #expect(agreed.clientForgets == (server.clientForgets || client.clientForgets))
            #expect(echo.socket?.deflate?.serverWindowBits == agreed.serverWindowBits)
            let words = ["latitude", "longitude", "é", "κόσμε", "\u{1F6A2}", " ", "0"]
            var sent: [String] = []
            for size in [0, 1, 20, 500, 500, 20_000, 3] {
                let text = random.some(of: words, upTo: size).joined()
                sent.append(text)
                collector.socket?.send(text)
                collector.socket?.send((0..<size).map { UInt8(truncatingIfNeeded: $0 * $0) })
            }
            try harness.turn { collector.binaries == sent.count }
            #expect(collector.texts == sent)
            user.close()
            collector.socket?.close()
            var isDown = false
            http.shutDown { isDown = true }
            try harness.turn { isDown && harness.reactor.census.isEmpty }
        }
    }

    /// Repetition is what a context is for.
    @Test func whatIsSaidAgainCostsLittle() throws {
        for (forgets, isLess) in [(false, true), (true, false)] {
            try open(HTTPLimits(), WebSocketDeflate(serverForgets: forgets)) { _, transport, echo in
                let text = String(repeating: "lat 44.068843, lon -121.314077; ", count: 3)
                echo.socket?.send(text)
                let first = transport.takeWritten().count
                echo.socket?.send(text)
                let second = transport.takeWritten().count
                #expect(first < text.utf8.count)
                #expect(isLess ? second < first / 3 : second == first)
            }
        }
    }
}

/// Hears texts, and counts the others.
private final class Collector: WebSocketProtocol {
    private(set) var texts: [String] = []
    private(set) var binaries = 0
    private(set) var socket: WebSocket?

    func opened(_ socket: WebSocket) { self.socket = socket }
    func received(_ text: String, on socket: WebSocket) { texts.append(text) }
    func received(_ bytes: [UInt8], on socket: WebSocket) { binaries += 1 }
    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) {
        self.socket = nil
    }
}
