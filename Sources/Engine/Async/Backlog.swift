import Synchronization

/// Accepted connections that wait for a task to take them, within a limit.
///
/// It holds exchanges, not connections: one that is still here when the port closes is closed.
final class Backlog: Sendable {
    private struct State {
        var waiting: [Exchange] = []
        var acceptors: [Answer<AsyncConnection?>] = []
        var isPaused = false
        var isOver = false
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = max(limit, 1) }

    var count: Int { state.withLock { $0.waiting.count } }

    /// Takes a new connection; tells whether accepting should pause.
    func put(_ exchange: Exchange) -> Bool {
        let pauses: Bool? = state.withLock { state in
            if state.isOver { return nil }
            while let acceptor = state.acceptors.first {
                state.acceptors.removeFirst()
                // An acceptor that has been cancelled takes nothing.
                if acceptor.give({ .success(AsyncConnection(exchange)) }) { return false }
            }
            state.waiting.append(exchange)
            state.isPaused = state.waiting.count >= limit
            return state.isPaused
        }
        if pauses == nil { exchange.finish(.close) }
        return pauses ?? false
    }

    enum Taking {
        /// A connection, and whether accepting may go on.
        case connection(AsyncConnection, resumes: Bool)
        case over
        case wait(Answer<AsyncConnection?>)
    }

    func take() -> Taking {
        state.withLock { state in
            if state.isOver { return .over }
            if state.waiting.isEmpty {
                let acceptor = Answer<AsyncConnection?>()
                state.acceptors.append(acceptor)
                return .wait(acceptor)
            }
            let connection = AsyncConnection(state.waiting.removeFirst())
            let resumes = state.isPaused && state.waiting.count <= limit / 2
            if resumes { state.isPaused = false }
            return .connection(connection, resumes: resumes)
        }
    }

    /// Whether accepting should pause at this moment.
    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// Nothing more comes: whoever waits is told, and what waits is closed.
    func finish() {
        let state = state.withLock { state in
            defer {
                state = State()
                state.isOver = true
            }
            return state
        }
        for acceptor in state.acceptors { acceptor.give(nil) }
        for exchange in state.waiting { exchange.finish(.close) }
    }
}
