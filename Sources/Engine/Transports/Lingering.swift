import FairleadWire

/// The afterlife of a socket that we closed while bytes of the peer waited unread.
///
/// A plain close would reset such a connection, and the reset destroys what TCP sent last
/// (RFC 9293, 3.6.1). Its protocol has heard of the end already. Writing is shut down, so that
/// the peer sees an ordinary end after all that we sent; what it still sends is thrown away until
/// it closes too, or until the limit for closing has passed.
final class Lingering: DescriptorObserver {
    private let reactor: Reactor
    private var descriptor: Int32
    private var token = Token.none
    private var limit: Timer?

    private init(_ reactor: Reactor, _ descriptor: Int32) {
        self.reactor = reactor
        self.descriptor = descriptor
    }

    /// Closes a socket to which everything is written: at once, unless it must linger.
    static func close(_ descriptor: Int32, _ reactor: Reactor) {
        if reactor.kernel.option(.bytesWaiting, of: descriptor).rawValue > 0 {
            begin(reactor, descriptor)
        } else {
            reactor.kernel.close(descriptor)
        }
    }

    /// Takes the descriptor over and closes it in the end.
    private static func begin(_ reactor: Reactor, _ descriptor: Int32) {
        let lingering = Lingering(reactor, descriptor)
        do {
            _ = try reactor.kernel.shutDown(descriptor, .writing).get("shutdown")
            lingering.token = try reactor.register(descriptor, .readable, lingering)
        } catch {
            return lingering.end()
        }
        lingering.limit = reactor.after(reactor.limits.closeTimeout) { [weak lingering] in
            lingering?.end()
        }
    }

    var label: String { "a connection that is closing" }

    func ready(_ readiness: Readiness, _ token: Token) {
        for _ in 0..<reactor.limits.readsInARow {
            let result = reactor.readBuffer.fill(from: descriptor, by: reactor.kernel)
            if result.wouldBlock { return }
            if result.rawValue <= 0 { return end() }
        }
    }

    func reactorStopped() { end() }

    private func end() {
        guard descriptor >= 0 else { return }
        limit?.cancel()
        reactor.unregister(token)
        reactor.kernel.close(descriptor)
        descriptor = -1
    }
}
