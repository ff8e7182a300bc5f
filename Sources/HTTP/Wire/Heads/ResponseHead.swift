import FairleadWire
import HTTPTypes

/// The head of a response.
public struct ResponseHead: Hashable, Sendable {
    /// The bytes and fields.
    public internal(set) var block = HeadBlock()
    /// The status code, 100 to 599.
    public internal(set) var status = 0
    /// Whether the server speaks HTTP/1.0 rather than 1.1.
    public internal(set) var isHTTP10 = false
    public internal(set) var framing = BodyFraming.none

    var reason = 0..<0
    var fields = FramingFields()

    init() {}

    /// Whether another head follows: 100 Continue, 103 Early Hints.
    public var isInterim: Bool { status < 200 && status != 101 }
    /// Whether the connection can carry another request after this response.
    public var keepsConnection: Bool {
        fields.persists(isHTTP10: isHTTP10) && framing != .untilClose
    }
    /// The length of the body, where the head tells; after HEAD what it would have been.
    public var contentLength: Int? { fields.length }

    /// The value of a field's first occurrence; nil where there is none.
    public subscript(name: HTTPField.Name) -> String? { block[name] }

    /// The response as the type that Swift programs share.
    public var response: HTTPResponse {
        HTTPResponse(
            status: HTTPResponse.Status(code: status, reasonPhrase: block.text(reason)),
            headerFields: block.fields)
    }
}

/// Reads the lines of a response into its head.
struct ResponseLines: HeadLines {
    var head = ResponseHead()
    /// The method that is answered: it decides whether there can be a body.
    var method = HTTPRequest.Method.get

    mutating func startLine(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) {
        head = ResponseHead()
        let version = "HTTP/1.".utf8.span
        guard end - start >= 12, bytes.extracting(start..<start + 7).isEqual(to: version),
            bytes[start + 7] & 0xFE == UInt8(ascii: "0"), bytes[start + 8] == 0x20,
            end - start == 12 || bytes[start + 12] == 0x20
        else { throw .remote(502, "a status line is HTTP/1.1, a code and a reason") }
        head.isHTTP10 = bytes[start + 7] == UInt8(ascii: "0")
        for index in start + 9..<start + 12 {
            guard ByteClass.isDigit(bytes[index]) else {
                throw .remote(502, "a status code has three digits")
            }
            head.status = head.status * 10 + Int(bytes[index] & 15)
        }
        guard (100...599).contains(head.status) else {
            throw .remote(502, "a status code is from 100 to 599")
        }
        head.reason = min(start + 13, end)..<end
        for index in head.reason where !ByteClass.isValue(bytes[index]) {
            throw .remote(502, "a control character in a reason")
        }
    }

    mutating func field(
        _ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPFault) {
        try head.fields.note(bytes, name, value)
    }

    mutating func headEnded(_ bytes: Span<UInt8>) throws(HTTPFault) {
        let framing = try head.fields.responseFraming(isHTTP10: head.isHTTP10)
        let isBare = head.status < 200 || head.status == 204 || head.status == 304
        // A tunnel begins behind the head: what follows is no message.
        let isTunnel = method == .connect && head.status / 100 == 2
        if isTunnel { return }
        guard isBare || method == .head else {
            head.framing = framing == .length(0) ? .none : framing
            return
        }
        if head.status < 200 || head.status == 204, head.fields.hasCoding {
            throw .remote(502, "Transfer-Encoding in a response that has no body")
        }
    }
}
