// Sections 12 and 13 of the Autobahn suite (W9): compressed messages of five kinds and eighteen
// shapes, with the plain agreement; and one kind with seven agreements. Our client and our server
// speak to each other through a relay that cuts each compressed frame into fragments on its way,
// as neither of them does. The suite sends a thousand messages in each case, this four, unless
// FAIRLEAD_AUTOBAHN is set; the texts and bytes are made here.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(10))) struct AutobahnDeflateTests {
    /// Bytes of a message, and of the fragments that it travels in; nil for one.
    private static let shapes: [(size: Int, fragment: Int?)] =
        [16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072].map { ($0, nil) }
        + [(8192, 256), (16_384, 256), (32_768, 256), (65_536, 256), (131_072, 256)]
        + [(8192, 1024), (16_384, 1024), (131_072, 1024)]

    private static let count = autobahnScale == 1 ? 1000 : 4

    /// 13.1 to 13.7: what the client offers and the server accepts.
    private static let agreements: [WebSocketDeflate] = [
        WebSocketDeflate(), WebSocketDeflate(serverForgets: true, clientForgets: true),
        WebSocketDeflate(serverWindowBits: 9, clientWindowBits: 9),
        WebSocketDeflate(serverWindowBits: 15, clientWindowBits: 15),
        WebSocketDeflate(
            serverForgets: true, clientForgets: true, serverWindowBits: 9, clientWindowBits: 9),
        WebSocketDeflate(serverForgets: true, serverWindowBits: 12),
        WebSocketDeflate(clientForgets: true, clientWindowBits: 11),
    ]

    @Test(arguments: 1...5)
    func everyKindOfMessage(kind: Int) throws {
        for (index, shape) in Self.shapes.enumerated() {
            try exchange(
                "12.\(kind).\(index + 1)", Self.message(kind, shape.size), kind == 2,
                shape.fragment,
                WebSocketDeflate())
        }
    }

    @Test(arguments: 1...7)
    func everyAgreement(number: Int) throws {
        for (index, shape) in Self.shapes.enumerated() {
            try exchange(
                "13.\(number).\(index + 1)", Self.message(1, shape.size), false, shape.fragment,
                Self.agreements[number - 1])
        }
    }

    /// JSON, a picture, prose, markup, and what cannot be compressed.
    private static func message(_ kind: Int, _ size: Int) -> [UInt8] {
        var random = SeededRandom(UInt64(kind))
        var bytes: [UInt8] = []
        while bytes.count < size {
            let number = Int.random(in: 0..<1000, using: &random)
            switch kind {
            case 1: bytes += "{\"class\":\"TPV\",\"lat\":44.\(number),\"mode\":3},".utf8
            case 2: bytes += [UInt8](repeating: UInt8(number & 7), count: number & 15)
            case 3: bytes += "The \(number) waves and the wind of that night, ".utf8
            case 4: bytes += "<tr class=\"fix\"><td>\(number)</td></tr>\n".utf8
            default: bytes.append(UInt8(number & 127))
            }
        }
        return Array(bytes.prefix(size))
    }

    /// Sends the message several times; each must come back as it was.
    private func exchange(
        _ name: String, _ bytes: [UInt8], _ isBinary: Bool, _ fragment: Int?,
        _ agreement: WebSocketDeflate
    ) throws {
        var limits = HTTPLimits()
        limits.webSocketFragments = 1000
        try withSimulatedReactor { harness in
            let client = ClientRig(harness, limits)
            let server = ServerRig(harness, limits) { exchange in
                exchange.acceptWebSocket(EchoSocket(), deflate: agreement)
            }
            let user = EchoCounter(bytes, isBinary, Self.count)
            client.client.openWebSocket(try url("ws://here/"), user, deflate: agreement)
            try client.settle()
            let relay = DeflateRelay(try client.last, try server.connect(), fragment)
            relay.passOn()
            try client.settle()
            while user.isOpen, user.heard < Self.count, relay.hasNews { relay.passOn() }
            #expect(user.heard == Self.count && user.wrong == 0, "\(name): \(user.heard)")
            let isSmall = bytes.count < agreement.smallest
            #expect(relay.compressed == (isSmall ? 0 : 2 * Self.count), "\(name)")
            try client.finish()
            try server.finish()
        }
    }
}

/// Sends one message again and again, each when the one before has come back.
private final class EchoCounter: WebSocketProtocol {
    private let bytes: [UInt8]
    private let isBinary: Bool
    private let count: Int
    private(set) var heard = 0
    private(set) var wrong = 0
    private(set) var isOpen = false

    init(_ bytes: [UInt8], _ isBinary: Bool, _ count: Int) {
        (self.bytes, self.isBinary, self.count) = (bytes, isBinary, count)
    }

    func opened(_ socket: WebSocket) {
        isOpen = true
        say(socket)
    }

    private func say(_ socket: WebSocket) {
        if heard == count { return }
        if isBinary {
            socket.send(bytes)
        } else {
            socket.send(String(decoding: bytes, as: UTF8.self))
        }
    }

    func received(_ text: String, on socket: WebSocket) { came(Array(text.utf8), socket) }
    func received(_ bytes: [UInt8], on socket: WebSocket) { came(bytes, socket) }

    private func came(_ echo: [UInt8], _ socket: WebSocket) {
        heard += 1
        if echo != bytes { wrong += 1 }
        say(socket)
    }

    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) { isOpen = false }
}

/// Passes on what two ends say to each other; compressed messages in fragments.
private final class DeflateRelay {
    private let client: MemoryTransport
    private let server: MemoryTransport
    private let fragment: Int?
    private var fromClient = WebSocketReader(.server, limits: wide, isDeflated: true)
    private var fromServer = WebSocketReader(.client, limits: wide, isDeflated: true)
    private(set) var compressed = 0
    private var isOpen = false

    private static var wide: HTTPLimits {
        var limits = HTTPLimits()
        limits.webSocketMessage = .max
        return limits
    }

    init(_ client: MemoryTransport, _ server: MemoryTransport, _ fragment: Int?) {
        (self.client, self.server, self.fragment) = (client, server, fragment)
    }

    var hasNews: Bool { !client.written.isEmpty || !server.written.isEmpty }

    func passOn() {
        if !isOpen {
            // The handshake, as it is.
            server.feed(client.takeWritten())
            isOpen = true
            return client.feed(server.takeWritten())
        }
        pass(client, server, &fromClient, mask: 0x0102_0304)
        pass(server, client, &fromServer, mask: nil)
    }

    private func pass(
        _ from: MemoryTransport, _ to: MemoryTransport, _ reader: inout WebSocketReader,
        mask: UInt32?
    ) {
        let bytes = from.takeWritten()
        var place = 0
        while let event = try? reader.step(bytes.span, &place) {
            for frame in cut(event) { to.feed(AutobahnCase.encoded(frame, mask)) }
        }
    }

    private func cut(_ event: WebSocketEvent) -> [AutobahnCase.Frame] {
        switch event {
        case .text(let text): return [frame(0x81, text)]
        case .binary(let bytes): return [frame(0x82, bytes: bytes)]
        case .deflated(let bytes, let isText):
            compressed += 1
            let opcode: UInt8 = isText ? 0x41 : 0x42
            return fragments(opcode, bytes, of: fragment ?? max(bytes.count, 1))
        default: return []
        }
    }
}
