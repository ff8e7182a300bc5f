// UDP in three roles. As datagrams: a bound or connected socket for a DatagramProtocol. As a
// client: a byte stream, so that NMEA over UDP is a source or an outlet like any other;
// `udp:10110` takes what is sent to the port (unicast, broadcast, or a multicast group), and
// `udp:host:10110` sends each write as one datagram. As a server: a stream for each sender.
import FairleadWire

extension EndpointKind {
    static let udp = EndpointKind(
        "udp",
        server: EndpointForm(
            "a UDP port; each sender is a connection, each datagram one call of `received`",
            UDPRows.port + UDPRows.sharing + [
                EndpointArgument("peers", "senders at a time; more are ignored", default: "1024"),
                EndpointArgument(
                    "idle", "how long a sender may be silent before it is lost", default: "60"),
            ],
            examples: [
                "udp:10110", "udp:10110:interface=127.0.0.1:reusePort=1:reuseAddress=1",
                "udp:10110:peers=10:idle=5m",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try UDPServerEndpoint(&arguments)
            }),
        client: EndpointForm(
            "without a host: what arrives at the port, as a stream that cannot be written to; "
                + "with a host: a stream whose writes are datagrams to it",
            UDPRows.both, examples: UDPRows.examples,
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try UDPEndpoint(&arguments)
            }),
        datagram: EndpointForm(
            "without a host: a bound socket; with a host: a socket for this one peer",
            UDPRows.both, examples: UDPRows.examples,
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try UDPEndpoint(&arguments)
            }))
}

/// The rows and examples of UDP.
private enum UDPRows {
    static let port = [
        EndpointArgument("port", "the port"),
        EndpointArgument(
            "interface", "the address to receive on",
            default: "0.0.0.0, or the group where there is one"),
    ]
    static let sharing = [
        EndpointArgument("reusePort", "1: several sockets share the port", default: "0"),
        EndpointArgument(
            "reuseAddress", "1: several sockets receive the same multicasts and broadcasts",
            default: "0, with a group 1"),
    ]
    static let both =
        [EndpointArgument("host", "the peer, by name or address", default: "none: receive")]
        + port + sharing + [
            EndpointArgument("group", "the multicast group to join", default: "none"),
            EndpointArgument(
                "via", "the network interface for multicasts, by name",
                default: "the system's choice"),
            EndpointArgument(
                "bindAddress", "with a host: our own address", default: "the system's choice"),
            EndpointArgument("broadcast", "with a host: 1 allows broadcasts", default: "0"),
            EndpointArgument("hops", "with a host: how far multicasts go", default: "1"),
            EndpointArgument(
                "loop", "with a host: 0 keeps multicasts from this machine", default: "1"),
            EndpointArgument("timeout", "with a host: for its look-up", default: "30"),
        ]
    static let examples = [
        "udp:10110", "udp:10110:interface=127.0.0.1:reusePort=1",
        "udp:10110:group=239.1.1.1:via=lo:reuseAddress=1",
        "udp:localhost:10110:bindAddress=127.0.0.1:timeout=5",
        "udp:239.1.1.1:10110:via=lo:hops=2:loop=0", "udp:192.0.2.255:10110:broadcast=1",
    ]
}

/// A UDP socket: bound to a port, or for one peer.
public struct UDPEndpoint: CustomStringConvertible {
    /// The peer; nil for a socket that receives.
    public var host: String?
    public var port: UInt16
    /// Where a socket that receives is bound, or our own end of one that sends.
    public var ownAddress: SocketAddress?
    /// The multicast group that a receiving socket joins; its port does not matter.
    public var group: SocketAddress?
    /// The network interface for multicasts, by name.
    public var via: String?
    /// How far multicasts go.
    public var hops: Int32?
    /// Whether multicasts are heard on this machine too.
    public var loop: Bool?
    /// For the look-up of the peer's name.
    public var timeout: Duration = .seconds(30)
    public var options = DatagramOptions()

    /// A socket that receives what is sent to `address`.
    public init(receivingOn address: SocketAddress, group: SocketAddress? = nil) {
        port = address.port ?? 0
        ownAddress = address
        self.group = group
        options.reuseAddress = group != nil
    }

    /// A socket for one peer.
    public init(_ host: String, _ port: UInt16) {
        self.host = host
        self.port = port
    }

    init(_ arguments: inout EndpointArguments) throws(EndpointStringError) {
        if let named = try arguments.take("host", before: 1) {
            if named.value.isEmpty {
                throw arguments.error(named, "host", expected: "a host name or address")
            }
            self.init(named.value, try arguments.port(from: 1))
            ownAddress = try arguments.address("bindAddress", port: 0)
            options.broadcast = try arguments.flag("broadcast") ?? false
            hops = try arguments.number("hops", in: 0...255).map { Int32(clamping: $0) }
            loop = try arguments.flag("loop")
            timeout = try arguments.duration("timeout") ?? timeout
        } else {
            let port = try arguments.port(from: 0)
            let group = try arguments.multicastGroup(port)
            let interface = try arguments.address("interface", port: port, group?.family)
            self.init(
                receivingOn: interface ?? group ?? .ipv4(.any, port: port), group: group)
            options.reusePort = try arguments.flag("reusePort") ?? false
            options.reuseAddress = try arguments.flag("reuseAddress") ?? options.reuseAddress
        }
        via = try arguments.text("via")
    }

    public var description: String {
        if let host { return "udp:\(host.contains(":") ? "[\(host)]" : host):\(port)" }
        return "udp:\(ownAddress.map(\.description) ?? "\(port)")"
    }
}

/// A UDP port that makes a stream of each sender.
public struct UDPServerEndpoint: ServerEndpoint {
    public var address: SocketAddress
    /// Senders at a time; more are ignored.
    public var peers = 1024
    /// How long a sender may be silent before it counts as lost.
    public var idle: Duration = .seconds(60)
    public var options = DatagramOptions()

    public init(_ address: SocketAddress) {
        self.address = address
    }

    init(_ arguments: inout EndpointArguments) throws(EndpointStringError) {
        let port = try arguments.port(from: 0)
        address = try arguments.address("interface", port: port) ?? .ipv4(.any, port: port)
        options.reusePort = try arguments.flag("reusePort") ?? false
        options.reuseAddress = try arguments.flag("reuseAddress") ?? false
        peers = try arguments.number("peers", in: 1...1_000_000) ?? peers
        idle = try arguments.duration("idle") ?? idle
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        try DatagramListener(reactor, self, factory)
    }

    public var description: String { "udp:\(address)" }
}

extension EndpointArguments {
    /// A multicast group by key.
    fileprivate mutating func multicastGroup(_ port: UInt16) throws(EndpointStringError)
        -> SocketAddress?
    {
        guard let argument = try takeKey("group") else { return nil }
        switch SocketAddress(literal: argument.value, port: port) {
        case .ipv4(let address, _)? where address.isMulticast: return .ipv4(address, port: port)
        case .ipv6(let address, _, _)? where address.isMulticast: return .ipv6(address, port: port)
        default:
            throw error(
                argument, "group", expected: "a multicast address, such as 239.1.1.1 or [ff02::1]")
        }
    }
}
