// The server's reader of a connection: bytes in any cut to heads, bodies and ends. It is pulled:
// each call gives the next thing that was found, so that whoever drives it can stop between two
// requests (a pipeline has a bound) and go on later with the same bytes. After a fault nothing
// more is read, for nobody knows where the next request would begin. Nothing depends on the cut.
import FairleadWire
import HTTPTypes

/// Reads requests.
///
///     var place = 0
///     while true {
///         switch try parser.step(bytes, &place) {
///         case .needsMore: return
///         case .head: begin(parser.head)
///         case .data(let range): take(bytes.extracting(range))
///         case .end: finish(parser.trailers)
///         }
///     }
public struct RequestParser {
    private enum State {
        case head
        case body
        case failed(HTTPFault)
    }

    /// The head that was read last.
    public var head: RequestHead { lines.head }
    /// The trailers of the message that has just ended; nil unless it was chunked.
    public var trailers: HTTPFields? { body.trailers?.fields }
    /// The limits that hold from the next message on.
    public let limits: HTTPLimits

    private var state = State.head
    private var reader: HeadReader
    private var lines = RequestLines()
    private var body = BodyReader()

    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        reader = HeadReader(.request, limits)
    }

    /// Whether a request has begun and is not complete.
    public var isUnderway: Bool {
        switch state {
        case .head: reader.isUnderway
        case .body: true
        case .failed: false
        }
    }

    /// Whether the unfinished thing is a head.
    public var isReadingHead: Bool {
        if case .head = state { return true }
        return false
    }

    /// Finds the next thing at or after `place`, which moves on.
    ///
    /// - Throws: the fault of the peer, at this call and all that follow.
    public mutating func step(
        _ bytes: Span<UInt8>, _ place: inout Int
    ) throws(HTTPFault) -> ParserStep {
        do throws(HTTPFault) {
            switch state {
            case .head: return try readHead(bytes, &place)
            case .body:
                let step = try body.step(bytes, &place)
                if step == .end { state = .head }
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
        // The head's memory is used again, unless somebody has kept a copy.
        if !reader.isUnderway { swap(&lines.head.block, &reader.block) }
        guard try reader.read(bytes, &place, &lines) else { return .needsMore }
        swap(&lines.head.block, &reader.block)
        body.begin(lines.head.framing, limits)
        state = .body
        return .head
    }

    /// Gives the memory of the last head away, or takes some: one piece serves many connections.
    ///
    /// Does nothing in the middle of a head.
    public mutating func exchangeMemory(_ block: inout HeadBlock) {
        if !reader.isUnderway { swap(&lines.head.block, &block) }
    }
}
