import Synchronization

extension AsyncReactor {
    /// Starts a reactor on a thread of its own; it turns until it is stopped.
    ///
    /// - Parameter setUp: runs on the new thread before the first turn.
    /// - Throws: what `setUp` throws, or `SystemError` when there is no thread or no poller.
    nonisolated(nonsending) public static func start(
        _ name: String = "reactor", backend: Backend? = nil, limits: Limits = Limits(),
        setUp: @escaping @Sendable (Reactor) throws -> Void = { _ in }
    ) async throws -> AsyncReactor {
        let started = Answer<AsyncReactor>()
        let thread = ThreadEnd()
        try ReactorThread.start(name, backend: backend, limits: limits) { reactor in
            try setUp(reactor)
            started.give(AsyncReactor(reactor, thread: thread))
        } finished: { error in
            if let error { started.fail(error) }
            thread.reached(error)
        }
        return try await started.value()
    }

    /// Runs `body` with a reactor on a thread of its own, and stops it when the body is done.
    nonisolated(nonsending) public static func run<Value>(
        _ name: String = "reactor", backend: Backend? = nil, limits: Limits = Limits(),
        _ body: nonisolated(nonsending) (AsyncReactor) async throws -> Value
    ) async throws -> Value {
        let reactor = try await start(name, backend: backend, limits: limits)
        let value: Value
        do {
            value = try await body(reactor)
        } catch {
            await reactor.stop()
            throw error
        }
        await reactor.stop()
        try await reactor.waitUntilStopped()
        return value
    }

    /// Stops the reactor, in phases, and waits until it has stopped, cancelled or not.
    nonisolated(nonsending) public func stop(within deadline: Duration = .seconds(10)) async {
        mailbox.request { $0?.stop(within: deadline) }
        if let thread {
            try? await thread.wait()
        } else {
            try? await wait().value()
        }
    }

    /// Waits until the reactor has stopped.
    ///
    /// - Throws: the error by which its run ended, where it has a thread of its own;
    ///   `CancellationError` when the waiting task is cancelled, which stops nothing.
    nonisolated(nonsending) public func waitUntilStopped() async throws {
        if let thread {
            try await thread.wait {}
        } else {
            try await wait().value {}
        }
    }

    /// The answer that comes when the reactor's present run has ended.
    private func wait() -> Answer<Void> {
        let answer = Answer<Void>()
        mailbox.request { reactor in
            guard let reactor, !reactor.hasHalted, reactor.isRunning else {
                answer.give(())
                return
            }
            reactor.lifecycle.farewells.append { answer.give(()) }
        }
        return answer
    }
}

/// The end of a reactor's thread, for which any number of tasks may wait.
final class ThreadEnd: Sendable {
    private struct State {
        var result: Result<Void, any Error>?
        var waiting: [Answer<Void>] = []
    }

    private let state = Mutex(State())

    func reached(_ error: (any Error)?) {
        let result: Result<Void, any Error> = error.map { .failure($0) } ?? .success(())
        let waiting = state.withLock { state in
            state.result = result
            return state.waiting
        }
        for answer in waiting { answer.give { result } }
    }

    private func answer() -> Answer<Void> {
        let answer = Answer<Void>()
        state.withLock { state in
            if let result = state.result {
                answer.give { result }
            } else {
                state.waiting.append(answer)
            }
        }
        return answer
    }

    nonisolated(nonsending) func wait() async throws { try await answer().value() }

    nonisolated(nonsending) func wait(onCancel: @Sendable () -> Void) async throws {
        try await answer().value(onCancel: onCancel)
    }
}
