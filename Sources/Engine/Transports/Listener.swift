// A listening stream socket. Accepts in batches. At EMFILE it gives up a reserved descriptor,
// takes the waiting connection with it and closes it at once: the peer hears of it, and the
// listener does not spin on a readiness that it cannot serve. Where even that fails it rests.
import FairleadWire
import Glibc

/// An open port.
public protocol ListeningPort: AnyObject {
    /// Where it listens, with the port that the system chose.
    var localAddress: TransportAddress { get }
    /// Connections that were accepted here and are still open.
    var connectionCount: Int { get }
    /// How a client on this machine reaches it, as an endpoint string; nil where none can.
    var clientEndpoint: EndpointString? { get }
    /// Leaves new connections to wait in the system's queue. Unless implemented: nothing happens.
    func pauseAccepting()
    /// Undoes `pauseAccepting`.
    func resumeAccepting()
    /// Closes the port; connections that it has accepted go on.
    func stop()
}

extension ListeningPort {
    public func pauseAccepting() {}
    public func resumeAccepting() {}
}

/// A listening stream socket.
final class Listener: ListeningPort, DescriptorObserver {
    /// How long it rests when the system gives it no descriptor at all.
    private static let pause: Duration = .milliseconds(100)

    private let reactor: Reactor
    private let factory: StreamFactory
    private let makesTCP: Bool
    private let onStop: () -> Void
    private var descriptor: Int32
    private var reserve: Int32 = -1
    private var token = Token.none
    private var lastWarning: Instant?
    private var rest: Timer?
    private var isPaused = false
    private(set) var connectionCount = 0
    /// Connections that were closed for want of descriptors.
    private(set) var refusedCount = 0

    /// Takes over a bound, listening descriptor.
    init(
        _ reactor: Reactor, _ descriptor: Int32, isTCP: Bool, _ factory: @escaping StreamFactory,
        onStop: @escaping () -> Void = {}
    ) throws(SystemError) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.factory = factory
        self.onStop = onStop
        makesTCP = isTCP
        takeReserve()
        do {
            token = try reactor.register(descriptor, .readable, self)
        } catch {
            stop()
            throw error
        }
    }

    var localAddress: TransportAddress {
        reactor.kernel.localAddress(of: descriptor).map(TransportAddress.socket) ?? .other("closed")
    }

    var label: String { "the listener on \(localAddress)" }

    func ready(_ readiness: Readiness, _ token: Token) {
        for _ in 0..<reactor.limits.acceptsInARow where descriptor >= 0 && !isPaused {
            let result = uninterrupted { reactor.kernel.accept(descriptor) }
            if result.isSuccess {
                accepted(Int32(truncatingIfNeeded: result.rawValue))
            } else if result.wouldBlock {
                return
            } else if !isPassing(result.code) {
                return outOfDescriptors(result.code)
            }
        }
    }

    func stop() {
        guard descriptor >= 0 else { return }
        reactor.unregister(token)
        reactor.kernel.close(descriptor)
        if reserve >= 0 { reactor.kernel.close(reserve) }
        descriptor = -1
        reserve = -1
        rest?.cancel()
        onStop()
    }

    func reactorStopped() { stop() }

    func connectionEnded() { connectionCount -= 1 }

    private func accepted(_ number: Int32) {
        let connection: DescriptorStream =
            makesTCP
            ? TCPConnection(reactor, number, listener: self)
            : UnixConnection(reactor, number, listener: self)
        connectionCount += 1
        guard let handler = factory(connection) else { return connection.abort() }
        connection.start(handler)
    }

    /// Errors of the one connection, not of the listener: accept(2) says to go on.
    private func isPassing(_ code: Int32) -> Bool {
        switch code {
        case ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH,
            EOPNOTSUPP, ENETUNREACH, EPERM:
            true
        default: false
        }
    }

    private func outOfDescriptors(_ code: Int32) {
        warn("accept: \(SystemError.name(of: code)): connections are being turned away")
        if reserve >= 0 {
            reactor.kernel.close(reserve)
            reserve = -1
            let result = uninterrupted { reactor.kernel.accept(descriptor) }
            if result.isSuccess {
                refusedCount += 1
                reactor.kernel.close(Int32(truncatingIfNeeded: result.rawValue))
            }
            takeReserve()
            // Nobody may be waiting any more: that, too, is no reason to rest.
            if reserve >= 0, result.isSuccess || result.wouldBlock { return }
        }
        restAWhile()
    }

    private func restAWhile() {
        try? reactor.setInterest([], of: token)
        rest = reactor.after(Self.pause) { [weak self] in
            guard let self, descriptor >= 0 else { return }
            if reserve < 0 { takeReserve() }
            watch()
        }
    }

    func pauseAccepting() {
        isPaused = true
        watch()
    }

    func resumeAccepting() {
        isPaused = false
        watch()
    }

    /// Watches for connections, unless it pauses or rests.
    private func watch() {
        if descriptor < 0 || rest?.isPending == true { return }
        do {
            try reactor.setInterest(isPaused ? [] : .readable, of: token)
        } catch {
            restAWhile()
        }
    }

    private func takeReserve() {
        let result = reactor.kernel.socket(.unix, .stream)
        reserve = result.isSuccess ? Int32(truncatingIfNeeded: result.rawValue) : -1
    }

    private func warn(_ text: String) {
        let now = reactor.now
        if let lastWarning, now < lastWarning + .seconds(1) { return }
        lastWarning = now
        reactor.log(.warning, "\(label): \(text)")
    }
}
