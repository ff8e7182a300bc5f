import FairleadWire
import Glibc

/// How a stream socket listens, and what its connections begin with.
public struct ListenOptions: Hashable, Sendable {
    /// Connections that the system queues before we accept them.
    public var backlog: Int32 = 1024
    /// Lets several sockets listen on one port; the system spreads the connections.
    public var reusePort = false
    /// On an IPv6 wildcard address: accept IPv4 peers too.
    public var dualStack = false
    /// Whether small writes of accepted connections leave at once.
    public var noDelay = true
    /// Whether and how silent peers are probed.
    public var keepAlive: KeepAlive?
    /// Size of the system's buffers of each connection, in bytes; nil for the system's choice.
    public var receiveBuffer: Int32?
    public var sendBuffer: Int32?

    public init() {}
}

extension Reactor {
    /// Opens a TCP port; port 0 lets the system choose.
    ///
    /// - Throws: `SystemError`, for example with `EADDRINUSE`.
    public func listenTCP(
        on address: SocketAddress, _ options: ListenOptions = ListenOptions(),
        _ factory: @escaping StreamFactory
    ) throws(SystemError) -> any ListeningPort {
        let made = try kernel.socket(address.family, .stream).descriptor("socket")
        let socket = Descriptor(made, of: kernel)
        try set(.reuseAddress, of: made, to: 1)
        if options.reusePort { try set(.reusePort, of: made, to: 1) }
        if address.family == .ipv6 {
            try set(.ipv6Only, of: made, to: options.dualStack ? 0 : 1)
        }
        try setInherited(options, of: made)
        _ = try kernel.bind(made, to: address).get("bind \(address)")
        _ = try kernel.listen(made, backlog: options.backlog).get("listen \(address)")
        return try Listener(self, socket.release(), isTCP: true, factory)
    }

    /// Accepted connections inherit these from the listening socket: no call for each of them.
    private func setInherited(_ options: ListenOptions, of descriptor: Int32) throws(SystemError) {
        if options.noDelay { try set(.noDelay, of: descriptor, to: 1) }
        if let keepAlive = options.keepAlive { try setKeepAlive(keepAlive, of: descriptor) }
        if let size = options.receiveBuffer { try set(.receiveBuffer, of: descriptor, to: size) }
        if let size = options.sendBuffer { try set(.sendBuffer, of: descriptor, to: size) }
    }
}
