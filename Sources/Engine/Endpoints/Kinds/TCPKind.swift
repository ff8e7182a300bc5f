import FairleadWire

extension EndpointKind {
    /// TCP: `tcp:8000` listens on all IPv4 interfaces, `tcp:localhost:8000` connects.
    static let tcp = EndpointKind(
        "tcp",
        server: EndpointForm(
            "a TCP port; as in Twisted on every IPv4 interface unless one is named",
            [
                EndpointArgument("port", "the port; 0 lets the system choose"),
                EndpointArgument(
                    "interface", "the address to listen on, IPv4 or `[IPv6]`", default: "0.0.0.0"),
                EndpointArgument("backlog", "connections that may wait", default: "1024"),
                EndpointArgument(
                    "reusePort", "1: several sockets may share the port", default: "0"),
            ],
            examples: ["tcp:8000", "tcp:8000:interface=127.0.0.1:backlog=512:reusePort=1"],
            make: TCPServerEndpoint.ipv4),
        client: EndpointForm(
            "a TCP connection, by name or address; addresses race (RFC 8305)",
            TCPClientEndpoint.rows,
            examples: [
                "tcp:localhost:8000",
                "tcp:[::1]:8000:timeout=5:bindAddress=[::1]:keepAlive=1:noDelay=0",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try TCPClientEndpoint(&arguments, nil)
            }))
}

/// A TCP port to listen on.
public struct TCPServerEndpoint: ServerEndpoint {
    public var address: SocketAddress
    public var options: ListenOptions

    public init(_ address: SocketAddress, _ options: ListenOptions = ListenOptions()) {
        self.address = address
        self.options = options
    }

    @Sendable static func ipv4(_ arguments: inout EndpointArguments, _ endpoints: Endpoints)
        throws(EndpointStringError) -> any ServerEndpoint
    {
        try TCPServerEndpoint(&arguments, nil, else: .ipv4(.any, port: 0))
    }

    /// Reads the arguments; `family` allows one only, `standard` is where it listens otherwise.
    init(
        _ arguments: inout EndpointArguments, _ family: SocketFamily?,
        else standard: SocketAddress
    ) throws(EndpointStringError) {
        let port = try arguments.port(from: 0)
        let interface = try arguments.address("interface", port: port, family)
        address = interface ?? standard.with(port: port)
        options = ListenOptions()
        options.backlog = try arguments.backlog() ?? options.backlog
        options.reusePort = try arguments.flag("reusePort") ?? false
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        try reactor.listenTCP(on: address, options, factory)
    }

    public var description: String { "tcp:\(address)" }
}

/// A TCP port to connect to.
public struct TCPClientEndpoint: ClientEndpoint {
    public var host: String
    public var port: UInt16
    public var options: ConnectOptions

    public init(_ host: String, _ port: UInt16, _ options: ConnectOptions = ConnectOptions()) {
        self.host = host
        self.port = port
        self.options = options
    }

    static let rows = [
        EndpointArgument("host", "a name, an IPv4 address or an `[IPv6]` address"),
        EndpointArgument("port", "the port"),
        EndpointArgument(
            "timeout", "how long look-up and connecting may take together", default: "30"),
        EndpointArgument("bindAddress", "our own address", default: "the system's choice"),
        EndpointArgument("keepAlive", "1: notice a peer that vanished", default: "0"),
        EndpointArgument("noDelay", "0: gather small writes (Nagle)", default: "1"),
    ]

    /// Reads the arguments; `family` allows one only.
    init(_ arguments: inout EndpointArguments, _ family: SocketFamily?)
        throws(EndpointStringError)
    {
        host = try arguments.host()
        port = try arguments.port(from: 1)
        options = ConnectOptions()
        options.family = family
        options.timeout = try arguments.duration("timeout") ?? options.timeout
        options.bindAddress = try arguments.address("bindAddress", port: 0, family)
        if let own = options.bindAddress { options.family = own.family }
        options.keepAlive = try arguments.flag("keepAlive") == true ? KeepAlive() : nil
        options.noDelay = try arguments.flag("noDelay") ?? true
    }

    public func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        reactor.connectTCP(to: host, port: port, options, factory, completion: completion)
    }

    public var description: String {
        "tcp:\(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host):\(port)"
    }
}

extension EndpointArguments {
    /// How many connections may wait, by key.
    mutating func backlog() throws(EndpointStringError) -> Int32? {
        try number("backlog", in: 1...65535).map { Int32(clamping: $0) }
    }
}

extension SocketAddress {
    /// The same Internet address with another port.
    func with(port: UInt16) -> SocketAddress {
        switch self {
        case .ipv4(let address, _): .ipv4(address, port: port)
        case .ipv6(let address, _, let scope): .ipv6(address, port: port, scope: scope)
        case .unix, .abstract, .unnamed: self
        }
    }
}
