// A server on a simulated reactor, whose clock jumps, and connections to it that are memory. What
// was left behind at the end fails the test.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

/// A server and the means to talk to it.
final class ServerRig {
    let harness: ReactorHarness
    let server: HTTPServer
    var reactor: Reactor { harness.reactor }
    private(set) var connections: [MemoryTransport] = []

    init(_ harness: ReactorHarness, _ limits: HTTPLimits, _ handler: @escaping HTTPHandler) {
        self.harness = harness
        server = HTTPServer(on: harness.reactor, limits: limits, handler)
    }

    /// A new connection.
    func connect(_ chunking: Chunking = .whole, capacity: Int = .max) throws -> MemoryTransport {
        let transport = MemoryTransport(on: reactor, chunking: chunking, capacity: capacity)
        transport.start(try #require(server.makeProtocol(transport)))
        connections.append(transport)
        return transport
    }

    /// Sends text over a new connection and gives what is answered until nothing more happens.
    func exchange(_ text: String, _ chunking: Chunking = .whole) throws -> String {
        let transport = try connect(chunking)
        transport.feed(text)
        try settle()
        return transport.takeWrittenText()
    }

    /// The preamble of HOSTILE.md, as far as memory can show it: a healthy client is answered
    /// before anything else happens, and nothing is left of one whose connection has ended.
    ///
    /// What others cost in time and memory is measured from outside: Tests/Peers/http_hostile.py.
    func expectHealthy(after what: String, _ request: String = get(), status: Int = 200) throws {
        let before = server.connectionCount
        let transport = try connect()
        transport.feed(request)
        let text = transport.takeWrittenText()
        #expect(text.hasPrefix("HTTP/1.1 \(status) "), "after \(what): \(text)")
        transport.end(from: .closedByPeer)
        try settle()
        #expect(server.connectionCount <= before, "after \(what)")
        let standing = connections.count { $0.endReason == nil }
        #expect(server.connectionCount == standing, "after \(what)")
    }

    /// Makes all calls that are due now.
    func settle() throws {
        for _ in 0..<20 { try reactor.turn(until: reactor.now) }
    }

    /// Lets time pass.
    func pass(_ time: Duration) throws { try harness.turn(for: time) }

    func finish() throws {
        for transport in connections { transport.end(from: .closedByPeer) }
        try settle()
        #expect(server.connectionCount == 0)
    }
}

/// Runs a test with a server.
func withServer(_ handler: @escaping HTTPHandler, _ body: (ServerRig) throws -> Void) throws {
    try withServer(HTTPLimits(), handler, body)
}

/// Runs a test with a server with these limits.
func withServer(
    _ limits: HTTPLimits, _ handler: @escaping HTTPHandler, _ body: (ServerRig) throws -> Void
) throws {
    try withSimulatedReactor { harness in
        let rig = ServerRig(harness, limits, handler)
        try body(rig)
        try rig.finish()
    }
}

/// A GET, with more field lines, each with its line end.
func get(_ path: String = "/", _ fields: String = "", version: String = "HTTP/1.1") -> String {
    "GET \(path) \(version)\r\nHost: localhost\r\n\(fields)\r\n"
}

/// A POST with a body of known length.
func post(_ body: String, _ fields: String = "") -> String {
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n"
        + "\(fields)\r\n\(body)"
}

/// The responses in a stream of bytes: status, fields, body.
struct Answer {
    let status: Int
    let fields: HTTPFields
    let body: String

    /// Reads all responses; to HEAD where `method` says so.
    static func all(in text: String, to method: HTTPRequest.Method = .get) throws -> [Answer] {
        var parser = ResponseParser()
        let bytes = Array(text.utf8)
        var place = 0
        var answers: [Answer] = []
        var body: [UInt8] = []
        try parser.expect(method)
        while true {
            switch try parser.step(bytes.span, &place) {
            case .needsMore:
                let isOver = parser.isIdle ? false : try parser.inputEnded()
                if isOver { fallthrough }
                return answers
            case .end:
                let head = parser.head
                answers.append(
                    Answer(
                        status: head.status, fields: head.response.headerFields,
                        body: String(decoding: body, as: UTF8.self)))
                body = []
                if place == bytes.count { return answers }
                try parser.expect(method)
            case .head: break
            case .data(let range): body += bytes[range]
            }
        }
    }

    /// The only response.
    static func one(in text: String, to method: HTTPRequest.Method = .get) throws -> Answer {
        let answers = try all(in: text, to: method)
        try #require(answers.count == 1, "\(text)")
        return answers[0]
    }
}
