import FairleadWire

extension EndpointKind {
    /// Pseudo-terminals made by us.
    static let pseudoTerminal = EndpointKind(
        "pty",
        server: EndpointForm(
            "a pseudo-terminal; each program that opens it is a connection",
            [
                EndpointArgument(
                    "link", "where a link to the device is made", default: "none: by its own name"),
                EndpointArgument(
                    "mode", "permission bits of the device in octal", default: "the system's"),
            ],
            examples: ["pty:/tmp/gps0", "pty:/run/gps0:mode=660", "pty:"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let link = try arguments.take("link")?.value
                var options = PseudoTerminalOptions()
                options.mode = try arguments.mode("mode")
                return PseudoTerminalEndpoint(link: link == "" ? nil : link, options)
            }))
}

/// A pseudo-terminal to make.
public struct PseudoTerminalEndpoint: ServerEndpoint {
    public var link: String?
    public var options: PseudoTerminalOptions

    public init(link: String?, _ options: PseudoTerminalOptions = PseudoTerminalOptions()) {
        self.link = link
        self.options = options
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        try reactor.listenPseudoTerminal(link: link, options, factory)
    }

    public var description: String {
        EndpointString(kind: "pty", [(nil, link ?? "")]).description
    }
}
