import FairleadWire
import Glibc

/// How a stream socket listens.
public struct ListenOptions: Hashable, Sendable {
    /// Connections that the system queues before we accept them.
    public var backlog: Int32 = 1024
    /// Lets several sockets listen on one port; the system spreads the connections.
    public var reusePort = false
    /// On an IPv6 wildcard address: accept IPv4 peers too.
    public var dualStack = false

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
        _ = try kernel.bind(made, to: address).get("bind \(address)")
        _ = try kernel.listen(made, backlog: options.backlog).get("listen \(address)")
        return try Listener(self, socket.release(), isTCP: true, factory)
    }

    func set(_ option: SocketOption, of descriptor: Int32, to value: Int32) throws(SystemError) {
        let result = kernel.setOption(option, of: descriptor, to: value)
        _ = try result.get("setsockopt \(option)")
    }
}
