// The request parser by table (RequestRows.swift), each row whole, byte by byte and cut at each
// point, with equal results; its limits; and what a head tells. Identifiers such as H12 are those
// of ../shared/HOSTILE.md.
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

@Suite struct RequestParserTests {
    /// Whole, byte by byte, and cut at each point.
    private func expect(_ found: [Found], in stream: String, _ limits: HTTPLimits = HTTPLimits()) {
        for pieces in cuts(Array(stream.utf8)) {
            let result = requests(pieces, limits)
            if result != found {
                Issue.record("\(result) in \(pieces.map { String(decoding: $0, as: UTF8.self) })")
                return
            }
        }
    }

    @Test(arguments: goodRows)
    func goodRequestsAreRead(row: RequestRow) {
        expect(row.found, in: row.stream)
        #expect(requests([Array(row.stream.utf8)]) == row.found)
    }

    @Test(arguments: unfinishedRows)
    func unfinishedRequestsWait(row: RequestRow) {
        expect(row.found, in: row.stream)
        #expect(requests([Array(row.stream.utf8)]) == row.found)
    }

    /// MAL-URL-OVERLONG-UTF8, bytes that no text of Swift can hold.
    @Test(arguments: [[0xC0, 0xAF], [0xFF], [0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func aTargetIsASCII(bytes: [UInt8]) {
        let stream = Array("GET /".utf8) + bytes + Array(" HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        #expect(requests([stream]) == [.fault(400)])
        #expect(requests(stream.map { [$0] }) == [.fault(400)])
    }

    @Test(arguments: hostileRows)
    func hostileRequestsAreRefused(row: RequestRow) {
        expect(row.found, in: row.stream)
        #expect(requests([Array(row.stream.utf8)]) == row.found)
    }

    @Test(arguments: badLengths)
    func lengthsThatAreNoneAreRefused(length: String) {
        let stream = post("Content-Length: \(length)\r\n", "hello")
        expect([.fault(400)], in: stream)
        #expect(requests([Array(stream.utf8)]) == [.fault(400)])
    }

    @Test(arguments: badChunks)
    func chunkSizesThatAreNoneAreRefused(size: String) {
        let stream = chunked("\(size)\r\nhello\r\n0\r\n\r\n")
        let found: [Found] = [.head("POST /", .chunked), .fault(400)]
        expect(found, in: stream)
        #expect(requests([Array(stream.utf8)]) == found)
    }

    @Test(arguments: badTrailers)
    func trailersMayNotChangeTheFrame(trailer: String) {
        let stream = chunked("0\r\n\(trailer)\r\n\r\n")
        #expect(requests([Array(stream.utf8)]) == [.head("POST /", .chunked), .fault(400)])
    }

    /// H2, in both orders and all spellings.
    @Test(arguments: [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Content-Length:4", "Transfer-Encoding:chunked"),
        ("content-length: 4", "transfer-encoding: Chunked"),
        ("CONTENT-LENGTH: 4", "TRANSFER-ENCODING: CHUNKED"),
    ])
    func aLengthBesideACodingIsRefused(length: String, coding: String) {
        for fields in ["\(length)\r\n\(coding)\r\n", "\(coding)\r\n\(length)\r\n"] {
            expect([.fault(400)], in: post(fields, "0\r\n\r\n"))
            #expect(requests([Array(post(fields, "0\r\n\r\n").utf8)]) == [.fault(400)])
        }
    }

    @Test func nothingIsReadAfterAFault() {
        let stream = [Array("GET / HTTP/1.1\r\n\r\n".utf8), Array(get().utf8)]
        var parser = RequestParser()
        var place = 0
        for bytes in stream {
            place = 0
            #expect(throws: HTTPFault.self) {
                while try parser.step(bytes.span, &place) != .needsMore {}
            }
        }
        #expect(!parser.isUnderway)
    }

    @Test func limitsAreKeptAtEachCut() {
        var limits = HTTPLimits()
        limits.startLine = 40
        limits.head = 120
        limits.fields = 4
        let path = { (count: Int) in "/" + String(repeating: "a", count: count) }
        // 9 bytes of the method, the version and two spaces, and the slash.
        expect([.head("GET \(path(26))", .none), .end([])], in: get(target: path(26)), limits)
        expect([.fault(414)], in: get(target: path(27)), limits)
        expect([.fault(414)], in: get(target: path(300)), limits)
        expect([.fault(431)], in: get("A: \(path(200))\r\n"), limits)
        expect([.head("GET /", .none), .end([])], in: get("A:b\r\nC:d\r\nE:f\r\n"), limits)
        expect([.fault(431)], in: get("A:b\r\nC:d\r\nE:f\r\nG:h\r\n"), limits)
        #expect(requests([Array(get(target: path(27)).utf8)], limits) == [.fault(414)])
    }

    /// H12: as many fields as fit into no head.
    @Test func manyFieldsAreRefused() {
        let fields = (0..<2000).map { "a\($0 % 10): b\r\n" }.joined()
        let stream = get("Upgrade: websocket\r\nConnection: Upgrade\r\n" + fields)
        #expect(requests([Array(stream.utf8)]) == [.fault(431)])
    }

    /// H13: a sender must not make us read four thousand bytes for each of his.
    @Test func extensionsAreBoundedInSum() {
        let chunk = "1;\(String(repeating: "a", count: 4096))\r\nx\r\n"
        let stream = chunked(String(repeating: chunk, count: 100))
        let found = requests([Array(stream.utf8)])
        #expect(found == [.head("POST /", .chunked), .data("xxx"), .fault(400)])
    }

    @Test func trailersAreBounded() {
        let stream = chunked("0\r\na: \(String(repeating: "b", count: 9000))\r\n\r\n")
        #expect(requests([Array(stream.utf8)]).last == .fault(431))
    }

    /// H17: offsets have 16 bits.
    @Test func aTargetBeyondSixteenBitsIsRefused() {
        var limits = HTTPLimits()
        limits.startLine = .max
        limits.head = .max
        let long = "/" + String(repeating: "a", count: 70_000)
        #expect(requests([Array(get(target: long).utf8)], limits) == [.fault(414)])
        let zeros = String(repeating: "0", count: 65_000)
        let spoof = "GET http://good:\(zeros)80@evil/ HTTP/1.1\r\nHost: evil\r\n\r\n"
        #expect(requests([Array(spoof.utf8)], limits) == [.fault(400)])
    }

    @Test func theHeadTellsWhatItSays() throws {
        var parser = RequestParser()
        let stream = Array(
            ("POST /a%20b/c?d=e HTTP/1.1\r\nHost: Example.org:8080\r\nAccept: one\r\n"
                + "accept: two\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
                + "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n").utf8)
        var place = 0
        #expect(try parser.step(stream.span, &place) == .head)
        let head = parser.head
        #expect(head.method == .post)
        #expect(head.rawPath == "/a%20b/c")
        #expect(head.rawQuery == "d=e")
        #expect(head.authority == "Example.org:8080")
        #expect(head[.accept] == "one")
        #expect(head.block.values(of: .accept) == ["one", "two"])
        #expect(head.expectsContinue)
        #expect(head.upgrade == "websocket")
        #expect(head.contentLength == 3)
        #expect(head.keepsConnection)
        let request = head.request
        #expect(request.path == "/a%20b/c?d=e")
        #expect(request.authority == "Example.org:8080")
        #expect(request.headerFields.count == 7)
        #expect(request.headerFields[values: .accept] == ["one", "two"])
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
        ("HTTP/1.1", "Connection: foo, CLOSE\r\n", false), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: keep-alive\r\n", true),
        ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
        ("HTTP/1.1", "Connection: closed\r\n", true),
    ])
    func theConnectionGoesOnAsAgreed(version: String, fields: String, goesOn: Bool) throws {
        var parser = RequestParser()
        let stream = Array("GET / \(version)\r\nHost: x\r\n\(fields)\r\n".utf8)
        var place = 0
        #expect(try parser.step(stream.span, &place) == .head)
        #expect(parser.head.keepsConnection == goesOn)
    }

    @Test func memoryIsLentAndUsedAgain() throws {
        var parser = RequestParser()
        var spare = HeadBlock()
        for _ in 0..<3 {
            parser.exchangeMemory(&spare)
            var place = 0
            let stream = Array(get("A: b\r\n").utf8)
            #expect(try parser.step(stream.span, &place) == .head)
            #expect(parser.head.block.count == 2)
            #expect(try parser.step(stream.span, &place) == .end)
            parser.exchangeMemory(&spare)
            #expect(spare.memory > 0)
        }
    }
}
