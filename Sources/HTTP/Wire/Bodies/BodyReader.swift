import FairleadWire

/// What a parser has found.
public enum ParserStep: Hashable, Sendable {
    /// All bytes are taken.
    case needsMore
    /// A head is complete.
    case head
    /// A piece of the body: where in the given bytes it lies.
    case data(Range<Int>)
    /// The message is complete.
    case end
}

/// Reads the body of a message, however it is framed.
struct BodyReader {
    private enum State {
        case length(Int)
        case untilClose
        case chunked
    }

    private var state = State.length(0)
    /// Made when it is needed: most bodies are none.
    private var chunks: ChunkReader?
    private(set) var trailers: HeadBlock?

    init() {}

    mutating func begin(_ framing: BodyFraming, _ limits: HTTPLimits) {
        trailers = nil
        chunks = nil
        switch framing {
        case .none: state = .length(0)
        case .length(let count): state = .length(count)
        case .untilClose: state = .untilClose
        case .chunked:
            state = .chunked
            chunks = ChunkReader(limits)
        }
    }

    /// Whether the end of input is the end of the body.
    var endsWithInput: Bool {
        if case .untilClose = state { return true }
        return false
    }

    /// The next piece, or the end; `place` moves on.
    mutating func step(_ bytes: Span<UInt8>, _ place: inout Int) throws(HTTPFault) -> ParserStep {
        switch state {
        case .length(0): return .end
        case .length(let left):
            guard place < bytes.count else { return .needsMore }
            let count = min(left, bytes.count - place)
            state = .length(left - count)
            place += count
            return .data(place - count..<place)
        case .untilClose:
            guard place < bytes.count else { return .needsMore }
            let range = place..<bytes.count
            place = bytes.count
            return .data(range)
        case .chunked:
            guard let step = try chunks?.step(bytes, &place) else { return .end }
            if step == .end {
                trailers = chunks?.trailers
                chunks = nil
            }
            return step
        }
    }
}
