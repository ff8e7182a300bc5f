import Synchronization

/// One answer that a task waits for: whoever gives it first decides, everyone else is too late.
///
/// This is the only place of the async face that touches a continuation, so that none is resumed
/// twice or never: an answer may be given before, while or after the task begins to wait.
final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
        case taken
    }

    private let state = Mutex(State.open)

    /// Gives the answer and tells whether it was the first.
    ///
    /// What makes the result is run only in that case, under the lock: nothing is taken from a
    /// buffer for somebody who has left.
    @discardableResult
    func give(_ make: () -> Result<Value, any Error>) -> Bool {
        var waiting: (CheckedContinuation<Value, any Error>, Result<Value, any Error>)?
        let isFirst = state.withLock { state in
            switch state {
            case .given, .taken: return false
            case .open: state = .given(make())
            case .awaited(let continuation):
                waiting = (continuation, make())
                state = .taken
            }
            return true
        }
        if let (continuation, result) = waiting { continuation.resume(with: result) }
        return isFirst
    }

    @discardableResult
    func give(_ value: Value) -> Bool { give { .success(value) } }

    @discardableResult
    func fail(_ error: any Error) -> Bool { give { .failure(error) } }

    /// Whether the answer was given already.
    var isGiven: Bool {
        state.withLock { state in
            switch state {
            case .open, .awaited: false
            case .given, .taken: true
            }
        }
    }

    /// Waits for the answer; to be called once.
    nonisolated(nonsending) func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<Value, any Error>? = state.withLock { state in
                if case .given(let result) = state {
                    state = .taken
                    return result
                }
                state = .awaited(continuation)
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }

    /// Waits for the answer; when the task is cancelled before it came, `onCancel` is called and
    /// `CancellationError` is the answer.
    nonisolated(nonsending) func value(onCancel: @Sendable () -> Void) async throws -> Value {
        try await withTaskCancellationHandler {
            try await value()
        } onCancel: {
            if fail(CancellationError()) { onCancel() }
        }
    }
}
