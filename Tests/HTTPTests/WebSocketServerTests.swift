// A WebSocket on the server's side: the handshake and who may open one (B2), messages, both
// closing handshakes, silence, and broken frames (W1 to W4) with the code that each is answered
// with. On a simulated reactor, the peer is the test.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

/// Returns what it hears, and notes everything.
final class EchoSocket: WebSocketProtocol {
    private(set) var notes: [String] = []
    private(set) var socket: WebSocket?

    func opened(_ socket: WebSocket) {
        notes.append("opened")
        self.socket = socket
    }

    func received(_ text: String, on socket: WebSocket) {
        notes.append("text \(text)")
        socket.send(text)
    }

    func received(_ bytes: [UInt8], on socket: WebSocket) {
        notes.append("bytes \(bytes)")
        socket.send(bytes)
    }

    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) {
        notes.append("closed \(code) \(reason)")
        self.socket = nil
    }
}

@Suite struct WebSocketServerTests {
    private static let handshake = get(
        "/",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost\r\n")

    /// A server of one WebSocket after its handshake.
    private func open(
        _ limits: HTTPLimits = HTTPLimits(),
        _ body: (ServerRig, MemoryTransport, EchoSocket) throws -> Void
    ) throws {
        let echo = EchoSocket()
        try withServer(limits, { $0.acceptWebSocket(echo, from: .loopback) }) { rig in
            let transport = try rig.connect()
            transport.feed(Self.handshake)
            let text = transport.takeWrittenText()
            #expect(text.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(text.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
            try body(rig, transport, echo)
        }
        #expect(echo.notes.count { $0.hasPrefix("closed") } == 1)
        #expect(echo.notes.last?.hasPrefix("closed") == true)
    }

    private func read(_ bytes: [UInt8]) throws -> [WebSocketEvent] {
        var reader = WebSocketReader(.client)
        var place = 0
        var events: [WebSocketEvent] = []
        while let event = try reader.step(bytes.span, &place) { events.append(event) }
        return events
    }

    @Test func messagesComeBack() throws {
        try open { _, transport, echo in
            transport.feed(WebSocketWriter.text("héllo", mask: 1))
            transport.feed(WebSocketWriter.binary([1, 2], mask: 2))
            transport.feed(WebSocketWriter.ping([9], mask: 3))
            let heard = try read(transport.takeWritten())
            #expect(heard == [.text("héllo"), .binary([1, 2]), .pong([9])])
            #expect(echo.notes == ["opened", "text héllo", "bytes [1, 2]"])
        }
    }

    @Test func framesMayComeWithTheHandshake() throws {
        let echo = EchoSocket()
        try withServer({ $0.acceptWebSocket(echo) }) { rig in
            let transport = try rig.connect()
            transport.feed(Array(Self.handshake.utf8) + WebSocketWriter.text("early", mask: 1))
            #expect(echo.notes == ["opened", "text early"])
        }
    }

    @Test func aPeerThatClosesIsAnswered() throws {
        try open { rig, transport, echo in
            transport.feed(WebSocketWriter.close(.goingAway, reason: "bye", mask: 1))
            try rig.settle()
            let heard = try read(transport.takeWritten())
            #expect(heard == [.close(.goingAway, reason: "")])
            #expect(transport.endReason == .closedByUs)
            #expect(echo.notes.last == "closed 1001 bye")
        }
    }

    @Test func weCloseAndAwaitTheAnswer() throws {
        try open { rig, transport, echo in
            echo.socket?.close(.normal, reason: "done")
            let heard = try read(transport.takeWritten())
            #expect(heard == [.close(.normal, reason: "done")])
            transport.feed(WebSocketWriter.text("late", mask: 1))
            #expect(echo.notes == ["opened"] && transport.endReason == nil)
            transport.feed(WebSocketWriter.close(.normal, mask: 1))
            try rig.settle()
            #expect(transport.endReason == .closedByUs && echo.notes.last == "closed 1000 ")
        }
    }

    @Test func aPeerThatDoesNotAnswerTheCloseIsGivenUp() throws {
        try open { rig, transport, echo in
            echo.socket?.close()
            try rig.pass(.seconds(6))
            #expect(transport.endReason == .timedOut("a WebSocket did not close"))
        }
    }

    @Test func aSilentPeerIsAskedAndThenGivenUp() throws {
        var limits = HTTPLimits()
        limits.webSocketPing = .seconds(10)
        try open(limits) { rig, transport, _ in
            try rig.pass(.seconds(11))
            let heard = try read(transport.takeWritten())
            #expect(heard == [.ping([])])
            transport.feed(WebSocketWriter.pong([], mask: 1))
            try rig.pass(.seconds(11))
            let again = try read(transport.takeWritten())
            #expect(again == [.ping([])])
            try rig.pass(.seconds(10))
            #expect(transport.endReason == .timedOut("a WebSocket was silent"))
        }
    }

    /// W1 to W4 over the wire: the code says what it was, and the connection ends.
    @Test(arguments: [
        ([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f], WebSocketCloseCode.protocolError),
        ([0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .protocolError),
        ([0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .tooBig),
        ([0x81, 0x81, 0, 0, 0, 0, 0xFF], .invalidText),
    ])
    func aBrokenFrameIsTheEnd(bytes: [UInt8], code: WebSocketCloseCode) throws {
        try open { rig, transport, echo in
            transport.feed(bytes)
            try rig.settle()
            let events = try read(transport.takeWritten())
            guard case .close(code, _)? = events.first else {
                Issue.record("\(events)")
                return
            }
            #expect(transport.endReason == .closedByUs)
            try rig.expectHealthy(after: "\(bytes)", status: 426)
        }
    }

    @Test func aShutDownClosesIt() throws {
        try open { rig, transport, _ in
            var isDown = false
            rig.server.shutDown { isDown = true }
            let heard = try read(transport.takeWritten())
            #expect(heard == [.close(.goingAway, reason: "")])
            transport.feed(WebSocketWriter.close(.goingAway, mask: 1))
            try rig.settle()
            #expect(isDown && transport.endReason == .closedByUs)
        }
    }

    @Test func aPeerThatGoesIsTold() throws {
        try open { rig, transport, echo in
            transport.end(from: .closedByPeer)
            try rig.settle()
            #expect(echo.notes == ["opened", "closed 1006 "])
        }
    }

    /// B2: a page of another site opens nothing.
    @Test(arguments: [
        ("https://evil.example", 403), ("null", 403), ("http://localhost.evil.example", 403),
        ("http://127.0.0.1:3000", 101),
    ])
    func pagesOfOtherSitesAreRefused(origin: String, status: Int) throws {
        let echo = EchoSocket()
        try withServer({ $0.acceptWebSocket(echo, from: .loopback) }) { rig in
            let text = try rig.exchange(
                Self.handshake.replacing("http://localhost", with: origin))
            #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        }
        #expect(echo.notes.isEmpty == (status == 403))
    }

    @Test func anOrdinaryRequestIsToldWhatThisIs() throws {
        try withServer({ $0.acceptWebSocket(EchoSocket()) }) { rig in
            let answer = try Answer.one(in: rig.exchange(get()))
            #expect(answer.status == 426 && answer.fields[.upgrade] == "websocket")
            #expect(answer.fields[.connection] == "Upgrade")
        }
    }

    /// One frame for many: the same array goes to all.
    @Test func aFrameIsSharedByAll() throws {
        var echoes: [EchoSocket] = []
        try withServer({ exchange in
            echoes.append(EchoSocket())
            exchange.acceptWebSocket(echoes[echoes.count - 1])
        }) { rig in
            let transports = try (0..<5).map { _ in try rig.connect() }
            for transport in transports {
                transport.feed(Self.handshake)
                _ = transport.takeWritten()
            }
            let frame = WebSocketWriter.text("news")
            for echo in echoes { echo.socket?.send(frame: frame) }
            for transport in transports {
                let heard = try read(transport.takeWritten())
                #expect(heard == [.text("news")])
            }
        }
    }
}
