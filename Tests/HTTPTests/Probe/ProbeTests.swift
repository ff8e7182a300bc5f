// The probe (H19): 363 requests, each with the one strict answer, against the whole server:
// statuses, the number of requests that a handler saw, whether the connection ends, in memory
// whole and byte by byte, and over a real connection. After each row the same server serves a
// healthy client, and a row that waits for more gets nothing when no more comes.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

let probeRows = probeLineRows + probeFieldRows + probeFramingRows + probeSequenceRows

@Suite(.timeLimit(.minutes(5))) struct ProbeTests {
    @Test func noRowStandsTwice() {
        let names = probeRows.map(\.name)
        #expect(Set(names).count == names.count && names.count >= 363, "\(names.count) rows")
        #expect(Set(probeRows.map(\.stream)).count > names.count - 20)
    }

    @Test(arguments: [Chunking.whole, .pieces(of: 1)])
    func eachRowHasItsAnswer(chunking: Chunking) throws {
        for row in probeRows {
            let site = ProbeSite()
            try withServer(site.handle) { rig in
                let transport = try rig.connect(chunking)
                transport.feed(row.stream)
                try rig.settle()
                let text = transport.takeWrittenText()
                let isClosed = transport.isWriteEnded || transport.endReason != nil
                expect(row, text, row.statuses, site.handled)
                #expect(isClosed == row.closes, "\(row.name): \(text)")
                try rig.expectHealthy(after: row.name)
                transport.endInput()
                try rig.settle()
                let late = transport.takeWrittenText()
                #expect(statuses(in: late) == row.late, "\(row.name): \(late)")
                if !statuses(in: text).contains(101) {
                    #expect(transport.endReason != nil, "\(row.name) is still open")
                }
            }
        }
    }

    @Test func eachRowHasItsAnswerOverTheNetwork() throws {
        let site = ProbeSite()
        try withReactor { harness in
            let server = HTTPServer(on: harness.reactor, site.handle)
            let port = try server.listen("tcp:0:interface=127.0.0.1")
            let number = try #require(port.localAddress.socketAddress?.port)
            for row in probeRows where !row.statuses.contains(101) {
                let before = site.handled
                let peer = ProbePeer(row)
                try harness.reactor.connect("tcp:127.0.0.1:\(number)") { _ in peer }
                try harness.turn(row.name) { peer.isOver }
                expect(row, peer.text, row.statuses + row.late, site.handled - before)
            }
            var isDown = false
            server.shutDown { isDown = true }
            try harness.turn { isDown }
        }
    }

    private func expect(
        _ row: ProbeRow, _ text: String, _ wanted: [Int], _ handled: Int
    ) {
        #expect(statuses(in: text) == wanted, "\(row.name): \(text)")
        #expect(handled == row.handled, "\(row.name): \(text)")
        #expect(row.contains.isEmpty || text.contains(row.contains), "\(row.name): \(text)")
        #expect(!text.contains(row.lacks), "\(row.name): \(text)")
    }

    /// The final statuses, and 101, of all responses in a text.
    private func statuses(in text: String) -> [Int] {
        text.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }.filter { $0 > 100 }
    }
}

/// What the probe finds: every kind of answer at a path of its own.
private final class ProbeSite {
    private(set) var handled = 0
    private let router = Router()

    init() {
        router.get("/") { $0.respond(text: "hello") }
        router.post("/") { exchange in
            exchange.collectBody { exchange.respond(HTTPResponse(status: .ok), body: $0) }
        }
        router.post("/ignored") { $0.respond(text: "whatever") }
        router.get("/nothing") { $0.respond(HTTPResponse(status: .noContent)) }
        router.get("/cookie") { exchange in
            exchange.respond(text: exchange.head.block.values(of: .cookie).joined(separator: "; "))
        }
        router.get("/file") { exchange in
            let state = ContentState(tag: EntityTag("v1"), modified: HTTPDate(seconds: 100))
            exchange.respond(content: Array("the file".utf8), state, [.contentType: "text/plain"])
        }
        router.get("/stream") { exchange in
            exchange.begin(HTTPResponse(status: .ok))
            exchange.write(Array("in pieces".utf8))
            exchange.finish()
        }
        router.get("/socket") { $0.acceptWebSocket(EchoSocket()) }
    }

    func handle(_ exchange: HTTPExchange) {
        handled += 1
        router.handle(exchange)
    }
}

/// Sends a row, and its end where the server is to answer and go on; hears everything.
private final class ProbePeer: StreamProtocol {
    private let row: ProbeRow
    private var heard: [UInt8] = []
    private(set) var isOver = false
    var text: String { String(decoding: heard, as: UTF8.self) }

    init(_ row: ProbeRow) { self.row = row }

    func connectionMade(on transport: any Transport) {
        transport.write(shared: row.stream)
        if !row.closes { transport.closeWrite() }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        for index in bytes.indices { heard.append(bytes[index]) }
    }

    func readEnded(on transport: any Transport) { transport.close() }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) { isOver = true }
}
