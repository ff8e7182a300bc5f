// The client's reader of a connection. A response can only be read by whoever knows what was
// asked, so each is announced by `expect`; bytes that nobody waits for are a fault, for they would
// be taken for the answer to the next request (response splitting). Pulled like RequestParser.
import FairleadWire
import HTTPTypes

/// Reads responses, each to a request that was announced.
public struct ResponseParser {
    private enum State {
        case idle
        case head
        case body
        case failed(HTTPFault)
    }

    /// The head that was read last.
    public var head: ResponseHead { lines.head }
    /// The trailers of the message that has just ended; nil unless it was chunked.
    public var trailers: HTTPFields? { body.trailers?.fields }
    /// Whether no answer is awaited.
    public var isIdle: Bool {
        if case .idle = state { return true }
        return false
    }

    private let limits: HTTPLimits
    private var state = State.idle
    private var reader: HeadReader
    private var lines = ResponseLines()
    private var body = BodyReader()

    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        reader = HeadReader(.response, limits)
    }

    /// The next response answers a request with this method.
    ///
    /// - Throws: a local fault while another answer is awaited.
    public mutating func expect(_ method: HTTPRequest.Method) throws(HTTPFault) {
        guard case .idle = state else { throw .local("a request before the last was answered") }
        lines.method = method
        state = .head
    }

    /// Finds the next thing at or after `place`, which moves on; an interim head has no end.
    public mutating func step(
        _ bytes: Span<UInt8>, _ place: inout Int
    ) throws(HTTPFault) -> ParserStep {
        do throws(HTTPFault) {
            switch state {
            case .idle:
                if place < bytes.count { throw .remote(502, "a response that nobody asked for") }
                return .needsMore
            case .head: return try readHead(bytes, &place)
            case .body:
                let step = try body.step(bytes, &place)
                if step == .end { state = .idle }
                return step
            case .failed(let fault): throw fault
            }
        } catch {
            state = .failed(error)
            throw error
        }
    }

    private mutating func readHead(
        _ bytes: Span<UInt8>, _ place: inout Int
    ) throws(HTTPFault) -> ParserStep {
        if !reader.isUnderway { swap(&lines.head.block, &reader.block) }
        guard try reader.read(bytes, &place, &lines) else { return .needsMore }
        swap(&lines.head.block, &reader.block)
        if lines.head.isInterim { return .head }
        body.begin(lines.head.framing, limits)
        state = .body
        return .head
    }

    /// The peer sends no more: true when that is the ordinary end of a response.
    ///
    /// - Throws: a remote fault when a response is cut off.
    public mutating func inputEnded() throws(HTTPFault) -> Bool {
        switch state {
        case .idle: return false
        case .body where body.endsWithInput:
            state = .failed(.remote(502, "a response after the end"))
            return true
        case .head, .body:
            let fault = HTTPFault.remote(502, "a response that was cut off")
            state = .failed(fault)
            throw fault
        case .failed(let fault): throw fault
        }
    }
}
