import FairleadWire

/// A transport around another: passes every verb on, and is the base of all that change one.
///
/// The counterpart of `ProtocolWrapper`: what a policy shows to the protocol inside it.
open class TransportWrapper: Transport {
    /// The transport inside.
    public let carrier: any Transport

    public init(_ carrier: any Transport) {
        self.carrier = carrier
    }

    open var reactor: Reactor { carrier.reactor }
    open var localAddress: TransportAddress { carrier.localAddress }
    open var peerAddress: TransportAddress { carrier.peerAddress }

    open func write(_ bytes: Span<UInt8>) { carrier.write(bytes) }
    open func write(shared bytes: [UInt8]) { carrier.write(shared: bytes) }

    open func close() { carrier.close() }
    open func abort() { carrier.abort() }
    open func abort(_ reason: Disconnect) { carrier.abort(reason) }
    open func closeWrite() { carrier.closeWrite() }

    open func pauseReading() { carrier.pauseReading() }
    open func resumeReading() { carrier.resumeReading() }

    open var queuedBytes: Int { carrier.queuedBytes }
    open var isWriteBlocked: Bool { carrier.isWriteBlocked }
    open var writeLimits: WriteLimits {
        get { carrier.writeLimits }
        set { carrier.writeLimits = newValue }
    }
}
