import FairleadWire

/// Ends a connection on which nothing has arrived for too long.
///
/// The peer's silence does not count while the protocol inside has paused reading. Put it around
/// policies that pause, such as `RateLimit`, not into them.
public final class IdleTimeout: ProtocolWrapper {
    private let limit: Duration
    private var timer: Timer?
    private var inside: Shown?

    /// - Parameter limit: how long the peer may be silent.
    public init(_ inner: any StreamProtocol, after limit: Duration) {
        self.limit = limit
        super.init(inner)
    }

    public override func connectionMade(on transport: any Transport) throws {
        let limit = limit
        timer = transport.reactor.after(limit) { [unowned transport] in
            transport.abort(.timedOut("nothing received for \(limit)"))
        }
        try super.connectionMade(on: shown(transport))
    }

    public override func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if let timer, timer.isPending { timer.reset(after: limit) }
        try super.received(bytes, on: shown(transport))
    }

    public override func readEnded(on transport: any Transport) throws {
        try super.readEnded(on: shown(transport))
    }

    public override func writeBlocked(on transport: any Transport) {
        super.writeBlocked(on: shown(transport))
    }

    public override func writeReady(on transport: any Transport) {
        super.writeReady(on: shown(transport))
    }

    public override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        super.connectionLost(reason, on: shown(transport))
        inside = nil
    }

    private func shown(_ transport: any Transport) -> Shown {
        if let inside { return inside }
        let made = Shown(transport, self)
        inside = made
        return made
    }

    /// The transport that the protocol inside sees: its pauses stop the clock.
    private final class Shown: TransportWrapper {
        private weak var policy: IdleTimeout?
        private var isPaused = false

        init(_ carrier: any Transport, _ policy: IdleTimeout) {
            self.policy = policy
            super.init(carrier)
        }

        override func pauseReading() {
            isPaused = true
            policy?.timer?.cancel()
            super.pauseReading()
        }

        override func resumeReading() {
            guard isPaused else { return }
            isPaused = false
            if let policy { policy.timer?.reset(after: policy.limit) }
            super.resumeReading()
        }
    }
}
