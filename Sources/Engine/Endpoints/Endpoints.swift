// The registry of endpoint kinds: a value that is passed, never a global to be changed. It reads
// a string's kind, finds the form for the wanted role, and sees to it that no argument is left
// over. What a kind means is in its own file under Kinds; the list is StandardKinds.swift.
import FairleadWire

/// The kinds of endpoint strings that are known.
public struct Endpoints: Sendable {
    /// In the order in which they were registered.
    public private(set) var kinds: [EndpointKind]

    /// A registry of exactly these kinds.
    public init(_ kinds: [EndpointKind]) {
        self.kinds = []
        for kind in kinds { register(kind) }
    }

    /// A registry that knows one kind more, in place of any earlier of its name.
    public func registering(_ kind: EndpointKind) -> Endpoints {
        var copy = self
        copy.register(kind)
        return copy
    }

    private mutating func register(_ kind: EndpointKind) {
        if let place = kinds.firstIndex(where: { $0.name == kind.name }) {
            kinds[place] = kind
        } else {
            kinds.append(kind)
        }
    }

    /// What `text` says to listen on.
    public func server(_ text: String) throws(EndpointStringError) -> any ServerEndpoint {
        try read(text, "servers", \.server)
    }

    /// What `text` says to connect to.
    public func client(_ text: String) throws(EndpointStringError) -> any ClientEndpoint {
        try read(text, "clients", \.client)
    }

    /// What `text` says to exchange datagrams over.
    public func datagram(_ text: String) throws(EndpointStringError) -> any DatagramEndpoint {
        try read(text, "datagrams", \.datagram)
    }

    private func read<Endpoint>(
        _ text: String, _ role: String, _ form: (EndpointKind) -> EndpointForm<Endpoint>?
    ) throws(EndpointStringError) -> Endpoint {
        let string = try EndpointString(text)
        guard let kind = kinds.first(where: { $0.name == string.kind }), let form = form(kind)
        else { throw unknown(string, role, kinds.filter { form($0) != nil }.map(\.name)) }
        return try Self.make(form, EndpointArguments(string), self).endpoint
    }

    /// Reads the arguments to the last; tells also which names the form asked for.
    static func make<Endpoint>(
        _ form: EndpointForm<Endpoint>, _ arguments: EndpointArguments, _ endpoints: Endpoints
    ) throws(EndpointStringError) -> (endpoint: Endpoint, names: [String]) {
        var arguments = arguments
        let endpoint = try form.make(&arguments, endpoints)
        try arguments.finish()
        return (endpoint, arguments.known)
    }

    private func unknown(_ string: EndpointString, _ role: String, _ names: [String])
        -> EndpointStringError
    {
        let other = kinds.first { $0.name == string.kind }?.roles.joined(separator: " and ")
        let list = names.joined(separator: ", ")
        return EndpointStringError(
            string.source, part: "kind \"\(string.kind)\"", column: 1,
            expected: other.map { "a kind for \(role) (\(list)); this one is for \($0)" }
                ?? "one of \(list)",
            suggestion: other == nil ? suggestion(string, names) : nil)
    }

    /// The nearest kind; for what looks like `host:port` the same as a TCP string.
    private func suggestion(_ string: EndpointString, _ names: [String]) -> String? {
        if let near = nearestName(to: string.kind, in: names) { return near }
        guard names.contains("tcp"), string.arguments.count == 1, let last = string.arguments.last,
            last.key == nil, decimalNumber(last.value.utf8, atMost: 65535) != nil
        else { return nil }
        return "tcp:\(string.source)"
    }
}

extension Reactor {
    /// Opens the port that an endpoint string names, for example `"tcp:8000"`.
    ///
    /// - Throws: `EndpointStringError`, or `SystemError` when the port cannot be opened.
    @discardableResult
    public func listen(
        _ endpoint: String, in endpoints: Endpoints = .standard, _ factory: @escaping StreamFactory
    ) throws -> any ListeningPort {
        try endpoints.server(endpoint).listen(on: self, factory)
    }

    /// Connects to what an endpoint string names, for example `"tcp:localhost:8000"`.
    ///
    /// - Parameter completion: called once, after `connectionMade`, or with the error.
    @discardableResult
    public func connect(
        _ endpoint: String, in endpoints: Endpoints = .standard, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion = { _ in }
    ) throws(EndpointStringError) -> any ConnectAttempt {
        try endpoints.client(endpoint).connect(on: self, factory, completion: completion)
    }
}
