import FairleadWire
import Glibc

/// How a datagram socket is opened.
public struct DatagramOptions: Hashable, Sendable {
    /// Several sockets may receive the same multicasts or broadcasts on one port.
    public var reuseAddress = false
    public var reusePort = false
    public var broadcast = false
    /// On an IPv6 wildcard address: receive from and send to IPv4 peers too.
    public var dualStack = false
    /// Sends to and receives from this peer only.
    public var peer: SocketAddress?
    /// Permission bits of the file of a UNIX socket.
    public var mode: UInt32?

    public init() {}
}

extension Reactor {
    /// Opens a UDP or UNIX datagram socket bound to `address`; port 0 lets the system choose.
    ///
    /// A UNIX socket on `.unnamed` is given an abstract name by the system, so that whoever hears
    /// from it can answer.
    @discardableResult
    public func openDatagram(
        on address: SocketAddress, _ options: DatagramOptions, _ handler: any DatagramProtocol
    ) throws(SystemError) -> any DatagramTransport {
        let made = try kernel.socket(address.family, .datagram).descriptor("socket")
        let owner = Descriptor(made, of: kernel)
        if options.reuseAddress { try set(.reuseAddress, of: made, to: 1) }
        if options.reusePort { try set(.reusePort, of: made, to: 1) }
        if options.broadcast { try set(.broadcast, of: made, to: 1) }
        if address.family == .ipv6 {
            try set(.ipv6Only, of: made, to: options.dualStack ? 0 : 1)
        }
        let file = try bindDatagram(made, to: address, options)
        var keepsErrors = false
        if address.family != .unix {
            keepsErrors = kernel.setOption(.deliveryErrors, of: made, to: 1).isSuccess
        }
        let socket = DatagramSocket(self, owner.release(), keepsErrors: keepsErrors) {
            file?.remove()
        }
        do {
            if let peer = options.peer { try socket.connect(to: peer) }
            try socket.start(handler)
        } catch {
            socket.close()
            throw error
        }
        return socket
    }

    /// Opens a datagram socket with the ordinary options.
    @discardableResult
    public func openDatagram(on address: SocketAddress, _ handler: any DatagramProtocol)
        throws(SystemError) -> any DatagramTransport
    {
        try openDatagram(on: address, DatagramOptions(), handler)
    }

    private func bindDatagram(
        _ descriptor: Int32, to address: SocketAddress, _ options: DatagramOptions
    ) throws(SystemError) -> SocketFile? {
        if address.family == .unix {
            return try bindUnix(descriptor, to: address, mode: options.mode, kind: .datagram)
        }
        _ = try kernel.bind(descriptor, to: address).get("bind \(address)")
        return nil
    }
}
