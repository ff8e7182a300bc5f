import FairleadWire

extension EndpointKind {
    /// A socket that systemd opened (socket activation).
    static let systemd = EndpointKind.systemd { () throws(SocketActivationError) in
        try SocketActivation.ofThisProcess.get()
    }

    /// The kind with sockets from elsewhere than this process's own environment.
    public static func systemd(
        _ activation: @escaping @Sendable () throws(SocketActivationError) -> SocketActivation
    ) -> EndpointKind {
        EndpointKind(
            "systemd",
            server: EndpointForm(
                "a listening stream socket that systemd passed (LISTEN_FDS)",
                [
                    EndpointArgument(
                        "name", "the name that the socket unit gives (FileDescriptorName=)",
                        default: "any"),
                    EndpointArgument(
                        "domain", "what it must be: INET, INET6 or UNIX", default: "any"),
                    EndpointArgument(
                        "index", "its place among all that were passed, from 0",
                        default: "the only one that fits"),
                ],
                examples: [
                    "systemd:", "systemd:name=web", "systemd:domain=INET:index=0",
                ],
                make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                    try SystemdEndpoint(&arguments, activation)
                }))
    }
}

/// A socket that systemd opened.
public struct SystemdEndpoint: ServerEndpoint {
    public let name: String?
    public let domain: SocketFamily?
    public let index: Int?
    private let activation: @Sendable () throws(SocketActivationError) -> SocketActivation

    init(
        _ arguments: inout EndpointArguments,
        _ activation: @escaping @Sendable () throws(SocketActivationError) -> SocketActivation
    ) throws(EndpointStringError) {
        self.activation = activation
        name = try arguments.text("name")
        domain = try arguments.choice(
            "domain", of: [("INET", .ipv4), ("INET6", .ipv6), ("UNIX", .unix)])
        index = try arguments.number("index", in: 0...SocketActivation.maximum - 1)
        arguments.allowEmpty()
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        let kernel = reactor.kernel
        let activation = try activation()
        for socket in activation.sockets { _ = kernel.closeOnExec(socket.descriptor) }
        let socket = try choose(activation.sockets, kernel)
        guard let nature = kernel.nature(of: socket.descriptor) else {
            throw Self.error(socket, "it is no INET, INET6 or UNIX socket")
        }
        guard nature.kind == .stream, nature.isListening else {
            throw Self.error(socket, "it is no listening stream socket")
        }
        let copy = try kernel.duplicate(socket.descriptor).descriptor("fcntl F_DUPFD")
        let owner = Descriptor(copy, of: kernel)
        _ = try kernel.setNonBlocking(copy).get("fcntl O_NONBLOCK")
        return try Listener(reactor, owner.release(), isTCP: nature.family != .unix, factory)
    }

    private func choose(_ sockets: [SocketActivation.Socket], _ kernel: any Kernel)
        throws(SocketActivationError) -> SocketActivation.Socket
    {
        if let index, index >= sockets.count {
            throw SocketActivationError("no index \(index): LISTEN_FDS says \(sockets.count)")
        }
        let named = sockets.filter { name == nil || $0.name == name }
        if let name, named.isEmpty {
            let names = sockets.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw SocketActivationError("no \"\(name)\": LISTEN_FDNAMES has \(names)")
        }
        let fitting = named.filter { socket in
            (index == nil || socket.index == index)
                && (domain == nil || kernel.nature(of: socket.descriptor)?.family == domain)
        }
        guard let first = fitting.first else {
            throw SocketActivationError("no socket that was passed fits \(self)")
        }
        if fitting.count > 1 {
            let places = fitting.map { "\($0.index)" }.joined(separator: ", ")
            throw SocketActivationError("several fit \(self): say index= and one of \(places)")
        }
        return first
    }

    private static func error(_ socket: SocketActivation.Socket, _ text: String)
        -> SocketActivationError
    {
        SocketActivationError(
            "descriptor \(socket.descriptor) (index \(socket.index), \"\(socket.name)\"): \(text)")
    }

    public var description: String {
        let domains = [SocketFamily.ipv4: "INET", .ipv6: "INET6", .unix: "UNIX"]
        let parts = [
            name.map { ("name", $0) }, domain.map { ("domain", domains[$0] ?? "") },
            index.map { ("index", "\($0)") },
        ]
        return EndpointString(kind: "systemd", parts.compactMap(\.self).map { ($0.0, $0.1) })
            .description
    }
}
