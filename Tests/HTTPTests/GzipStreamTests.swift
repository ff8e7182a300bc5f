import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct GzipStreamTests {
    /// A server of one stream, whose pieces the test writes.
    private func withStream(
        _ fields: String, version: String = "HTTP/1.1", _ response: HTTPFields = [:],
        _ body: (ServerRig, MemoryTransport, HTTPExchange) throws -> Void
    ) throws {
        var stream: HTTPExchange?
        let router = Router()
        router.use(Middlewares.gzip())
        router.get("/") { exchange in
            var fields: HTTPFields = [.contentType: "text/plain"]
            for field in response { fields.append(field) }
            exchange.begin(HTTPResponse(status: .ok, headerFields: fields))
            stream = exchange
        }
        try withServer(router.handle) { rig in
            let transport = try rig.connect()
            transport.feed(get("/", fields, version: version))
            try body(rig, transport, try #require(stream))
        }
    }

    /// The body of the only response so far.
    private func body(_ bytes: [UInt8], _ heard: inout [UInt8]) throws -> HTTPFields {
        heard += bytes
        var parser = ResponseParser()
        try parser.expect(.get)
        var place = 0
        var data: [UInt8] = []
        while true {
            switch try parser.step(heard.span, &place) {
            case .data(let range): data += heard[range]
            case .head: break
            case .needsMore, .end:
                heard = data
                return parser.head.response.headerFields
            }
        }
    }

    @Test func eachPieceArrivesAtOnce() throws {
        try withStream("Accept-Encoding: gzip\r\n", [.vary: "Origin", .eTag: "\"a\""]) {
            _, transport, stream in
            var all: [UInt8] = []
            var said = ""
            for number in 0..<20 {
                let piece = "line \(number), as the one before\n"
                said += piece
                stream.write(Array(piece.utf8))
                all += transport.takeWritten()
                var heard: [UInt8] = []
                let fields = try body(all, &heard)
                #expect(fields[.contentEncoding] == "gzip" && fields[.eTag] == "\"a-gz\"")
                #expect(fields[values: .vary] == ["Origin", "Accept-Encoding"])
                let plain = try #require(gunzip(heard))
                #expect(String(decoding: plain.bytes, as: UTF8.self) == said && !plain.isWhole)
            }
            stream.finish()
            all += transport.takeWritten()
            var heard: [UInt8] = []
            _ = try body(all, &heard)
            let plain = try #require(gunzip(heard))
            #expect(plain.isWhole && String(decoding: plain.bytes, as: UTF8.self) == said)
            #expect(heard.count < said.utf8.count)
        }
    }

    @Test func itEndsWithTheConnectionInHTTP10() throws {
        try withStream("Accept-Encoding: gzip\r\n", version: "HTTP/1.0") { rig, transport, stream in
            stream.write(Array("hello hello".utf8))
            stream.finish()
            try rig.settle()
            let bytes = transport.takeWritten()
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("Content-Encoding: gzip\r\n") && !text.contains("chunked"))
            let head = try #require(
                bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) })
            let plain = try #require(gunzip(Array(bytes[(head + 4)...])))
            #expect(plain.isWhole && plain.bytes == Array("hello hello".utf8))
            #expect(transport.endReason == .closedByUs)
        }
    }

    @Test(arguments: [
        ("", [:] as HTTPFields), ("Accept-Encoding: br\r\n", [:] as HTTPFields),
        ("Accept-Encoding: gzip\r\n", [.contentEncoding: "br"] as HTTPFields),
    ])
    func otherStreamsStayAsTheyAre(asked: String, response: HTTPFields) throws {
        try withStream(asked, response) { _, transport, stream in
            stream.write(Array("plain".utf8))
            stream.finish()
            let text = transport.takeWrittenText()
            #expect(text.contains("5\r\nplain\r\n0\r\n\r\n") && !text.contains("gzip"))
        }
    }

    @Test func anEventStreamIsNotCompressed() throws {
        let router = Router()
        router.use(Middlewares.gzip())
        var broadcast: EventBroadcast?
        router.get("/") { broadcast?.handle($0) }
        try withServer(router.handle) { rig in
            let events = EventBroadcast(on: rig.reactor)
            broadcast = events
            let transport = try rig.connect()
            transport.feed(get("/", "Accept-Encoding: gzip\r\n"))
            events.publish(ServerSentEvent("news"))
            try rig.settle()
            let text = transport.takeWrittenText()
            #expect(text.contains("data: news\n\n") && !text.contains("gzip"))
            events.close()
        }
    }

    /// What the peer does not take holds the handler back, compressed or not.
    @Test func aStreamThatIsLeftIsGivenBack() throws {
        try withStream("Accept-Encoding: gzip\r\n") { rig, transport, stream in
            stream.write([UInt8](repeating: 65, count: 100_000))
            transport.end(from: .closedByPeer)
            try rig.settle()
            #expect(stream.isAbandoned && !stream.write([1]))
        }
    }
}
