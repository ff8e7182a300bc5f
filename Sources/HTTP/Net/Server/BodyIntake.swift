import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// How the reading of a request's body ended.
public enum BodyEnd: Sendable {
    /// All of it came; with the trailers of a chunked one.
    case complete(HTTPFields?)
    /// It is longer than its limit.
    case tooLong
    /// The peer broke a rule of HTTP.
    case broken(HTTPFault)
    /// The connection has gone.
    case abandoned
}

/// The body of a request on its way to the handler.
struct BodyIntake {
    private(set) var onData: ((Span<UInt8>) -> Void)?
    private var onEnd: ((BodyEnd) -> Void)?
    private(set) var limit = Int.max
    /// Bytes that have come.
    private(set) var received = 0
    /// The end, once there is one.
    private(set) var ending: BodyEnd?
    /// What came before anybody wanted it.
    private var early: [UInt8] = []
    var isPaused = false
    /// Whether what comes is dropped.
    var isDiscarded = false

    /// Whether bytes must wait.
    var isWaiting: Bool {
        !isDiscarded && (isPaused || onData == nil) && ending == nil && !early.isEmpty
    }
    /// Whether somebody reads, or nobody will.
    var isDecided: Bool { onData != nil || isDiscarded }

    mutating func begin(
        _ limit: Int, _ onData: @escaping (Span<UInt8>) -> Void,
        _ onEnd: @escaping (BodyEnd) -> Void
    ) {
        self.limit = limit
        self.onData = onData
        self.onEnd = onEnd
    }

    /// Takes a piece; gives what to call, or nil when it has to wait or is dropped.
    ///
    /// - Returns: false when the body is longer than its limit.
    mutating func take(_ bytes: Span<UInt8>) -> Bool {
        received += bytes.count
        if isDiscarded { return true }
        if received > limit { return false }
        early.append(copying: bytes)
        return true
    }

    /// Whether a piece may go straight to the handler.
    var isFlowing: Bool { onData != nil && !isPaused && early.isEmpty && !isDiscarded }

    mutating func count(_ bytes: Int) -> Bool {
        received += bytes
        return received <= limit
    }

    /// What waits, to be delivered by the caller.
    mutating func takeEarly() -> [UInt8] {
        let bytes = early
        early = []
        return bytes
    }

    /// Notes the end; whoever reads is told once everything before it is delivered.
    mutating func end(_ ending: BodyEnd) {
        if self.ending == nil { self.ending = ending }
        if case .complete = ending { return }
        early = []
    }

    /// Takes the call for the end, when it is time for it.
    mutating func takeEnd() -> (() -> Void)? {
        guard let ending, early.isEmpty, !isPaused || !ending.isComplete, let onEnd else {
            return nil
        }
        onData = nil
        self.onEnd = nil
        isDiscarded = true
        return { onEnd(ending) }
    }
}

extension BodyEnd {
    var isComplete: Bool {
        if case .complete = self { return true }
        return false
    }
}
