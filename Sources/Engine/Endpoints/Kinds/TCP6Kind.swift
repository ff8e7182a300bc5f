import FairleadWire

extension EndpointKind {
    /// TCP over IPv6 only, unless `dualStack` is asked for.
    static let tcp6 = EndpointKind(
        "tcp6",
        server: EndpointForm(
            "a TCP port on every IPv6 interface; with `dualStack=1` on every interface of both",
            [
                EndpointArgument("port", "the port; 0 lets the system choose"),
                EndpointArgument(
                    "interface", "the `[IPv6]` address to listen on", default: "[::]"),
                EndpointArgument("backlog", "connections that may wait", default: "1024"),
                EndpointArgument(
                    "reusePort", "1: several sockets may share the port", default: "0"),
                EndpointArgument(
                    "dualStack", "1: take IPv4 peers too, as `::ffff:192.0.2.1`", default: "0"),
            ],
            examples: [
                "tcp6:8000", "tcp6:8000:dualStack=1",
                "tcp6:8000:interface=[::1]:backlog=512:reusePort=1",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                var endpoint = try TCPServerEndpoint(
                    &arguments, .ipv6, else: .ipv6(.any, port: 0))
                endpoint.options.dualStack = try arguments.flag("dualStack") ?? false
                return endpoint
            }),
        client: EndpointForm(
            "a TCP connection over IPv6 only", TCPClientEndpoint.rows,
            examples: [
                "tcp6:localhost:8000",
                "tcp6:[::1]:8000:timeout=5:bindAddress=[::1]:keepAlive=1:noDelay=0",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try TCPClientEndpoint(&arguments, .ipv6)
            }))
}
