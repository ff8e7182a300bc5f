// How fast a peer is. Looked at once a second and told by what has changed since: the data path
// only adds to three counters. A time-out is therefore up to one second late, and never early.
import FairleadHTTPWire
import FairleadWire

/// Whether a peer keeps the pace that the limits ask for.
struct Pace {
    enum State {
        /// A head is awaited, or under way.
        case head
        case body
        /// A request is being answered.
        case busy
        /// Between two requests.
        case idle
        /// We have closed, and wait for the peer to see it.
        case lingering
    }

    enum Verdict {
        case fine
        /// It was quiet for too long: no fault.
        case close
        case timedOut
    }

    var requests = 0
    var bytesIn = 0
    var bytesOut = 0

    private var state = State.busy
    private var seenRequests = -1
    private var since = 0
    private var bytesAtStart = 0
    /// The same for what the peer takes of our bytes.
    private var drainSince = 0
    private var sentAtStart = 0

    /// - Parameters:
    ///   - tick: seconds.
    ///   - queued: bytes that wait for the peer.
    mutating func judge(_ state: State, at tick: Int, queued: Int, _ limits: HTTPLimits) -> Verdict
    {
        if !drains(at: tick, queued, limits) { return .timedOut }
        if state != self.state || requests != seenRequests {
            self.state = state
            seenRequests = requests
            since = tick
            bytesAtStart = bytesIn
            return .fine
        }
        let age = tick - since
        switch state {
        case .busy: return .fine
        case .lingering: return age >= limits.lingering.wholeSeconds ? .timedOut : .fine
        case .idle: return age >= limits.idleTimeout.wholeSeconds ? .close : .fine
        case .head: return age >= limits.headTimeout.wholeSeconds ? .timedOut : .fine
        case .body:
            let grace = limits.rateGrace.wholeSeconds
            guard age >= grace else { return .fine }
            if bytesIn - bytesAtStart < limits.minimumRate * grace { return .timedOut }
            since = tick
            bytesAtStart = bytesIn
            return .fine
        }
    }

    private mutating func drains(at tick: Int, _ queued: Int, _ limits: HTTPLimits) -> Bool {
        let sent = bytesOut - queued
        let grace = limits.rateGrace.wholeSeconds
        if queued == 0 || tick - drainSince >= grace {
            let isTooSlow = queued > 0 && sent - sentAtStart < limits.minimumRate * grace
            drainSince = tick
            sentAtStart = sent
            return !isTooSlow
        }
        return true
    }
}

extension Duration {
    /// The whole seconds of a time limit, at least one.
    var wholeSeconds: Int {
        let (seconds, rest) = components
        return Int(clamping: max(rest > 0 ? seconds &+ 1 : seconds, 1))
    }
}
