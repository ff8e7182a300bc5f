import FairleadWire

/// One argument of a kind of endpoint, as the table shows it.
public struct EndpointArgument: Hashable, Sendable {
    public let name: String
    public let meaning: String
    /// What holds when it is not given; nil where it must be.
    public let standard: String?

    public init(_ name: String, _ meaning: String, default standard: String? = nil) {
        self.name = name
        self.meaning = meaning
        self.standard = standard
    }
}

/// One role of a kind of endpoint: its row in the table, and how its strings are read.
///
/// `make` takes its arguments; what it leaves is refused. It may read an endpoint that its own
/// wraps from the table that it is given.
public struct EndpointForm<Endpoint>: Sendable {
    /// What makes an endpoint of its arguments.
    public typealias Make =
        @Sendable (_ arguments: inout EndpointArguments, _ endpoints: Endpoints)
        throws(EndpointStringError) -> Endpoint

    /// What it opens, in a few words.
    public let summary: String
    public let arguments: [EndpointArgument]
    /// Strings that show every argument.
    public let examples: [String]
    let make: Make

    public init(
        _ summary: String, _ arguments: [EndpointArgument], examples: [String],
        make: @escaping Make
    ) {
        self.summary = summary
        self.arguments = arguments
        self.examples = examples
        self.make = make
    }
}

/// A kind of endpoint, which is what an endpoint string begins with, in up to three roles.
public struct EndpointKind: Sendable {
    public let name: String
    public let server: EndpointForm<any ServerEndpoint>?
    public let client: EndpointForm<any ClientEndpoint>?
    public let datagram: EndpointForm<any DatagramEndpoint>?

    public init(
        _ name: String, server: EndpointForm<any ServerEndpoint>? = nil,
        client: EndpointForm<any ClientEndpoint>? = nil,
        datagram: EndpointForm<any DatagramEndpoint>? = nil
    ) {
        self.name = name
        self.server = server
        self.client = client
        self.datagram = datagram
    }

    /// The roles that it can play, in words.
    var roles: [String] {
        [
            server.map { _ in "servers" }, client.map { _ in "clients" },
            datagram.map { _ in "datagrams" },
        ].compactMap(\.self)
    }
}
