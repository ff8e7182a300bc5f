// Connecting by name. The addresses race as RFC 8305 (Happy Eyeballs) has it: families alternate,
// the next attempt starts when the last has failed or after a quarter of a second, the first
// that stands wins and the others are closed. The race can be called off at any time, also
// while the name is still being looked up.
import FairleadWire
import Glibc

/// How a stream socket connects.
public struct ConnectOptions: Hashable, Sendable {
    /// How long everything together may take: look-up and all attempts.
    public var timeout: Duration = .seconds(30)
    /// Our own end, where it matters.
    public var bindAddress: SocketAddress?
    public var noDelay = true
    public var keepAlive = false
    /// Only addresses of this family.
    public var family: SocketFamily?
    /// The pause before the next address is tried beside the running attempts (RFC 8305, 5).
    public var attemptDelay: Duration = .milliseconds(250)

    public init() {}
}

extension Reactor {
    /// Connects to a host by name or address.
    ///
    /// - Parameter completion: called once, after `connectionMade`, or with the error.
    @discardableResult
    public func connectTCP(
        to host: String, port: UInt16, _ options: ConnectOptions = ConnectOptions(),
        _ factory: @escaping StreamFactory, completion: @escaping ConnectCompletion = { _ in }
    ) -> any ConnectAttempt {
        let race = AddressRace(self, "\(host):\(port)", options) { [self] result in
            let transport = result.map { TCPConnection(self, $0) as DescriptorStream }
            adopt(transport, "\(host):\(port)", factory, completion)
        }
        race.begin(host, port)
        return race
    }

    /// Starts a new connection's protocol and reports.
    func adopt(
        _ result: Result<DescriptorStream, ConnectError>, _ target: String,
        _ factory: StreamFactory, _ completion: ConnectCompletion
    ) {
        switch result {
        case .failure(let error): completion(.failure(error))
        case .success(let connection):
            guard let handler = factory(connection) else {
                connection.abort()
                return completion(.failure(ConnectError(target, .refusedByFactory)))
            }
            connection.start(handler)
            completion(.success(connection))
        }
    }
}

/// The race of connection attempts to the addresses of one name.
///
/// It is entered in the reactor's table, without a descriptor, so that it counts as something under
/// way and ends when the reactor stops, also while a name is still being looked up.
final class AddressRace: ConnectAttempt, DescriptorObserver {
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
    private var token = Token.none

    init(
        _ reactor: Reactor, _ target: String, _ options: ConnectOptions,
        _ finished: @escaping (Result<Int32, ConnectError>) -> Void
    ) {
        self.reactor = reactor
        self.target = target
        self.options = options
        self.finished = finished
        // Without interest no poller is asked, so nothing can fail.
        token = (try? reactor.register(-1, [], self)) ?? .none
    }

    var label: String { "connecting to \(target)" }
    func ready(_ readiness: Readiness, _ token: Token) {}
    func reactorStopped() { cancel() }

    /// Looks the name up, unless it is an address, and starts.
    func begin(_ host: String, _ port: UInt16) {
        limit = reactor.after(options.timeout) { [self] in
            finish(.failure(ConnectError(target, .timedOut(after: options.timeout))))
        }
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
        candidates = Self.alternating(
            addresses.filter { options.family == nil || $0.family == options.family })
        if candidates.isEmpty {
            let text = addresses.isEmpty ? "no address" : "no address of the wanted family"
            reactor.later { [self] in finish(.failure(ConnectError(target, .nameNotFound(text)))) }
            return
        }
        startNext()
    }

    func cancel() { finish(.failure(ConnectError(target, .cancelled))) }

    /// The addresses with the families taking turns, in the resolver's order otherwise (RFC 8305, 4).
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
        // The reactor stops: no further address is tried.
        if error.code == ECANCELED { return cancel() }
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
        reactor.unregister(token)
        lookUp?.cancel()
        delay?.cancel()
        limit?.cancel()
        // The timers' closures hold this race: let go of them.
        (lookUp, delay, limit) = (nil, nil, nil)
        for attempt in running { attempt.cancel() }
        running = []
        finished(result)
    }
}
