import FairleadWire

/// Ends a connection on which nothing has arrived for too long.
public final class IdleTimeout: ProtocolWrapper {
    private let limit: Duration
    private var timer: Timer?

    /// - Parameter limit: how long the peer may be silent.
    public init(_ inner: any StreamProtocol, after limit: Duration) {
        self.limit = limit
        super.init(inner)
    }

    public override func connectionMade(on transport: any Transport) throws {
        let limit = limit
        timer = transport.reactor.after(limit) { [unowned transport] in
            transport.abort(.timedOut("nothing received for \(limit)"))
        }
        try super.connectionMade(on: transport)
    }

    public override func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        timer?.reset(after: limit)
        try super.received(bytes, on: transport)
    }

    public override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        super.connectionLost(reason, on: transport)
    }
}
