// The server's writer of a connection: heads, bodies and ends to bytes, in the order of the
// protocol. It owns the frame: Content-Length, Transfer-Encoding and Connection come from what
// the message is, never from whoever writes it, so that the two cannot contradict each other.
// What breaks a rule is refused whole, with a local fault and not one byte written.
import FairleadWire
import HTTPTypes

/// What the writer must know of the request that is answered.
public struct AnsweredRequest: Hashable, Sendable {
    public var method: HTTPRequest.Method
    public var isHTTP10: Bool
    /// Whether the connection goes on afterwards.
    public var keepsConnection: Bool

    public init(method: HTTPRequest.Method, isHTTP10: Bool = false, keepsConnection: Bool = true) {
        self.method = method
        self.isHTTP10 = isHTTP10
        self.keepsConnection = keepsConnection
    }

    public init(_ head: RequestHead) {
        method = head.method
        isHTTP10 = head.isHTTP10
        keepsConnection = head.keepsConnection
    }
}

/// Writes responses.
public struct ResponseWriter {
    private var body = BodyWriter.idle
    /// Whether the message that was begun can only end with the connection.
    public private(set) var mustClose = false

    public init() {}

    /// Bytes as one chunk, for payloads that go to many; nothing for no bytes.
    public static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.isEmpty { return [] }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 16)
        out.append(hexadecimal: bytes.count)
        out.append(text: "\r\n")
        out += bytes
        out.append(text: "\r\n")
        return out
    }

    /// Whether the message under way goes in chunks.
    public var isChunked: Bool { body == .chunked }
    /// Whether a message has begun and is not complete.
    public var isUnderway: Bool { body != .idle }
    /// Whether the message is one whose body is not sent: HEAD, 204, 304.
    public var suppressesBody: Bool { body == .suppressed }

    /// Writes a head.
    ///
    /// - Parameters:
    ///   - length: bytes of the body; nil when it is not known.
    ///   - date: the value of the Date field, as `HTTPDate` gives it; empty for none.
    /// - Throws: a local fault; nothing is written then.
    public mutating func begin(
        _ response: HTTPResponse, to request: AnsweredRequest, length: Int?, date: [UInt8],
        into out: inout [UInt8]
    ) throws(HTTPFault) {
        guard body == .idle else { throw .local("a response before the last was complete") }
        let status = response.status
        guard status.code >= 200, status.code <= 599 else {
            throw .local("a final status code is from 200 to 599")
        }
        let mark = out.count
        do throws(HTTPFault) {
            try appendStatusLine(status, to: &out)
            try appendFrame(status.code, request, length, &out)
            appendConnection(request, response, to: &out)
            if !date.isEmpty {
                out.append(text: "Date: ")
                out.append(contentsOf: date)
                out.append(text: "\r\n")
            }
            try FieldWriter.append(response.headerFields, except: Self.owned, to: &out)
            out.append(text: "\r\n")
        } catch {
            out.removeLast(out.count - mark)
            body = .idle
            throw error
        }
    }

    private static let owned: [HTTPField.Name] = [.contentLength, .transferEncoding, .connection]

    private func appendStatusLine(
        _ status: HTTPResponse.Status, to out: inout [UInt8]
    ) throws(HTTPFault) {
        // Most answers are this one.
        if status.code == 200 { return out.append(text: "HTTP/1.1 200 OK\r\n") }
        out.append(text: "HTTP/1.1 ")
        out.append(decimal: status.code)
        out.append(0x20)
        try FieldWriter.appendValue(status.reasonPhrase, to: &out)
        out.append(text: "\r\n")
    }

    /// Decides how the body ends, and says so.
    private mutating func appendFrame(
        _ code: Int, _ request: AnsweredRequest, _ length: Int?, _ out: inout [UInt8]
    ) throws(HTTPFault) {
        mustClose = !request.keepsConnection
        if code == 204 || code == 304 {
            if code == 204, let length, length > 0 { throw .local("204 has no body") }
            body = .suppressed
        } else if let length {
            guard length >= 0 else { throw .local("a negative length") }
            out.append(text: "Content-Length: ")
            out.append(decimal: length)
            out.append(text: "\r\n")
            body = .length(length)
        } else if request.isHTTP10 {
            mustClose = true
            body = .untilClose
        } else {
            out.append(text: "Transfer-Encoding: chunked\r\n")
            body = .chunked
        }
        if request.method == .head { body = .suppressed }
    }

    private func appendConnection(
        _ request: AnsweredRequest, _ response: HTTPResponse, to out: inout [UInt8]
    ) {
        // Upgrade is a matter of this connection, and says so (RFC 9110, 7.8).
        let upgrade = response.headerFields.contains(.upgrade)
        if mustClose {
            out.append(text: upgrade ? "Connection: close, Upgrade\r\n" : "Connection: close\r\n")
        } else if request.isHTTP10 {
            out.append(text: "Connection: keep-alive\r\n")
        } else if upgrade {
            out.append(text: "Connection: Upgrade\r\n")
        }
    }

    /// Writes an interim response, such as 100 Continue.
    public func interim(
        _ response: HTTPResponse, into out: inout [UInt8]
    ) throws(HTTPFault) {
        guard body == .idle, (100...199).contains(response.status.code),
            response.status.code != 101
        else { throw .local("an interim response is of 100 to 199 and comes before the final") }
        try appendBare(response, &out)
    }

    /// Writes 101 Switching Protocols: what follows is another protocol.
    public mutating func switchProtocols(
        to name: String, _ fields: HTTPFields, into out: inout [UInt8]
    ) throws(HTTPFault) {
        guard body == .idle else { throw .local("an upgrade in the middle of a response") }
        var response = HTTPResponse(status: .switchingProtocols, headerFields: fields)
        response.headerFields[.upgrade] = name
        response.headerFields[.connection] = "Upgrade"
        try appendBare(response, &out)
    }

    private func appendBare(
        _ response: HTTPResponse, _ out: inout [UInt8]
    ) throws(HTTPFault) {
        let mark = out.count
        do throws(HTTPFault) {
            try appendStatusLine(response.status, to: &out)
            try FieldWriter.append(
                response.headerFields, except: [.contentLength, .transferEncoding], to: &out)
            out.append(text: "\r\n")
        } catch {
            out.removeLast(out.count - mark)
            throw error
        }
    }

    /// Writes a piece of the body.
    public mutating func write(
        _ bytes: Span<UInt8>, into out: inout [UInt8]
    ) throws(HTTPFault) {
        try body.write(bytes, to: &out)
    }

    /// Counts bytes of the body that somebody else writes as they are, right after `begin`.
    public mutating func passed(_ count: Int) throws(HTTPFault) {
        guard case .length(let left) = body, count <= left else {
            throw .local("only a body of known length can be written by others")
        }
        body = .length(left - count)
    }

    /// Ends the message.
    ///
    /// - Parameter trailers: for chunked bodies; dropped where there is no place for them.
    public mutating func end(
        _ trailers: HTTPFields? = nil, into out: inout [UInt8]
    ) throws(HTTPFault) {
        try body.end(trailers, to: &out)
    }
}
