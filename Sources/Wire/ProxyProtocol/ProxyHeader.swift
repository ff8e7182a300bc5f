/// A PROXY protocol header: for whom a proxy has opened this connection.
///
/// Source: the public PROXY protocol specification, sections 2.1 (text) and 2.2 (binary).
public struct ProxyHeader: Hashable, Sendable {
    /// The form that it came in, or is to be written in.
    public enum Version: Int, Hashable, Sendable, CaseIterable {
        case text = 1
        case binary = 2
    }

    /// What the proxy speaks for.
    public enum Command: UInt8, Hashable, Sendable, CaseIterable {
        /// For itself, as in health checks: the connection's own addresses count.
        case local = 0
        /// For a client.
        case proxy = 1
    }

    /// What the client speaks to the proxy.
    public enum Carriage: UInt8, Hashable, Sendable, CaseIterable {
        case stream = 1
        case datagram = 2
    }

    /// One end of the client's connection.
    public enum Address: Hashable, Sendable {
        case ipv4(IPv4Address, port: UInt16)
        case ipv6(IPv6Address, port: UInt16)
        /// At most 108 bytes without the padding; a NUL in front means an abstract name.
        case unix([UInt8])
    }

    public var version: Version
    public var command: Command
    public var carriage: Carriage
    /// The client; nil where the proxy does not say: LOCAL, UNKNOWN, AF_UNSPEC.
    public var source: Address?
    /// What the client connected to; nil where `source` is.
    public var destination: Address?
    /// The records (TLVs) in their order; only in binary headers.
    public var records: [ProxyRecord]

    public init(
        _ version: Version, _ command: Command = .proxy, source: Address? = nil,
        destination: Address? = nil, carriage: Carriage = .stream, records: [ProxyRecord] = []
    ) {
        self.version = version
        self.command = command
        self.source = source
        self.destination = destination
        self.carriage = carriage
        self.records = records
    }
}
