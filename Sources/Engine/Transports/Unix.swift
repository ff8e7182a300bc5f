import FairleadWire

/// One connection over a UNIX stream socket.
final class UnixConnection: DescriptorStream {
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

    override func didClose() { listener?.connectionEnded() }
}
