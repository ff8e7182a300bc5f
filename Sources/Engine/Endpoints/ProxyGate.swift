// The PROXY protocol in front of any protocol. The gate takes the header off the head of a
// connection; only then is the real protocol made, on a transport that tells the addresses of
// the header, so that a limit per peer counts the clients and not the proxy. What follows the
// header reaches the protocol untouched. A connection without a good header ends, for a reason
// that is counted. Connections that do not come through a gate pay nothing for it.
import FairleadWire

/// What a gate has let through and turned away.
public final class ProxyCounts {
    /// Connections with a good header.
    public internal(set) var accepted = 0
    /// Connections that were ended for their header, by reason.
    public internal(set) var refused: [ProxyFault: Int] = [:]

    public init() {}
}

/// A connection as its original client would have it: its addresses are those of the header.
///
/// A header without addresses (LOCAL, UNKNOWN) leaves the connection's own.
public final class ProxiedTransport: PacedTransport {
    /// What the proxy said.
    public let header: ProxyHeader
    fileprivate var inner: (any StreamProtocol)?

    init(_ carrier: any Transport, _ header: ProxyHeader) {
        self.header = header
        super.init(carrier)
    }

    public override var localAddress: TransportAddress {
        header.destination.flatMap(SocketAddress.init).map(TransportAddress.socket)
            ?? carrier.localAddress
    }

    public override var peerAddress: TransportAddress {
        header.source.flatMap(SocketAddress.init).map(TransportAddress.socket)
            ?? carrier.peerAddress
    }

    override func consume(_ bytes: Span<UInt8>) throws -> Int {
        guard takesMore else { return 0 }
        try inner?.received(bytes, on: self)
        return bytes.count
    }

    override func consumeEnd() throws { try inner?.readEnded(on: self) }
}

/// Takes the header off one connection, then stands between it and the real protocol.
final class ProxyGate: StreamProtocol {
    private let factory: StreamFactory
    private let limit: Duration
    private let counts: ProxyCounts
    private var parser: ProxyHeaderParser
    private var timer: Timer?
    private var proxied: ProxiedTransport?
    private var isRefused = false

    init(
        _ factory: @escaping StreamFactory, within limit: Duration, maximum: Int,
        _ counts: ProxyCounts
    ) {
        self.factory = factory
        self.limit = limit
        self.counts = counts
        parser = ProxyHeaderParser(maximum: maximum)
    }

    func connectionMade(on transport: any Transport) {
        timer = transport.reactor.after(limit) { [unowned self, unowned transport] in
            refuse(.late)
            transport.abort(.timedOut("no PROXY header within \(limit)"))
        }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if let proxied { return try proxied.feed(bytes) }
        if isRefused { return }
        switch try outcome(of: bytes) {
        case .needsMore: return
        case .complete(let header, let used):
            try open(header, transport)
            if used < bytes.count { try proxied?.feed(bytes.extracting(droppingFirst: used)) }
        }
    }

    func readEnded(on transport: any Transport) throws {
        if let proxied { return try proxied.feedEnd() }
        let fault = parser.count == 0 ? ProxyFault.nothingSent : .truncated
        refuse(fault)
        throw ProtocolError(fault)
    }

    func writeBlocked(on transport: any Transport) {
        if let proxied { proxied.inner?.writeBlocked(on: proxied) }
    }

    func writeReady(on transport: any Transport) {
        if let proxied { proxied.inner?.writeReady(on: proxied) }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        guard let proxied else {
            if reason != .closedByUs { refuse(parser.count == 0 ? .nothingSent : .truncated) }
            return
        }
        let inner = proxied.inner
        proxied.finish()
        proxied.inner = nil
        self.proxied = nil
        inner?.connectionLost(reason, on: proxied)
    }

    private func outcome(of bytes: Span<UInt8>) throws -> ProxyHeaderParser.Outcome {
        do {
            let outcome = try parser.feed(bytes)
            // What a datagram's header tells cannot be true of a stream.
            if case .complete(let header, _) = outcome, header.carriage != .stream,
                header.source != nil
            {
                throw ProxyFault.wrongFamily
            }
            return outcome
        } catch {
            if let fault = error as? ProxyFault {
                refuse(fault)
                throw ProtocolError(fault)
            }
            throw error
        }
    }

    private func open(_ header: ProxyHeader, _ transport: any Transport) throws {
        timer?.cancel()
        timer = nil
        counts.accepted += 1
        let made = ProxiedTransport(transport, header)
        guard let inner = factory(made) else {
            isRefused = true
            return transport.abort()
        }
        made.inner = inner
        proxied = made
        try inner.connectionMade(on: made)
    }

    /// Counts a fault, the first of a connection only.
    private func refuse(_ fault: ProxyFault) {
        if isRefused { return }
        isRefused = true
        counts.refused[fault, default: 0] += 1
    }
}

extension SocketAddress {
    /// An address that a header names; nil for a UNIX socket without a name.
    public init?(_ address: ProxyHeader.Address) {
        switch address {
        case .ipv4(let host, let port): self = .ipv4(host, port: port)
        case .ipv6(let host, let port): self = .ipv6(host, port: port)
        case .unix(let name):
            guard let first = name.first else { return nil }
            self =
                first == 0
                ? .abstract(name: Array(name.dropFirst()))
                : .unix(path: String(decoding: name, as: UTF8.self))
        }
    }

    /// The address as a header names it.
    var inHeader: ProxyHeader.Address {
        switch self {
        case .ipv4(let host, let port): .ipv4(host, port: port)
        case .ipv6(let host, let port, _): .ipv6(host, port: port)
        case .unix(let path): .unix(Array(path.utf8))
        case .abstract(let name): .unix([0] + name)
        case .unnamed: .unix([])
        }
    }
}
