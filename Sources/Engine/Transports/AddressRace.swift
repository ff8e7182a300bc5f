// Connecting by name. The addresses race as RFC 8305 (Happy Eyeballs) has it: families alternate,
// the next attempt starts when the last has failed or after a quarter of a second, the first
// that stands wins and the others are closed. The race can be called off at any time, also
// while the name is still being looked up. It knows addresses and attempts; it must never know
// what is made of the descriptor that wins.
import FairleadWire

/// The race of connection attempts to the addresses of one name.
final class AddressRace: ConnectAttempt {
    private let reactor: Reactor
    private let target: String
    private let options: ConnectOptions
    private var finished: ((Result<Int32, ConnectError>) -> Void)?
    private var candidates: [SocketAddress] = []
    private var running: [SocketConnecting] = []
    private var failures: [ConnectError.Failure] = []
    private var lookUp: (any LookUp)?
    private var delay: Timer?
    private var limit: Timer?

    init(
        _ reactor: Reactor, _ target: String, _ options: ConnectOptions,
        _ finished: @escaping (Result<Int32, ConnectError>) -> Void
    ) {
        self.reactor = reactor
        self.target = target
        self.options = options
        self.finished = finished
        reactor.underway.begin(self) { [unowned self] in cancel() }
        limit = reactor.after(options.timeout) { [self] in
            finish(.failure(ConnectError(target, .timedOut(after: options.timeout))))
        }
    }

    /// Looks the name up, unless it is an address, and starts.
    func begin(_ host: String, _ port: UInt16) {
        if let address = SocketAddress(literal: host, port: port) {
            return start([address])
        }
        do {
            lookUp = try reactor.resolver.resolve(host, port, on: reactor) { [self] result in
                switch result {
                case .success(let addresses): start(addresses)
                case .failure(let error):
                    finish(.failure(ConnectError(target, .nameNotFound(error.message))))
                }
            }
        } catch {
            let text = "the look-up could not start: \(error)"
            reactor.later { [self] in finish(.failure(ConnectError(target, .nameNotFound(text)))) }
        }
    }

    /// Starts with known addresses.
    func start(_ addresses: [SocketAddress]) {
        let family = options.family ?? options.bindAddress?.family
        candidates = Self.alternating(addresses.filter { family == nil || $0.family == family })
        if candidates.isEmpty {
            let text = addresses.isEmpty ? "no address" : "no address of the wanted family"
            reactor.later { [self] in finish(.failure(ConnectError(target, .nameNotFound(text)))) }
            return
        }
        startNext()
    }

    func cancel() { finish(.failure(ConnectError(target, .cancelled))) }

    /// The addresses with the families taking turns, in the resolver's order otherwise (RFC 8305).
    static func alternating(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first else { return [] }
        let leading = addresses.filter { $0.family == first.family }
        let others = addresses.filter { $0.family != first.family }
        var result: [SocketAddress] = []
        for index in 0..<max(leading.count, others.count) {
            if index < leading.count { result.append(leading[index]) }
            if index < others.count { result.append(others[index]) }
        }
        return result
    }

    private func startNext() {
        delay?.cancel()
        delay = nil
        guard !candidates.isEmpty, finished != nil else { return }
        let address = candidates.removeFirst()
        let attempt = SocketConnecting(reactor, address) { [self] result in
            switch result {
            case .success(let descriptor): finish(.success(descriptor))
            case .failure(let error): attemptFailed(address, error)
            }
        }
        running.append(attempt)
        attempt.begin(options)
        if !candidates.isEmpty {
            delay = reactor.after(options.attemptDelay) { [self] in startNext() }
        }
    }

    private func attemptFailed(_ address: SocketAddress, _ error: SystemError) {
        failures.append(ConnectError.Failure("\(address)", error))
        if !candidates.isEmpty {
            startNext()
        } else if failures.count == running.count {
            finish(.failure(ConnectError(target, .failed(failures))))
        }
    }

    private func finish(_ result: Result<Int32, ConnectError>) {
        guard let finished else {
            if case .success(let descriptor) = result { reactor.kernel.close(descriptor) }
            return
        }
        self.finished = nil
        reactor.underway.finished(self)
        // Timers and attempts hold this race by their closures, and it holds them: let go of all.
        lookUp?.cancel()
        lookUp = nil
        delay?.cancel()
        delay = nil
        limit?.cancel()
        limit = nil
        for attempt in running { attempt.cancel() }
        running = []
        candidates = []
        finished(result)
    }
}
