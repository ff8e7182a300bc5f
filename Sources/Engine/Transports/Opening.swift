import FairleadWire

/// Something that is being opened or connected to: tells its end exactly once, within a time limit,
/// can be called off, and is called off when the reactor stops.
///
/// Timers, look-ups and attempts hold it by their closures, and it holds them: at its end it lets
/// go of all, or none of them would ever be freed.
class Opening<Opened>: ConnectAttempt {
    final let reactor: Reactor
    /// What is opened, as the user wrote it.
    final let target: String
    private var finished: ((Result<Opened, ConnectError>) -> Void)?
    private var lookUp: (any LookUp)?
    private var limit: Timer?

    /// `finished` is called once.
    init(
        _ reactor: Reactor, _ target: String,
        _ finished: @escaping (Result<Opened, ConnectError>) -> Void
    ) {
        self.reactor = reactor
        self.target = target
        self.finished = finished
        reactor.underway.begin(self) { [unowned self] in cancel() }
    }

    /// Whether its end is still to come.
    final var isPending: Bool { finished != nil }

    /// What a kind of opening holds besides is let go of here.
    func letGo() {}

    final func limit(to timeout: Duration) {
        limit = reactor.after(timeout) { [self] in fail(.timedOut(after: timeout)) }
    }

    /// Looks a name up and goes on with its addresses.
    final func lookUp(
        _ host: String, _ port: UInt16, then: @escaping ([SocketAddress]) -> Void
    ) {
        do {
            lookUp = try reactor.resolver.resolve(host, port, on: reactor) { [self] result in
                switch result {
                case .success(let addresses): then(addresses)
                case .failure(let error): fail(.nameNotFound(error.message))
                }
            }
        } catch {
            failLater(.nameNotFound("the look-up could not start: \(error)"))
        }
    }

    final func cancel() { fail(.cancelled) }
    final func fail(_ cause: ConnectError.Cause) { finish(.failure(ConnectError(target, cause))) }

    /// Fails when the caller's own state is complete.
    final func failLater(_ cause: ConnectError.Cause) {
        reactor.later { [self] in fail(cause) }
    }

    final func finish(_ result: Result<Opened, ConnectError>) {
        guard let finished else { return }
        self.finished = nil
        reactor.underway.finished(self)
        lookUp?.cancel()
        lookUp = nil
        limit?.cancel()
        limit = nil
        letGo()
        finished(result)
    }
}
