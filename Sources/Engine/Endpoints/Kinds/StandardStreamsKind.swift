import FairleadWire

extension EndpointKind {
    /// Standard input and output.
    static let standardStreams = EndpointKind(
        "stdio",
        server: EndpointForm(
            "standard input and output as one connection", [], examples: ["stdio:"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                arguments.allowEmpty()
                return StandardStreamsEndpoint()
            }),
        client: EndpointForm(
            "standard input and output as one connection", [], examples: ["stdio:"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                arguments.allowEmpty()
                return OpeningEndpoint("stdio:") { (reactor, factory) throws(SystemError) in
                    try reactor.openStandardStreams(factory)
                }
            }))
}

/// Standard input and output as a port with one connection.
struct StandardStreamsEndpoint: ServerEndpoint {
    func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        SingleConnectionPort(try reactor.openStandardStreams(factory))
    }

    var description: String { "stdio:" }
}
