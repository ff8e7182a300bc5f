extension AsyncReactor {
    /// How something is connected to, with the confined API.
    public typealias Connect =
        @Sendable (Reactor, @escaping StreamFactory, @escaping ConnectCompletion) throws
        -> any ConnectAttempt
    /// How a port is opened, with the confined API.
    public typealias Listen =
        @Sendable (Reactor, @escaping StreamFactory) throws
        -> any ListeningPort

    // MARK: Connecting

    /// Connects by any means of the reactor.
    ///
    /// - Parameter open: called on the reactor's thread, for example
    ///   `{ $0.connectTCP(to: "::1", port: 8000, $1, completion: $2) }`.
    /// - Throws: `ConnectError`, or what `open` throws; a cancelled task calls the attempt off.
    nonisolated(nonsending) public func connect(by open: @escaping Connect) async throws
        -> AsyncConnection
    {
        try await request { reactor, answer in
            var edge: ConnectionEdge?
            let attempt = try open(reactor) { transport in
                let made = ConnectionEdge(transport)
                edge = made
                return made
            } _: { [unowned reactor] result in
                reactor.underway.finished(answer)
                switch result {
                case .failure(let error): answer.fail(error)
                case .success:
                    guard let edge else { return }
                    // When the task has left, nobody holds the connection, which closes it.
                    let connection = AsyncConnection(edge.exchange)
                    answer.give(connection)
                }
            }
            return { attempt.cancel() }
        }
    }

    /// Connects to an endpoint, which `make` makes on the reactor's thread.
    nonisolated(nonsending) public func connect(
        to make: @escaping @Sendable (Reactor) throws -> any ClientEndpoint
    ) async throws -> AsyncConnection {
        try await connect { reactor, factory, completion in
            try make(reactor).connect(on: reactor, factory, completion: completion)
        }
    }

    /// Connects to what an endpoint string names, for example `"tcp:localhost:8000"`.
    ///
    /// - Throws: `EndpointStringError`, or `ConnectError`.
    nonisolated(nonsending) public func connect(_ text: String, in endpoints: Endpoints = .standard)
        async throws -> AsyncConnection
    {
        try await connect(to: { _ in try endpoints.client(text) })
    }

    /// Connects to a TCP port by name or address.
    nonisolated(nonsending) public func connectTCP(
        to host: String, port: UInt16, _ options: ConnectOptions = ConnectOptions()
    ) async throws -> AsyncConnection {
        try await connect { reactor, factory, completion in
            reactor.connectTCP(to: host, port: port, options, factory, completion: completion)
        }
    }

    /// Connects to a UNIX stream socket.
    nonisolated(nonsending) public func connectUnix(
        to address: SocketAddress, _ options: ConnectOptions = ConnectOptions()
    ) async throws -> AsyncConnection {
        try await connect { reactor, factory, completion in
            reactor.connectUnix(to: address, options, factory, completion: completion)
        }
    }

    // MARK: Listening

    /// Opens a port by any means of the reactor.
    ///
    /// - Parameters:
    ///   - backlog: accepted connections that may wait to be taken.
    ///   - open: called on the reactor's thread, for example
    ///     `{ try $0.listenTCP(on: address, $1) }`.
    nonisolated(nonsending) public func listen(backlog: Int = 64, by open: @escaping Listen)
        async throws -> AsyncListener
    {
        try await request { reactor, answer in
            let edge = PortEdge(backlog: Backlog(limit: backlog))
            let port = try open(reactor) { edge.makeProtocol($0) }
            edge.port = port
            let backlog = edge.backlog
            reactor.underway.begin(
                backlog, tell: { backlog.finish() }, look: { edge.resume() }, end: { edge.stop() })
            // When the task has left, nobody holds the listener, which closes the port.
            answer.give(AsyncListener(edge, port.localAddress, on: reactor.mailbox))
            return nil
        }
    }

    /// Opens a port on an endpoint, which `make` makes on the reactor's thread.
    nonisolated(nonsending) public func listen(
        backlog: Int = 64, on make: @escaping @Sendable (Reactor) throws -> any ServerEndpoint
    ) async throws -> AsyncListener {
        try await listen(backlog: backlog) { reactor, factory in
            try make(reactor).listen(on: reactor, factory)
        }
    }

    /// Opens the port that an endpoint string names, for example `"tcp:8000"`.
    ///
    /// - Throws: `EndpointStringError`, or `SystemError` when the port cannot be opened.
    nonisolated(nonsending) public func listen(
        _ text: String, in endpoints: Endpoints = .standard, backlog: Int = 64
    ) async throws -> AsyncListener {
        try await listen(backlog: backlog, on: { _ in try endpoints.server(text) })
    }

    /// Opens a TCP port; port 0 lets the system choose.
    nonisolated(nonsending) public func listenTCP(
        on address: SocketAddress, _ options: ListenOptions = ListenOptions(), backlog: Int = 64
    ) async throws -> AsyncListener {
        try await listen(backlog: backlog) { reactor, factory in
            try reactor.listenTCP(on: address, options, factory)
        }
    }

    /// Opens a UNIX stream socket.
    nonisolated(nonsending) public func listenUnix(
        on address: SocketAddress, mode: UInt32? = nil, backlog: Int = 64
    ) async throws -> AsyncListener {
        try await listen(backlog: backlog) { reactor, factory in
            try reactor.listenUnix(on: address, mode: mode, factory)
        }
    }
}
