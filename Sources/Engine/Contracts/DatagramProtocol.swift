import FairleadWire

/// What speaks over a datagram transport.
public protocol DatagramProtocol: AnyObject {
    /// The socket is open; called once, before anything else.
    func transportOpened(_ transport: any DatagramTransport)
    /// A datagram has arrived; its bytes are valid during this call only.
    func received(
        _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport)
    /// A datagram of ours could not be delivered (ICMP), for example with `ECONNREFUSED`.
    func undeliverable(
        to destination: SocketAddress?, _ error: SystemError, on transport: any DatagramTransport)
    /// The socket is closed; called exactly once, after everything else.
    func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport)
}

extension DatagramProtocol {
    public func transportOpened(_ transport: any DatagramTransport) {}
    public func undeliverable(
        to destination: SocketAddress?, _ error: SystemError, on transport: any DatagramTransport
    ) {}
    public func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {}
}

/// A datagram socket, UDP or UNIX, as its protocol sees it.
public protocol DatagramTransport: AnyObject {
    var reactor: Reactor { get }
    var localAddress: TransportAddress { get }
    /// The connected peer, where there is one.
    var peer: SocketAddress? { get }

    /// Sends one datagram to `address`, or to the connected peer where that is nil.
    ///
    /// Datagrams are never queued: what the kernel does not take now is dropped and counted.
    /// - Throws: `SystemError` when it can never be sent so, for example with `EMSGSIZE`.
    func send(_ bytes: Span<UInt8>, to address: SocketAddress?) throws(SystemError)
    /// Datagrams of ours that the kernel had no room for.
    var droppedCount: Int { get }

    /// From now on sends to and receives from this peer only.
    func connect(to address: SocketAddress) throws(SystemError)
    /// Joins a multicast group on an interface (by name), or on the system's choice.
    func join(_ group: SocketAddress, interface: String?) throws(SystemError)
    /// Leaves a group that was joined on the same interface.
    func leave(_ group: SocketAddress, interface: String?) throws(SystemError)
    /// The interface by which multicasts leave.
    func setMulticastInterface(_ name: String) throws(SystemError)
    /// A socket option, for example `.multicastHops`, `.multicastLoop`, `.broadcast`.
    func setOption(_ option: SocketOption, to value: Int32) throws(SystemError)

    /// Stops the calls of `received`; what arrives meanwhile waits in the kernel, as far as it can.
    func pauseReading()
    /// Goes on after a pause.
    func resumeReading()
    /// Closes the socket; nothing is received any more.
    func close()
}
