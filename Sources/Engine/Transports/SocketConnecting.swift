import FairleadWire
import Glibc

/// One non-blocking connect(2) under way, to one address.
final class SocketConnecting: DescriptorObserver {
    private let reactor: Reactor
    private let address: SocketAddress
    private let finished: (Result<Int32, SystemError>) -> Void
    private var descriptor: Int32 = -1
    private var token = Token.none

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
        } catch {
            // Later, so that the caller's own state is complete before it hears of it.
            reactor.later { [self] in finish(.failure(error)) }
        }
    }

    private func open(_ options: ConnectOptions) throws(SystemError) {
        descriptor = try reactor.kernel.socket(address.family, .stream).descriptor("socket")
        if address.family != .unix {
            _ = reactor.kernel.setOption(.noDelay, of: descriptor, to: options.noDelay ? 1 : 0)
            if options.keepAlive { try reactor.set(.keepAlive, of: descriptor, to: 1) }
        }
        if let source = options.bindAddress {
            _ = try reactor.kernel.bind(descriptor, to: source).get("bind \(source)")
        }
        let result = uninterrupted { reactor.kernel.connect(descriptor, to: address) }
        if !result.isSuccess, result.code != EINPROGRESS {
            throw SystemError(result.code, "connect")
        }
        // A connection that stands at once is writable at once: one path for both.
        token = try reactor.register(descriptor, .writable, self)
    }

    func ready(_ readiness: Readiness, _ token: Token) {
        let result = reactor.kernel.option(.pendingError, of: descriptor)
        let code = result.isSuccess ? Int32(truncatingIfNeeded: result.rawValue) : result.code
        if code != 0 { return finish(.failure(SystemError(code, "connect"))) }
        // A spurious wake-up: no error, but no peer either.
        if address.family != .unix, reactor.kernel.peerAddress(of: descriptor) == nil { return }
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
        isFinished = true
    }

    private var isFinished = false

    private func finish(_ result: Result<Int32, SystemError>) {
        if isFinished { return }
        cancel()
        finished(result)
    }
}
