import FairleadHTTPWire
import HTTPTypes
import Testing

/// A stream of a server, what was asked, and what is found.
struct ResponseRow: Sendable, CustomTestStringConvertible {
    let name: String
    let methods: [HTTPRequest.Method]
    let stream: String
    /// Whether the stream ends there.
    let ends: Bool
    let found: [Found]

    init(
        _ name: String, to methods: [HTTPRequest.Method] = [.get], _ stream: String,
        ends: Bool = false, _ found: Found...
    ) {
        self.name = name
        self.methods = methods
        self.stream = stream
        self.ends = ends
        self.found = found
    }

    var testDescription: String { name }
}

private let ok = "HTTP/1.1 200 OK\r\n"

private let rows: [ResponseRow] = [
    ResponseRow(
        "a length", ok + "Content-Length: 2\r\n\r\nab",
        .head("200", .length(2)), .data("ab"), .end([])),
    ResponseRow(
        "no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        .head("200", .none), .end([])),
    ResponseRow(
        "chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nA: b\r\n\r\n",
        .head("200", .chunked), .data("ab"), .end(["A: b"])),
    ResponseRow(
        "until the end", ok + "\r\nab", ends: true,
        .head("200", .untilClose), .data("ab"), .end([])),
    ResponseRow(
        "HEAD", to: [.head, .get],
        ok + "Content-Length: 9\r\n\r\n" + ok + "Content-Length: 1\r\n\r\na",
        .head("200", .none), .end([]), .head("200", .length(1)), .data("a"), .end([])),
    ResponseRow(
        "HEAD with a coding", to: [.head], ok + "Transfer-Encoding: chunked\r\n\r\n",
        .head("200", .none), .end([])),
    ResponseRow(
        "304 has no body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
        .head("304", .none), .end([])),
    ResponseRow(
        "204 has no body", "HTTP/1.1 204 No Content\r\n\r\n",
        .head("204", .none), .end([])),
    ResponseRow(
        "100 comes before",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + ok
            + "Content-Length: 0\r\n\r\n",
        .head("100", .none), .head("103", .none), .head("200", .none), .end([])),
    ResponseRow(
        "101 is final", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        .head("101", .none), .end([])),
    ResponseRow(
        "a tunnel", to: [.connect], ok + "Content-Length: 5\r\n\r\n",
        .head("200", .none), .end([])),
    ResponseRow("nobody asked", to: [], ok, .fault(502)),
    ResponseRow(
        "one more than was asked", ok + "Content-Length: 0\r\n\r\n" + ok,
        .head("200", .none), .end([]), .fault(502)),
    ResponseRow(
        "two lengths", ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
        .fault(400)),
    ResponseRow(
        "a length beside a coding",
        ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .fault(400)),
    ResponseRow(
        "a coding in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        .fault(400)),
    ResponseRow(
        "a coding in 204",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", .fault(502)),
    ResponseRow("cut off in the head", "HTTP/1.1 200 OK\r\nA: b\r\n", ends: true, .fault(502)),
    ResponseRow(
        "cut off in the body", ok + "Content-Length: 3\r\n\r\nab", ends: true,
        .head("200", .length(3)), .data("ab"), .fault(502)),
    ResponseRow(
        "cut off in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\na", ends: true,
        .head("200", .chunked), .data("a"), .fault(502)),
    ResponseRow("no code", "HTTP/1.1 2x0 OK\r\n\r\n", .fault(502)),
    ResponseRow("a code beyond", "HTTP/1.1 999 OK\r\n\r\n", .fault(502)),
    ResponseRow("another version", "HTTP/2.0 200 OK\r\n\r\n", .fault(502)),
    ResponseRow("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", .fault(502)),
    ResponseRow("bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", .fault(400)),
    ResponseRow("a control character in the reason", "HTTP/1.1 200 O\u{1}K\r\n\r\n", .fault(502)),
    ResponseRow("an empty line before", "\r\n" + ok, .fault(400)),
]

@Suite struct ResponseParserTests {
    @Test(arguments: rows)
    func responsesAreReadAtEachCut(row: ResponseRow) {
        for pieces in cuts(Array(row.stream.utf8)) {
            let found = responses(pieces, to: row.methods, ends: row.ends)
            #expect(found == row.found, "\(pieces.count) pieces")
            if found != row.found { return }
        }
    }

    @Test func aSecondRequestWaitsForTheFirstAnswer() throws {
        var parser = ResponseParser()
        try parser.expect(.get)
        #expect(throws: HTTPFault.self) { try parser.expect(.get) }
    }

    @Test func theHeadTellsWhatItSays() throws {
        var parser = ResponseParser()
        try parser.expect(.get)
        let bytes = Array((ok + "Server: x\r\nContent-Length: 1\r\n\r\n").utf8)
        var place = 0
        #expect(try parser.step(bytes.span, &place) == .head)
        #expect(parser.head.response.status == .ok)
        #expect(parser.head.response.headerFields[.server] == "x")
        #expect(parser.head.keepsConnection)
        #expect(parser.head.contentLength == 1)
    }
}
