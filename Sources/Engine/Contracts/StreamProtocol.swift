import FairleadWire

/// What speaks over a stream transport: bytes in as events, bytes out by the transport's verbs.
///
/// All calls come on the reactor's thread, never while another call to the same connection is
/// under way. Each names its transport, so that one object may serve many connections and needs
/// to store none. An error thrown by a callback ends that one connection, abruptly, with the
/// error as the reason.
public protocol StreamProtocol: AnyObject {
    /// The connection stands; called once, before anything else.
    func connectionMade(on transport: any Transport) throws
    /// Bytes have arrived. They belong to the reactor and are valid during this call only.
    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws
    /// The peer will send nothing more but still reads. Unless implemented: `transport.close()`.
    func readEnded(on transport: any Transport) throws
    /// The write queue has passed its high-water mark: a producer should pause.
    func writeBlocked(on transport: any Transport)
    /// The write queue has drained below its low-water mark: a producer may go on.
    func writeReady(on transport: any Transport)
    /// The connection is over; called exactly once, after everything else.
    func connectionLost(_ reason: Disconnect, on transport: any Transport)
}

extension StreamProtocol {
    public func connectionMade(on transport: any Transport) throws {}
    public func readEnded(on transport: any Transport) throws { transport.close() }
    public func writeBlocked(on transport: any Transport) {}
    public func writeReady(on transport: any Transport) {}
    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {}
}

/// Makes the protocol for a new connection, or refuses the connection with nil.
public typealias StreamFactory = (_ transport: any Transport) -> (any StreamProtocol)?
