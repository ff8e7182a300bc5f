/// The time that `withDeadline` allowed was up before its body was done.
public struct DeadlineExceeded: Error, Hashable, Sendable, CustomStringConvertible {
    /// The time that was allowed: tells nested deadlines apart.
    public let limit: Duration

    public init(limit: Duration) { self.limit = limit }
    public var description: String { "not done within \(limit)" }
}

extension AsyncReactor {
    /// Runs `body` for at most `limit` on the reactor's monotonic clock.
    ///
    /// When the time is up the body is cancelled, which closes the connection or listener that it
    /// awaits, and as soon as it has returned the deadline's error is thrown. Deadlines nest: an
    /// outer one that comes first cancels the inner with its body.
    /// - Throws: `DeadlineExceeded`, or what the body throws.
    nonisolated(nonsending) public func withDeadline<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await sleep(for: limit)
                return nil
            }
            // Whichever is first decides; leaving cancels the other and waits for its end.
            defer { group.cancelAll() }
            if let value = try await group.next() ?? nil { return value }
            throw DeadlineExceeded(limit: limit)
        }
    }
}
