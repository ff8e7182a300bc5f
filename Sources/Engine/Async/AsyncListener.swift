/// An open port for tasks and actors anywhere: the sequence of the connections that come in.
///
/// No more connections than its backlog wait here to be taken; then accepting pauses, and further
/// peers wait in the system. A port that nobody holds any more is closed; connections that were
/// taken go on. Cancelling a task that waits for a connection closes the port.
public final class AsyncListener: AsyncSequence, Sendable {
    /// What comes in.
    public typealias Element = AsyncConnection

    /// Where it listens, with the port that the system chose.
    public let localAddress: TransportAddress
    private let mailbox: Mailbox
    private let backlog: Backlog

    init(_ edge: PortEdge, _ localAddress: TransportAddress, on mailbox: Mailbox) {
        self.localAddress = localAddress
        self.mailbox = mailbox
        backlog = edge.backlog
    }

    deinit { stop() }

    /// Waits for the next connection; nil when the port is closed.
    nonisolated(nonsending) public func accept() async throws -> AsyncConnection? {
        if Task.isCancelled {
            stop()
            throw CancellationError()
        }
        switch backlog.take() {
        case .over: return nil
        case .connection(let connection, let resumes):
            if resumes { mailbox.post { [backlog] in $0.underway.look(backlog) } }
            return connection
        case .wait(let answer):
            return try await answer.value { [mailbox, backlog] in
                backlog.finish()
                mailbox.post { $0.underway.end(backlog) }
            }
        }
    }

    /// Closes the port and ends the sequence; connections that were not taken are closed.
    public func stop() {
        backlog.finish()
        mailbox.post { [backlog] in $0.underway.end(backlog) }
    }

    /// Runs `handle` in a task of its own for each connection, until the port is closed.
    ///
    /// A connection is closed when its task returns and aborted when it throws, which touches no
    /// other. Returns when the last task has; cancelling cancels them all.
    nonisolated(nonsending) public func serve(
        _ handle: @escaping @Sendable (AsyncConnection) async throws -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            while let connection = try await accept() {
                group.addTask {
                    do { try await handle(connection) } catch { return connection.abort() }
                    connection.close()
                }
            }
        }
    }

    /// Connections that wait to be taken.
    public var waitingConnections: Int { backlog.count }

    public func makeAsyncIterator() -> Iterator { Iterator(listener: self) }

    /// One accepted connection after another, until the port is closed.
    public struct Iterator: AsyncIteratorProtocol {
        let listener: AsyncListener

        public func next() async throws -> AsyncConnection? { try await listener.accept() }

        public func next(isolation actor: isolated (any Actor)?) async throws -> AsyncConnection? {
            try await listener.accept()
        }
    }
}

/// The reactor's side of a port that tasks use.
final class PortEdge {
    let backlog: Backlog
    var port: (any ListeningPort)?

    init(backlog: Backlog) { self.backlog = backlog }

    /// Makes the protocol of an incoming connection.
    func makeProtocol(_ transport: any Transport) -> any StreamProtocol {
        ConnectionEdge(transport) { [self] exchange in
            if backlog.put(exchange) { port?.pauseAccepting() }
        }
    }

    func resume() {
        if !backlog.isPaused { port?.resumeAccepting() }
    }

    func stop() {
        port?.stop()
        port = nil
    }
}
