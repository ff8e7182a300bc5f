import FairleadWire

/// One connection as its protocol sees it: a byte stream with flow control and an end.
///
/// Confined to its reactor's thread. After the end every verb does nothing.
public protocol Transport: AnyObject {
    /// The reactor that turns this connection.
    var reactor: Reactor { get }
    /// Our end, for people and logs.
    var localAddress: TransportAddress { get }
    /// The other end, for people and logs.
    var peerAddress: TransportAddress { get }

    /// Sends the bytes; what the kernel does not take at once is copied and queued.
    func write(_ bytes: Span<UInt8>)
    /// Sends the bytes; what the kernel does not take at once is kept by reference, not copied.
    ///
    /// For one payload to many receivers: all queues share the one array.
    func write(shared bytes: [UInt8])

    /// Sends what is queued, then closes. Nothing more is received.
    func close()
    /// Closes at once and drops what is queued; a TCP peer sees a reset.
    func abort()
    /// Ends the connection at once as `abort` does, for a reason that the protocol reports.
    func abort(_ reason: Disconnect)
    /// Sends what is queued, then tells the peer that nothing more will come; reading goes on.
    func closeWrite()

    /// Stops the calls of `received`; the peer is slowed down by its transport.
    func pauseReading()
    /// Undoes `pauseReading`.
    func resumeReading()

    /// Bytes that wait to be sent.
    var queuedBytes: Int { get }
    /// Whether the write queue is past its high-water mark.
    var isWriteBlocked: Bool { get }
    /// The marks and the limit of the write queue.
    var writeLimits: WriteLimits { get set }
}

extension Transport {
    /// Sends text as UTF-8.
    public func write(_ text: String) { write(shared: Array(text.utf8)) }

    /// Sends the bytes of an array, which is shared, not copied.
    public func write(_ bytes: [UInt8]) { write(shared: bytes) }
}

/// What is at one end of a transport.
public enum TransportAddress: Hashable, Sendable, CustomStringConvertible {
    case socket(SocketAddress)
    /// A serial device or pseudo-terminal, by path.
    case device(path: String)
    /// A file, by path.
    case file(path: String)
    case process(id: Int32)
    /// A descriptor that someone else opened.
    case descriptor(Int32)
    /// Something without a name, described.
    case other(String)

    public var description: String {
        switch self {
        case .socket(let address): address.description
        case .device(let path), .file(let path): path
        case .process(let id): "process \(id)"
        case .descriptor(let number): "descriptor \(number)"
        case .other(let text): text
        }
    }

    /// The socket address, where there is one.
    public var socketAddress: SocketAddress? {
        if case .socket(let address) = self { return address }
        return nil
    }
}
