// The client's writer of a connection. As on the other side, the frame is its own business, and
// what could be read as more lines than were planned is refused before a byte is written: a
// method is a token, a target is visible ASCII, a Host is one.
import FairleadWire
import HTTPTypes

/// Writes requests.
public struct RequestWriter {
    private var body = BodyWriter.idle

    public init() {}

    /// Whether a message has begun and is not complete.
    public var isUnderway: Bool { body != .idle }

    /// Writes a head.
    ///
    /// - Parameters:
    ///   - length: bytes of the body; nil for one of unknown length, which goes in chunks.
    ///   - hasBody: whether there is one at all.
    /// - Throws: a local fault; nothing is written then.
    public mutating func begin(
        _ request: HTTPRequest, length: Int?, hasBody: Bool, into out: inout [UInt8]
    ) throws(HTTPFault) {
        guard body == .idle else { throw .local("a request before the last was complete") }
        let mark = out.count
        do throws(HTTPFault) {
            try appendRequestLine(request, to: &out)
            try appendHost(request, to: &out)
            try FieldWriter.append(request.headerFields, except: Self.owned, to: &out)
            try appendFrame(request, length, hasBody, &out)
            out.append(text: "\r\n")
        } catch {
            out.removeLast(out.count - mark)
            body = .idle
            throw error
        }
    }

    private static let owned: [HTTPField.Name] = [.contentLength, .transferEncoding, .hostName]

    private func appendRequestLine(
        _ request: HTTPRequest, to out: inout [UInt8]
    ) throws(HTTPFault) {
        let method = request.method.rawValue.utf8.span
        guard method.isToken(0, method.count) else { throw .local("a method is a token") }
        let isTunnel = request.method == .connect
        let target = (isTunnel ? request.authority : request.path) ?? ""
        let bytes = target.utf8.span
        for index in bytes.indices where bytes[index] <= 0x20 || bytes[index] >= 0x7F {
            throw .local("a target is visible ASCII")
        }
        let isPath = bytes.count > 0 && bytes[0] == UInt8(ascii: "/")
        guard isPath || isTunnel || request.method == .options && target == "*" else {
            throw .local("a target begins with /")
        }
        out.append(copying: method)
        out.append(0x20)
        out.append(copying: bytes)
        out.append(text: " HTTP/1.1\r\n")
    }

    private func appendHost(_ request: HTTPRequest, to out: inout [UInt8]) throws(HTTPFault) {
        let host = (request.authority ?? "").utf8.span
        guard host.count > 0, Authority.isValid(host, 0, host.count) else {
            throw .local("a request has a host")
        }
        out.append(text: "Host: ")
        out.append(copying: host)
        out.append(text: "\r\n")
    }

    private mutating func appendFrame(
        _ request: HTTPRequest, _ length: Int?, _ hasBody: Bool, _ out: inout [UInt8]
    ) throws(HTTPFault) {
        guard hasBody else {
            body = .suppressed
            // These are understood to have a body: its absence is said.
            if [.post, .put, .patch].contains(request.method) {
                out.append(text: "Content-Length: 0\r\n")
            }
            return
        }
        if let length {
            guard length >= 0 else { throw .local("a negative length") }
            out.append(text: "Content-Length: ")
            out.append(decimal: length)
            out.append(text: "\r\n")
            body = .length(length)
        } else {
            out.append(text: "Transfer-Encoding: chunked\r\n")
            body = .chunked
        }
    }

    /// Writes a piece of the body.
    public mutating func write(
        _ bytes: Span<UInt8>, into out: inout [UInt8]
    ) throws(HTTPFault) {
        if body == .suppressed, !bytes.isEmpty { throw .local("a body that was not announced") }
        try body.write(bytes, to: &out)
    }

    /// Ends the message.
    public mutating func end(
        _ trailers: HTTPFields? = nil, into out: inout [UInt8]
    ) throws(HTTPFault) {
        try body.end(trailers, to: &out)
    }
}

extension HTTPField.Name {
    /// Host, which the shared types leave out because they have the authority for it.
    static let hostName = HTTPField.Name("Host") ?? .referer
}
