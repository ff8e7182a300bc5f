import FairleadWire
import Glibc

/// A TCP connection, with what only those have.
///
/// What a factory and a protocol are given by the TCP calls conforms to it:
/// `(transport as? any TCPTransport)?.keepAlive = KeepAlive()`.
public protocol TCPTransport: Transport {
    /// Whether small writes leave at once (`TCP_NODELAY`); on unless the options say otherwise.
    var noDelay: Bool { get set }
    /// Whether and how the system probes a silent peer; nil while it does not.
    var keepAlive: KeepAlive? { get set }
    /// The value of a socket option, for example `.sendBuffer`; nil after the end.
    func option(_ option: SocketOption) -> Int32?
    /// Sets a socket option.
    func setOption(_ option: SocketOption, to value: Int32) throws(SystemError)
}

/// How the system probes a peer that is silent.
///
/// A peer that does not answer ends the connection with `ETIMEDOUT`.
public struct KeepAlive: Hashable, Sendable {
    /// Seconds of silence before the first probe.
    public var idle: Int32
    /// Seconds between probes.
    public var interval: Int32
    /// Probes without an answer that end the connection.
    public var count: Int32

    public init(idle: Int32 = 60, interval: Int32 = 10, count: Int32 = 6) {
        self.idle = idle
        self.interval = interval
        self.count = count
    }
}

/// One TCP connection.
final class TCPConnection: DescriptorStream, TCPTransport {
    /// Told once when the connection is over: the listener's count.
    private weak var listener: Listener?

    init(_ reactor: Reactor, _ descriptor: Int32, listener: Listener? = nil) {
        self.listener = listener
        super.init(reactor, input: descriptor, output: descriptor)
    }

    override var localAddress: TransportAddress {
        reactor.kernel.localAddress(of: input).map(TransportAddress.socket) ?? .other("closed")
    }

    override var peerAddress: TransportAddress {
        reactor.kernel.peerAddress(of: input).map(TransportAddress.socket) ?? .other("closed")
    }

    override func shutDownWriting() {
        _ = reactor.kernel.shutDown(output, .writing)
    }

    override func prepareAbort() {
        _ = reactor.kernel.setOption(.resetOnClose, of: output, to: 1)
    }

    override func closeInput(_ descriptor: Int32, orderly: Bool) {
        if orderly {
            Lingering.close(descriptor, reactor)
        } else {
            reactor.kernel.close(descriptor)
        }
    }

    override func didClose() { listener?.connectionEnded() }

    // MARK: Options

    var noDelay: Bool {
        get { option(.noDelay).map { $0 != 0 } ?? false }
        set { _ = reactor.kernel.setOption(.noDelay, of: input, to: newValue ? 1 : 0) }
    }

    var keepAlive: KeepAlive? {
        get {
            guard option(.keepAlive) == 1, let idle = option(.keepAliveIdle),
                let interval = option(.keepAliveInterval), let count = option(.keepAliveCount)
            else { return nil }
            return KeepAlive(idle: idle, interval: interval, count: count)
        }
        set {
            // The numbers are clamped to what the system takes: only the end can refuse them.
            try? reactor.setKeepAlive(newValue, of: input)
        }
    }

    func option(_ option: SocketOption) -> Int32? {
        let result = reactor.kernel.option(option, of: input)
        return result.isSuccess ? Int32(truncatingIfNeeded: result.rawValue) : nil
    }

    func setOption(_ option: SocketOption, to value: Int32) throws(SystemError) {
        try reactor.set(option, of: input, to: value)
    }
}

extension Reactor {
    func set(_ option: SocketOption, of descriptor: Int32, to value: Int32) throws(SystemError) {
        let result = kernel.setOption(option, of: descriptor, to: value)
        _ = try result.get("setsockopt \(option)")
    }

    /// Switches probes on, with their numbers, or off.
    func setKeepAlive(_ keepAlive: KeepAlive?, of descriptor: Int32) throws(SystemError) {
        if let keepAlive {
            // The bounds are the system's own (tcp(7)): beyond them it answers EINVAL.
            let idle = min(max(keepAlive.idle, 1), 32767)
            let interval = min(max(keepAlive.interval, 1), 32767)
            try set(.keepAliveIdle, of: descriptor, to: idle)
            try set(.keepAliveInterval, of: descriptor, to: interval)
            try set(.keepAliveCount, of: descriptor, to: min(max(keepAlive.count, 1), 127))
        }
        try set(.keepAlive, of: descriptor, to: keepAlive == nil ? 0 : 1)
    }
}
