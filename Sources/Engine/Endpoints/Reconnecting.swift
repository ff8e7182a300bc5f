import FairleadWire

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
    /// The number of this start, nil while stopped: what belongs to an earlier one is ignored.
    private var run: Int?
    private var runs = 0
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
        guard run == nil else { return }
        runs += 1
        run = runs
        failures = 0
        tryNow(runs)
    }

    /// Stops trying and closes the connection. A reactor that stops does this too.
    public func stop() {
        run = nil
        timer?.cancel()
        timer = nil
        let (attempt, transport) = (attempt, transport)
        self.attempt = nil
        self.transport = nil
        since = nil
        attempt?.cancel()
        transport?.close()
    }

    private func tryNow(_ number: Int) {
        timer = nil
        beforeAttempt?(failures + 1)
        guard run == number else { return }
        var isFinished = false
        let made = endpoint.connect(on: reactor) { [self] transport in
            guard run == number, let inner = factory(transport) else { return nil }
            return Watch(inner) { [self] reason in lost(reason, number) }
        } completion: { [self] result in
            isFinished = true
            finished(result, number)
        }
        // Some endpoints are through at once.
        if isFinished { return }
        if run == number { attempt = made } else { made.cancel() }
    }

    private func finished(_ result: Result<any Transport, ConnectError>, _ number: Int) {
        guard run == number else {
            if case .success(let transport) = result { transport.close() }
            return
        }
        attempt = nil
        switch result {
        case .success(let transport):
            self.transport = transport
            since = reactor.now
        case .failure(let error): retry(error, number)
        }
    }

    private func lost(_ reason: Disconnect, _ number: Int) {
        guard run == number else { return }
        if let since, reactor.now.since(since) >= backOff.initial { failures = 0 }
        transport = nil
        since = nil
        retry(reason, number)
    }

    private func retry(_ reason: any Error, _ number: Int) {
        if reactor.lifecycle.state == .stopping { return stop() }
        failures += 1
        let pause = backOff.pause(after: failures, &reactor.random)
        failed?(reason, pause)
        guard run == number else { return }
        timer = reactor.after(pause) { [self] in tryNow(number) }
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
