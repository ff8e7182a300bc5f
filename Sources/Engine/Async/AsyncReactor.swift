// A reactor as tasks and actors see it: a Sendable handle with `async` verbs. Each verb hands a
// request in at the mailbox, or begins at once when the caller is on the reactor's thread
// already, and waits for its answer. What has begun is noted in the reactor's `Underway`, so that
// a cancelled task, a deadline or the end of the reactor ends it. The handle must never touch a
// confined object on a foreign thread, nor keep one alive.

import FairleadWire

/// A reactor's handle for tasks and actors anywhere.
///
/// Whatever awaits ends with `ReactorStopped` when the reactor stops.
public struct AsyncReactor: Sendable {
    /// The reactor's door, and the executor of its thread: `Task(executorPreference: mailbox)`.
    public let mailbox: Mailbox
    /// The end of the thread, where the reactor has one of its own.
    let thread: ThreadEnd?

    /// A handle of a reactor that is turned by its owner.
    public init(_ reactor: Reactor) { self.init(reactor, thread: nil) }

    init(_ reactor: Reactor, thread: ThreadEnd?) {
        mailbox = reactor.mailbox
        self.thread = thread
    }

    // MARK: Calls

    /// Runs `body` on the reactor's thread, where it may use everything that is confined there.
    nonisolated(nonsending) public func perform<Value: Sendable>(
        _ body: @escaping @Sendable (Reactor) throws -> Value
    ) async throws -> Value {
        try await request { reactor, answer in
            answer.give { Result { try body(reactor) } }
            return nil
        }
    }

    /// Runs a call that blocks on a worker thread of the reactor.
    ///
    /// - Throws: `WorkerPool.Overload` when too many wait already. A cancelled task does not wait
    ///   for the call any longer; the call itself is not interrupted.
    nonisolated(nonsending) public func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await request { reactor, answer in
            let work = try reactor.workers.run({ Result { try body() } }) {
                [unowned reactor] result in
                reactor.underway.finished(answer)
                answer.give { result }
            }
            return { work.cancel() }
        }
    }

    // MARK: Time

    /// Waits on the reactor's monotonic clock.
    nonisolated(nonsending) public func sleep(for delay: Duration) async throws {
        try await request { reactor, answer in
            Self.wake(answer, with: (), at: reactor.now + max(delay, .zero), on: reactor)
        }
    }

    /// Gives the answer at a time; gives the act that ends the wait early.
    static func wake<Value: Sendable>(
        _ answer: Answer<Value>, with value: Value, at time: Instant, on reactor: Reactor
    ) -> () -> Void {
        let timer = reactor.timers.add(time, period: 0, #fileID, #line) { [unowned reactor] in
            reactor.underway.finished(answer)
            answer.give(value)
        }
        return { timer.cancel() }
    }

    // MARK: Requests

    /// Hands a request in and waits for its answer.
    ///
    /// - Parameter begin: on the reactor's thread, begins what is asked for; gives the act that
    ///   ends it early, or nil when it has given its answer already. Before a later answer it
    ///   tells `underway` that it has finished.
    nonisolated(nonsending) func request<Value: Sendable>(
        _ begin: @escaping @Sendable (Reactor, Answer<Value>) throws -> (() -> Void)?
    ) async throws -> Value {
        try Task.checkCancellation()
        let answer = Answer<Value>()
        if let reactor = mailbox.reactorHere {
            Self.begin(reactor, answer, begin)
        } else {
            mailbox.request { reactor in Self.begin(reactor, answer, begin) }
        }
        return try await answer.value { [mailbox] in
            mailbox.post { $0.underway.end(answer) }
        }
    }

    private static func begin<Value: Sendable>(
        _ reactor: Reactor?, _ answer: Answer<Value>,
        _ begin: (Reactor, Answer<Value>) throws -> (() -> Void)?
    ) {
        guard let reactor, !reactor.hasHalted else {
            answer.fail(ReactorStopped())
            return
        }
        if answer.isGiven { return }
        do {
            guard let end = try begin(reactor, answer) else { return }
            reactor.underway.begin(answer, tell: { answer.fail(ReactorStopped()) }, end: end)
        } catch {
            answer.fail(error)
        }
    }
}

/// The reactor has stopped; what was asked of it cannot be done.
public struct ReactorStopped: Error, Hashable, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String { "the reactor has stopped" }
}

extension Reactor {
    /// The handle of this reactor for tasks and actors anywhere.
    public var handle: AsyncReactor { AsyncReactor(self) }
}
