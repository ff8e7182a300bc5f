import FairleadWire

/// A protocol around another: passes every event on, and is the base of all policies.
///
/// Policies compose by wrapping: `IdleTimeout(RateLimit(Echo(), …), …)`.
open class ProtocolWrapper: StreamProtocol {
    /// The protocol inside.
    public let inner: any StreamProtocol

    public init(_ inner: any StreamProtocol) {
        self.inner = inner
    }

    open func connectionMade(on transport: any Transport) throws {
        try inner.connectionMade(on: transport)
    }

    open func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        try inner.received(bytes, on: transport)
    }

    open func readEnded(on transport: any Transport) throws {
        try inner.readEnded(on: transport)
    }

    open func writeBlocked(on transport: any Transport) { inner.writeBlocked(on: transport) }
    open func writeReady(on transport: any Transport) { inner.writeReady(on: transport) }

    open func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        inner.connectionLost(reason, on: transport)
    }
}
