// What leaves. The property that matters (H7, H8): whatever text reaches a field, a target, a
// method or a reason, either the writer refuses, or the wire has exactly the planned lines. The
// rest is how each message is framed.
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

@Suite struct WriterTests {
    private let date = HTTPDate(seconds: 784_111_777).bytes

    private func response(
        _ response: HTTPResponse, to request: AnsweredRequest = AnsweredRequest(method: .get),
        length: Int? = nil, body: [String] = [], trailers: HTTPFields? = nil
    ) throws -> String {
        var writer = ResponseWriter()
        var out: [UInt8] = []
        try writer.begin(response, to: request, length: length, date: date, into: &out)
        for piece in body { try writer.write(Array(piece.utf8).span, into: &out) }
        try writer.end(trailers, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test func aResponseOfKnownLength() throws {
        let text = try response(
            HTTPResponse(status: .ok, headerFields: [.contentType: "text/plain"]), length: 5,
            body: ["hel", "lo"])
        #expect(
            text == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT"
                + "\r\nContent-Type: text/plain\r\n\r\nhello")
    }

    @Test func aResponseOfUnknownLengthGoesInChunks() throws {
        let text = try response(
            HTTPResponse(status: .ok), body: ["hello", "", " you"],
            trailers: [HTTPField.Name("X-Sum") ?? .age: "1"])
        #expect(text.hasSuffix("\r\n\r\n5\r\nhello\r\n4\r\n you\r\n0\r\nX-Sum: 1\r\n\r\n"))
        #expect(text.contains("Transfer-Encoding: chunked\r\n"))
    }

    @Test func anOldClientGetsItUntilTheEnd() throws {
        let old = AnsweredRequest(method: .get, isHTTP10: true)
        let text = try response(HTTPResponse(status: .ok), to: old, body: ["hello"])
        #expect(text.contains("Connection: close\r\n") && text.hasSuffix("\r\n\r\nhello"))
        let kept = try response(HTTPResponse(status: .ok), to: old, length: 1, body: ["a"])
        #expect(kept.contains("Connection: keep-alive\r\n"))
    }

    @Test(arguments: [(HTTPRequest.Method.head, 200), (.get, 304), (.get, 204)])
    func someResponsesHaveNoBody(method: HTTPRequest.Method, status: Int) throws {
        let text = try response(
            HTTPResponse(status: .init(reasoned: status)), to: AnsweredRequest(method: method),
            length: status == 204 ? nil : 5, body: ["hello"])
        #expect(text.hasSuffix("\r\n\r\n"))
        #expect(text.contains("Content-Length: 5") == (status == 200))
        #expect(!text.contains("chunked"))
    }

    @Test func whatBreaksARuleIsRefusedAndNotWritten() throws {
        var out: [UInt8] = []
        var writer = ResponseWriter()
        let request = AnsweredRequest(method: .get)
        for response in [
            HTTPResponse(status: .ok, headerFields: [.contentLength: "5"]),
            HTTPResponse(status: .ok, headerFields: [.transferEncoding: "chunked"]),
            HTTPResponse(status: .ok, headerFields: [.connection: "close"]),
            HTTPResponse(status: .continue),
        ] {
            #expect(throws: HTTPFault.self) {
                try writer.begin(response, to: request, length: 1, date: [], into: &out)
            }
        }
        #expect(out.isEmpty)
        try writer.begin(
            HTTPResponse(status: .ok), to: request, length: 1, date: [], into: &out)
        let head = out.count
        #expect(throws: HTTPFault.self) { try writer.end(into: &out) }
        #expect(throws: HTTPFault.self) { try writer.write(Array("ab".utf8).span, into: &out) }
        #expect(throws: HTTPFault.self) {
            try writer.begin(
                HTTPResponse(status: .ok), to: request, length: 1, date: [], into: &out)
        }
        #expect(out.count == head)
        try writer.write(Array("a".utf8).span, into: &out)
        try writer.end(into: &out)
        #expect(!writer.isUnderway)
    }

    @Test func aRequest() throws {
        var writer = RequestWriter()
        var out: [UInt8] = []
        let request = HTTPRequest(
            method: .post, scheme: "http", authority: "example.org:8080", path: "/a?b",
            headerFields: [.accept: "*/*"])
        try writer.begin(request, length: nil, hasBody: true, into: &out)
        try writer.write(Array("hello".utf8).span, into: &out)
        try writer.end(into: &out)
        #expect(
            String(decoding: out, as: UTF8.self)
                == "POST /a?b HTTP/1.1\r\nHost: example.org:8080\r\nAccept: */*\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
    }

    /// H8: a client that is given a line end, or anything else that is no target, throws.
    @Test(arguments: ["/\r\nHost: evil", "/ HTTP/1.1", "", "evil", "/\u{e9}", "/a\0b"])
    func aTargetIsOneWord(path: String) {
        var writer = RequestWriter()
        var out: [UInt8] = []
        let request = HTTPRequest(method: .get, scheme: "http", authority: "x", path: path)
        #expect(throws: HTTPFault.self, "\(path.debugDescription)") {
            try writer.begin(request, length: nil, hasBody: false, into: &out)
        }
        #expect(out.isEmpty, "\(String(decoding: out, as: UTF8.self).debugDescription)")
        #expect(HTTPRequest.Method("GET\r\nX: y") == nil)
    }
}

extension [UInt8] {
    func containsText(_ text: String) -> Bool {
        String(decoding: self, as: UTF8.self).contains(text)
    }
}
