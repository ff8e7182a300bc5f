// The head of a request as the server sees it. Everything that decides about the frame and the
// connection was read while parsing; all else (path, query, fields) is made on demand out of the
// bytes. `request` gives the type that Swift servers share.
import FairleadWire
import HTTPTypes

/// The head of a request.
public struct RequestHead: Hashable, Sendable {
    /// The form of the request's target (RFC 9112, 3.2).
    public enum TargetForm: Hashable, Sendable {
        /// `/path?query`.
        case origin
        /// `http://host/path?query`.
        case absolute
        /// `host:port`, of CONNECT.
        case authority
        /// `*`, of OPTIONS.
        case asterisk
    }

    /// The bytes and fields.
    public internal(set) var block = HeadBlock()
    public internal(set) var method = HTTPRequest.Method.get
    public internal(set) var form = TargetForm.origin
    /// Whether the client speaks HTTP/1.0 rather than 1.1.
    public internal(set) var isHTTP10 = false
    public internal(set) var framing = BodyFraming.none

    var targetRange = 0..<0
    /// Path without query, within the block.
    var pathRange = 0..<0
    var authorityRange = 0..<0
    var fields = FramingFields()

    init() {}

    /// Whether the client awaits `100 Continue` before it sends the body.
    public var expectsContinue: Bool { fields.expectsContinue && !isHTTP10 }
    /// Whether there is an expectation other than that: answered with 417.
    public var hasUnknownExpectation: Bool { fields.hasUnknownExpectation && !isHTTP10 }
    /// Whether the client lets the connection go on after this request.
    public var keepsConnection: Bool { fields.persists(isHTTP10: isHTTP10) }
    /// Whether there is a body.
    public var hasBody: Bool { framing != .none }
    /// The length of the body, where the head tells.
    public var contentLength: Int? { fields.length }
    /// The protocol that the client would rather speak, such as `websocket`; nil for none.
    public var upgrade: String? {
        fields.wantsUpgrade && !fields.upgrade.isEmpty && !isHTTP10
            ? block.text(fields.upgrade) : nil
    }

    /// The target as it came.
    public var target: String { block.text(targetRange) }
    /// The path as it came, still percent-encoded and without the query; `*` as it is.
    public var rawPath: String { block.text(pathRange) }
    /// What follows the `?`, still encoded; nil without one.
    public var rawQuery: String? {
        let end = pathRange.upperBound
        return end < targetRange.upperBound ? block.text(end + 1..<targetRange.upperBound) : nil
    }
    /// The host, with its port, that the request is meant for; empty in HTTP/1.0 without Host.
    public var authority: String { block.text(authorityRange) }

    /// Calls `body` with the bytes of the path as they came.
    public func withPathBytes<Answer>(_ body: (Span<UInt8>) -> Answer) -> Answer {
        body(block.bytes.span.extracting(pathRange.clamped(to: block.bytes.indices)))
    }

    /// The value of a field's first occurrence; nil where there is none.
    public subscript(name: HTTPField.Name) -> String? { block[name] }

    /// The request as the type that Swift servers share.
    public var request: HTTPRequest {
        HTTPRequest(
            method: method, scheme: method == .connect ? nil : "http",
            authority: authority.isEmpty ? nil : authority,
            path: method == .connect ? nil : pathAndQuery, headerFields: block.fields)
    }

    private var pathAndQuery: String {
        let text = block.text(pathRange.lowerBound..<targetRange.upperBound)
        return text.isEmpty ? "/" : text
    }
}
