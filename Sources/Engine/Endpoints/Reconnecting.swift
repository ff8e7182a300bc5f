import FairleadWire

/// How long to wait before the next attempt.
public struct BackOff: Hashable, Sendable {
    /// The first pause.
    public var initial: Duration
    /// No pause is longer.
    public var maximum: Duration
    /// Each pause is this much longer than the last.
    public var factor: Double
    /// A pause varies by this share of itself, so that many clients do not come back at once.
    public var jitter: Double

    public init(
        initial: Duration = .milliseconds(100), maximum: Duration = .seconds(30),
        factor: Double = 2, jitter: Double = 0.2
    ) {
        self.initial = max(initial, .milliseconds(1))
        self.maximum = max(maximum, self.initial)
        self.factor = max(factor, 1)
        self.jitter = min(max(jitter, 0), 1)
    }

    /// The pause after `failures` failures in a row (from 1), before jitter.
    public func pause(after failures: Int) -> Duration {
        var pause = initial
        for _ in 1..<max(failures, 1) {
            pause = min(pause * factor, maximum)
            if pause == maximum { break }
        }
        return pause
    }

    /// The pause with jitter.
    func pause(after failures: Int, _ random: inout any RandomNumberGenerator) -> Duration {
        let base = pause(after: failures)
        let unit = Double(random.next() >> 11) / Double(1 << 53)
        return base * (1 + jitter * (2 * unit - 1))
    }
}

/// Keeps one connection to a client endpoint, of any kind, serial devices included.
///
/// After a failed attempt or a lost connection it tries again, with a growing pause; a connection
/// that stood for as long as the first pause makes the pauses short again.
public final class Reconnecting {
    /// Called before each attempt with its number since the last success, from 1.
    public var beforeAttempt: ((Int) -> Void)?
    /// Called after each failure with its reason and the pause that follows.
    public var failed: ((any Error, Duration) -> Void)?
    /// Whether a connection stands.
    public var isConnected: Bool { transport != nil }

    private let reactor: Reactor
    private let endpoint: any ClientEndpoint
    private let backOff: BackOff
    private let factory: StreamFactory
    private var failures = 0
    private var since: Instant?
    private var isStopped = true
    /// Changes at each stop: what belongs to an earlier era is not ours any more.
    private var era = 0
    private var attempt: (any ConnectAttempt)?
    private var timer: Timer?
    private weak var transport: (any Transport)?

    public init(
        _ endpoint: any ClientEndpoint, on reactor: Reactor, _ backOff: BackOff = BackOff(),
        _ factory: @escaping StreamFactory
    ) {
        self.endpoint = endpoint
        self.reactor = reactor
        self.backOff = backOff
        self.factory = factory
    }

    /// Starts trying; does nothing when started already.
    public func start() {
        guard isStopped else { return }
        isStopped = false
        failures = 0
        tryNow()
    }

    /// Stops trying and closes the connection.
    public func stop() {
        isStopped = true
        era += 1
        timer?.cancel()
        timer = nil
        attempt?.cancel()
        attempt = nil
        transport?.close()
        transport = nil
        since = nil
    }

    private func tryNow() {
        timer = nil
        if isStopped { return }
        let era = era
        var isThrough = false
        beforeAttempt?(failures + 1)
        // The hook may have stopped us.
        if era != self.era { return }
        let attempt = endpoint.connect(on: reactor) { [self] transport in
            guard era == self.era, let inner = factory(transport) else { return nil }
            return Watch(inner) { [self] reason in lost(reason, era) }
        } completion: { [self] result in
            isThrough = true
            finished(result, era)
        }
        if !isThrough, era == self.era { self.attempt = attempt }
    }

    private func finished(_ result: Result<any Transport, ConnectError>, _ era: Int) {
        switch result {
        case .success(let transport):
            // Its own `connectionMade` may have stopped us.
            if era != self.era { return transport.close() }
            attempt = nil
            self.transport = transport
            since = reactor.now
        case .failure(let error):
            if era != self.era { return }
            attempt = nil
            retry(error)
        }
    }

    private func lost(_ reason: Disconnect, _ era: Int) {
        if era != self.era { return }
        if let since, reactor.now.since(since) >= backOff.initial { failures = 0 }
        transport = nil
        since = nil
        retry(reason)
    }

    private func retry(_ reason: any Error) {
        if isStopped { return }
        failures += 1
        let pause = backOff.pause(after: failures, &reactor.random)
        failed?(reason, pause)
        timer = reactor.after(pause) { [self] in tryNow() }
    }

    /// Tells when the connection ends.
    private final class Watch: ProtocolWrapper {
        private let ended: (Disconnect) -> Void

        init(_ inner: any StreamProtocol, _ ended: @escaping (Disconnect) -> Void) {
            self.ended = ended
            super.init(inner)
        }

        override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            super.connectionLost(reason, on: transport)
            ended(reason)
        }
    }
}
