// Connecting by name. The addresses race as RFC 8305 (Happy Eyeballs) has it: families alternate,
// the next attempt starts when the last has failed or after a quarter of a second, the first
// that stands wins and the others are closed. The race can be called off at any time, also
// while the name is still being looked up. It knows addresses and attempts; it must never know
// what is made of the descriptor that wins.
import FairleadWire

/// The race of connection attempts to the addresses of one name.
final class AddressRace: Opening<Int32> {
    private let options: ConnectOptions
    private var candidates: [SocketAddress] = []
    private var running: [SocketConnecting] = []
    private var failures: [ConnectError.Failure] = []
    private var delay: Timer?

    init(
        _ reactor: Reactor, _ target: String, _ options: ConnectOptions,
        _ finished: @escaping (Result<Int32, ConnectError>) -> Void
    ) {
        self.options = options
        super.init(reactor, target, finished)
        limit(to: options.timeout)
    }

    /// Looks the name up, unless it is an address, and starts.
    func begin(_ host: String, _ port: UInt16) {
        if let address = SocketAddress(literal: host, port: port) {
            return start([address])
        }
        lookUp(host, port) { [self] in start($0) }
    }

    /// Starts with known addresses.
    func start(_ addresses: [SocketAddress]) {
        let family = options.family ?? options.bindAddress?.family
        candidates = Self.alternating(addresses.filter { family == nil || $0.family == family })
        if candidates.isEmpty {
            let text = addresses.isEmpty ? "no address" : "no address of the wanted family"
            return failLater(.nameNotFound(text))
        }
        startNext()
    }

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
        guard !candidates.isEmpty, isPending else { return }
        let address = candidates.removeFirst()
        let attempt = SocketConnecting(reactor, address) { [self] result in
            switch result {
            case .success(let descriptor) where isPending: finish(.success(descriptor))
            case .success(let descriptor): reactor.kernel.close(descriptor)
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
            fail(.failed(failures))
        }
    }

    override func letGo() {
        delay?.cancel()
        delay = nil
        for attempt in running { attempt.cancel() }
        running = []
        candidates = []
    }
}
