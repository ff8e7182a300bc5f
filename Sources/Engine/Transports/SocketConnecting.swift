import FairleadWire
import Glibc

/// One non-blocking connect(2) under way, to one address.
final class SocketConnecting: DescriptorObserver {
    private let reactor: Reactor
    private let address: SocketAddress
    private var finished: ((Result<Int32, SystemError>) -> Void)?
    private var descriptor: Int32 = -1
    private var token = Token.none
    private var retry: Timer?
    private var pause: Duration = .milliseconds(1)

    /// `finished` is called once, with an open descriptor that is then the caller's; never from
    /// inside `begin`.
    init(
        _ reactor: Reactor, _ address: SocketAddress,
        _ finished: @escaping (Result<Int32, SystemError>) -> Void
    ) {
        self.reactor = reactor
        self.address = address
        self.finished = finished
    }

    var label: String { "a connection attempt to \(address)" }

    func begin(_ options: ConnectOptions) {
        do {
            try open(options)
            try connect()
        } catch {
            // Later, so that the caller's own state is complete before it hears of it.
            reactor.later { [self] in finish(.failure(error)) }
        }
    }

    private func open(_ options: ConnectOptions) throws(SystemError) {
        descriptor = try reactor.kernel.socket(address.family, .stream).descriptor("socket")
        if address.family != .unix {
            _ = reactor.kernel.setOption(.noDelay, of: descriptor, to: options.noDelay ? 1 : 0)
            if let probes = options.keepAlive { try reactor.setKeepAlive(probes, of: descriptor) }
        }
        guard let source = options.bindAddress else { return }
        if source.port == 0 {
            // Where it is not known, the port is chosen at bind, from fewer.
            _ = reactor.kernel.setOption(.bindAddressOnly, of: descriptor, to: 1)
        } else if source.family != .unix {
            try reactor.set(.reuseAddress, of: descriptor, to: 1)
        }
        _ = try reactor.kernel.bind(descriptor, to: source).get("bind \(source)")
    }

    private func connect() throws(SystemError) {
        let result = uninterrupted { reactor.kernel.connect(descriptor, to: address) }
        switch result.code {
        case 0, EINPROGRESS, EALREADY, EISCONN:
            // A connection that stands at once is writable at once: one path for both.
            token = try reactor.register(descriptor, .writable, self)
        case EAGAIN where address.family == .unix: connectAgainLater()
        default: throw SystemError(result.code, "connect")
        }
    }

    /// The listener's queue is full. A UNIX socket does not wait for room: it is asked again.
    private func connectAgainLater() {
        retry = reactor.after(pause) { [self] in connectAgain() }
        pause = min(pause * 2, .milliseconds(100))
    }

    private func connectAgain() {
        do { try connect() } catch { finish(.failure(error)) }
    }

    func ready(_ readiness: Readiness, _ token: Token) {
        let result = reactor.kernel.option(.pendingError, of: descriptor)
        let code = result.isSuccess ? Int32(truncatingIfNeeded: result.rawValue) : result.code
        if code != 0 { return finish(.failure(SystemError(code, "connect"))) }
        if address.family != .unix {
            guard let peer = reactor.kernel.peerAddress(of: descriptor) else {
                // A spurious wake-up, unless the socket is as good as closed.
                if readiness.contains(.hangUp) {
                    finish(.failure(SystemError(ENOTCONN, "connect")))
                }
                return
            }
            // A port of this machine that nobody listens on may be chosen for our own end too:
            // then TCP connects the socket to itself.
            if peer == reactor.kernel.localAddress(of: descriptor) {
                return finish(.failure(SystemError(ECONNREFUSED, "connect")))
            }
        }
        reactor.unregister(token)
        let connected = descriptor
        descriptor = -1
        finish(.success(connected))
    }

    func reactorStopped() { finish(.failure(SystemError(ECANCELED, "connect"))) }

    /// Closes without a word.
    func cancel() {
        if descriptor >= 0 {
            reactor.unregister(token)
            reactor.kernel.close(descriptor)
            descriptor = -1
        }
        retry?.cancel()
        retry = nil
        finished = nil
    }

    private func finish(_ result: Result<Int32, SystemError>) {
        guard let finished else { return }
        cancel()
        finished(result)
    }
}
