// The 301 cases of the Autobahn suite's sections 1 to 7, 9 and 10 (W9) against our server and our
// client, which return what they hear. All are strict: the very answers, then the very code, then
// the end of the connection; nothing is merely tolerated.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(10))) struct AutobahnTests {
    private static let cases = autobahnFraming + autobahnText + autobahnClosing

    private var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.webSocketMessage = 16 * 1024 * 1024
        limits.webSocketFragments = 70_000
        return limits
    }

    @Test func allCasesAreThere() {
        let names = Self.cases.map(\.name) + autobahnSizes.map { $0().name }
        #expect(names.count == 301 && Set(names).count == 301)
        let sections = Dictionary(grouping: names) { $0.split(separator: ".").first ?? "" }
        #expect(
            sections.mapValues(\.count)
                == [
                    "1": 16, "2": 11, "3": 7, "4": 10, "5": 20, "6": 145, "7": 37, "9": 54, "10": 1,
                ])
    }

    @Test func theServerAnswersAsItMust() throws {
        for row in Self.cases { try serve(row) }
    }

    @Test func theServerTakesGreatSizes() throws {
        for row in autobahnSizes { try serve(row()) }
    }

    @Test func theClientAnswersAsItMust() throws {
        for row in Self.cases { try visit(row) }
    }

    @Test func theClientTakesGreatSizes() throws {
        for row in autobahnSizes { try visit(row()) }
    }

    private func serve(_ row: AutobahnCase) throws {
        try withServer(limits, { $0.acceptWebSocket(EchoSocket()) }) { rig in
            let transport = try rig.connect()
            transport.feed(
                get(
                    "/",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"))
            try #require(transport.takeWrittenText().hasPrefix("HTTP/1.1 101 "))
            try run(row, transport, .server, settle: rig.settle)
            #expect(transport.endReason == .closedByUs, "\(row.name)")
            try rig.expectHealthy(after: row.name, status: 426)
        }
    }

    private func visit(_ row: AutobahnCase) throws {
        try withClient(limits) { rig in
            rig.client.openWebSocket(try url("ws://here/"), EchoSocket())
            try rig.settle()
            let transport = try rig.last
            let request = transport.takeWrittenText().split(separator: "\r\n")
            let key = try #require(request.first { $0.hasPrefix("Sec-WebSocket-Key: ") }).dropFirst(
                19)
            transport.feed(
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(WebSocketHandshake.accept(String(key)))\r\n\r\n")
            try rig.settle()
            try run(row, transport, .client, settle: rig.settle)
            // The server closes first (RFC 6455, 7.1.1).
            #expect(transport.isWriteEnded || transport.endReason != nil, "\(row.name)")
        }
    }

    /// Sends the case to `role`, and looks at all that is answered.
    private func run(
        _ row: AutobahnCase, _ transport: MemoryTransport, _ role: WebSocketRole,
        settle: () throws -> Void
    ) throws {
        var reader = WebSocketReader(role == .server ? .client : .server, limits: limits)
        var events: [WebSocketEvent] = []
        func hear() throws {
            var place = 0
            let bytes = transport.takeWritten()
            while let event = try reader.step(bytes.span, &place) { events.append(event) }
        }
        for piece in row.writes(masked: role == .server) { transport.feed(piece) }
        try settle()
        try hear()
        if row.end == .none {
            #expect(transport.endReason == nil && !transport.isWriteEnded, "\(row.name)")
            transport.feed(AutobahnCase.encoded(closing(1000), role == .server ? 7 : nil))
            try settle()
            try hear()
        }
        let code: UInt16? = if case .code(let code) = row.end { code } else { 1000 }
        guard case .close(let said, _)? = events.popLast() else {
            Issue.record("\(row.name): no close frame after \(events.count) events")
            return
        }
        #expect(said.rawValue == code ?? 1005, "\(row.name)")
        #expect(events == row.answers, "\(row.name)")
    }
}
