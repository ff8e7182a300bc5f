import FairleadWire

/// One TCP connection.
final class TCPConnection: DescriptorStream {
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

    override func didClose() { listener?.connectionEnded() }
}
