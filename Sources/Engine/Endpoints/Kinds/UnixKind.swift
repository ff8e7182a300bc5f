import FairleadWire

extension EndpointKind {
    /// UNIX stream sockets, by path or abstract name.
    static let unix = EndpointKind(
        "unix",
        server: EndpointForm(
            "a UNIX stream socket; a stale socket file is replaced",
            [
                EndpointArgument("path", "a path, or `@` and an abstract name"),
                EndpointArgument(
                    "mode", "permission bits in octal, for a path", default: "what umask leaves"),
                EndpointArgument("backlog", "connections that may wait", default: "1024"),
            ],
            examples: ["unix:/run/x.sock:mode=660", "unix:@gps:backlog=16"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let address = try arguments.unixAddress()
                if case .abstract = address, let mode = try arguments.takeKey("mode") {
                    throw arguments.error(mode, "mode", expected: "a path: names have no mode")
                }
                let mode = try arguments.mode("mode")
                let backlog = try arguments.backlog()
                return UnixServerEndpoint(address, mode: mode, backlog: backlog ?? 1024)
            }),
        client: EndpointForm(
            "a connection to a UNIX stream socket",
            [EndpointArgument("path", "a path, or `@` and an abstract name")],
            examples: ["unix:/run/x.sock", "unix:@gps"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                UnixClientEndpoint(try arguments.unixAddress())
            }))
}

/// A UNIX stream socket to listen on.
public struct UnixServerEndpoint: ServerEndpoint {
    public var address: SocketAddress
    public var mode: UInt32?
    public var backlog: Int32

    public init(_ address: SocketAddress, mode: UInt32? = nil, backlog: Int32 = 1024) {
        self.address = address
        self.mode = mode
        self.backlog = backlog
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        try reactor.listenUnix(on: address, mode: mode, backlog: backlog, factory)
    }

    public var description: String { "unix:\(address)" }
}

/// A UNIX stream socket to connect to.
public struct UnixClientEndpoint: ClientEndpoint {
    public var address: SocketAddress

    public init(_ address: SocketAddress) {
        self.address = address
    }

    public func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        reactor.connectUnix(to: address, ConnectOptions(), factory, completion: completion)
    }

    public var description: String { "unix:\(address)" }
}
