import FairleadEngine
import Testing

/// What a reactor still holds when everything should have been given back.
struct Leftovers: Equatable, Sendable {
    var watched = 0
    var open = 0
}

/// Runs `body` with a reactor on a thread of its own and expects that nothing is left behind.
func withReactor(
    _ limits: Limits = Limits(), sourceLocation: SourceLocation = #_sourceLocation,
    _ body: nonisolated(nonsending) (AsyncReactor) async throws -> Void
) async throws {
    let left = Shared(Leftovers(watched: -1, open: -1))
    let reactor = try await AsyncReactor.start(limits: limits) { reactor in
        reactor.add(to: .afterShutDown) { reactor, done in
            let open = (reactor.kernel as? PosixKernel)?.openDescriptors ?? -1
            left.set(Leftovers(watched: reactor.census.descriptors, open: open))
            done()
        }
    }
    let result: Result<Void, any Error>
    do {
        try await body(reactor)
        result = .success(())
    } catch {
        result = .failure(error)
    }
    await reactor.stop()
    try result.get()
    #expect(left.value == Leftovers(), sourceLocation: sourceLocation)
}

/// Waits until the condition holds, at most ten seconds; tells whether it does.
func eventually(
    _ reactor: AsyncReactor, _ condition: @Sendable () -> Bool
) async throws -> Bool {
    for _ in 0..<10_000 {
        if condition() { return true }
        try await reactor.sleep(for: .milliseconds(1))
    }
    return condition()
}

/// The error that the body throws, or nil.
func failure<Value>(
    _ body: nonisolated(nonsending) () async throws -> Value
) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
