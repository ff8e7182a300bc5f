import FairleadWire

extension EndpointKind {
    /// The PROXY protocol around any other endpoint string.
    static let haproxy = EndpointKind(
        "haproxy",
        server: EndpointForm(
            "any server string, behind a proxy that speaks the PROXY protocol, version 1 or 2",
            [
                EndpointArgument("server", "the wrapped server string; it comes last"),
                EndpointArgument("timeout", "how long the header may take", default: "10"),
                EndpointArgument(
                    "maximum", "bytes of the longest binary header", default: "4096"),
            ],
            examples: ["haproxy:tcp:8080", "haproxy:timeout=3:maximum=1024:unix:/run/x.sock"],
            make: { (arguments: inout EndpointArguments, endpoints) throws(EndpointStringError) in
                let (text, column) = try arguments.rest("server", "a server string")
                let inner: any ServerEndpoint
                do throws(EndpointStringError) { inner = try endpoints.server(text) } catch {
                    throw error.moved(into: arguments.string.source, at: column)
                }
                var endpoint = ProxyServerEndpoint(inner)
                endpoint.timeout = try arguments.duration("timeout") ?? endpoint.timeout
                endpoint.maximum =
                    try arguments.number("maximum", in: 232...65551) ?? endpoint.maximum
                return endpoint
            }),
        client: EndpointForm(
            "any client string, to a server that expects a PROXY protocol header: ours first",
            [
                EndpointArgument("client", "the wrapped client string; it comes last"),
                EndpointArgument("version", "1 (text) or 2 (binary)", default: "2"),
            ],
            examples: ["haproxy:tcp:localhost:8080", "haproxy:version=1:unix:/run/x.sock"],
            make: { (arguments: inout EndpointArguments, endpoints) throws(EndpointStringError) in
                let (text, column) = try arguments.rest("client", "a client string")
                let inner: any ClientEndpoint
                do throws(EndpointStringError) { inner = try endpoints.client(text) } catch {
                    throw error.moved(into: arguments.string.source, at: column)
                }
                let version = try arguments.choice(
                    "version", of: [("1", ProxyHeader.Version.text), ("2", .binary)])
                return ProxyClientEndpoint(inner, version ?? .binary)
            }))
}

/// A server endpoint behind a proxy that speaks the PROXY protocol.
public struct ProxyServerEndpoint: ServerEndpoint {
    public let inner: any ServerEndpoint
    /// How long the header may take.
    public var timeout: Duration = .seconds(10)
    /// Bytes of the longest binary header.
    public var maximum = 4096
    /// Where what comes and is turned away is counted.
    public var counts = ProxyCounts()

    public init(_ inner: any ServerEndpoint) {
        self.inner = inner
    }

    public func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        ProxyPort(try inner.listen(on: reactor, gated(factory)), counts)
    }

    /// The factory behind a gate that takes the header off.
    public func gated(_ factory: @escaping StreamFactory) -> StreamFactory {
        { [timeout, maximum, counts] _ in
            ProxyGate(factory, within: timeout, maximum: maximum, counts)
        }
    }

    public var description: String { "haproxy:\(inner)" }
}

/// A port whose connections begin with a PROXY protocol header.
public final class ProxyPort: ListeningPort {
    /// What came with a good header and what was turned away.
    public let counts: ProxyCounts
    private let inner: any ListeningPort

    init(_ inner: any ListeningPort, _ counts: ProxyCounts) {
        self.inner = inner
        self.counts = counts
    }

    public var localAddress: TransportAddress { inner.localAddress }
    public var connectionCount: Int { inner.connectionCount }

    public var clientEndpoint: EndpointString? {
        inner.clientEndpoint.flatMap { try? EndpointString("haproxy:\($0)") }
    }

    public func stop() { inner.stop() }
}

/// A client endpoint whose connections begin with a PROXY protocol header of ours.
public struct ProxyClientEndpoint: ClientEndpoint {
    public let inner: any ClientEndpoint
    public var version: ProxyHeader.Version

    public init(_ inner: any ClientEndpoint, _ version: ProxyHeader.Version = .binary) {
        self.inner = inner
        self.version = version
    }

    public func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        inner.connect(on: reactor) { [version] transport in
            factory(transport).map { Introduction($0, version) }
        } completion: {
            completion($0)
        }
    }

    public var description: String { "haproxy:\(inner)" }

    /// Sends the header before the protocol inside says anything.
    private final class Introduction: ProtocolWrapper {
        private let version: ProxyHeader.Version

        init(_ inner: any StreamProtocol, _ version: ProxyHeader.Version) {
            self.version = version
            super.init(inner)
        }

        override func connectionMade(on transport: any Transport) throws {
            let own = transport.localAddress.socketAddress
            let peer = transport.peerAddress.socketAddress
            let header =
                own?.family == peer?.family
                ? ProxyHeader(version, source: own?.inHeader, destination: peer?.inHeader)
                : ProxyHeader(version)
            transport.write(shared: try header.encoded())
            try super.connectionMade(on: transport)
        }
    }
}
