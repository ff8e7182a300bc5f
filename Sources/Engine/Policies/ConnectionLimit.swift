/// Limits how many connections a factory serves at a time, in all and for each peer host.
///
/// A connection beyond a limit is refused: it is closed before a protocol is made for it. A peer
/// is an address without its port; over UNIX sockets, where clients have no address, a user.
public final class ConnectionLimit {
    /// Connections that a limit has refused so far.
    public private(set) var refusedCount = 0
    /// Connections that stand.
    public private(set) var count = 0

    private let total: Int
    private let perPeer: Int
    private let factory: StreamFactory
    private var peers: [String: Int] = [:]

    public init(total: Int = .max, perPeer: Int = .max, _ factory: @escaping StreamFactory) {
        self.total = total
        self.perPeer = perPeer
        self.factory = factory
    }

    /// The factory with the limits.
    public func makeProtocol(_ transport: any Transport) -> (any StreamProtocol)? {
        let host = Self.peer(of: transport)
        guard count < total, peers[host, default: 0] < perPeer else {
            refusedCount += 1
            return nil
        }
        guard let inner = factory(transport) else { return nil }
        count += 1
        peers[host, default: 0] += 1
        return Counted(inner) { [self] in release(host) }
    }

    private static func peer(of transport: any Transport) -> String {
        if let unix = transport as? any UnixTransport, let peer = unix.peerCredentials {
            return "user \(peer.user)"
        }
        return transport.peerAddress.socketAddress?.host ?? transport.peerAddress.description
    }

    private func release(_ host: String) {
        count -= 1
        let left = peers[host, default: 1] - 1
        peers[host] = left > 0 ? left : nil
    }

    private final class Counted: ProtocolWrapper {
        private let ended: () -> Void

        init(_ inner: any StreamProtocol, _ ended: @escaping () -> Void) {
            self.ended = ended
            super.init(inner)
        }

        override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            ended()
            super.connectionLost(reason, on: transport)
        }
    }
}
