import Glibc

extension Reactor {
    /// The whole life of a program: makes a reactor, calls `setUp` and turns until SIGINT, SIGTERM
    /// or `stop`. An error goes to standard error, and the program ends with status 1.
    public static func main(_ setUp: (Reactor) throws -> Void) {
        do {
            let reactor = try Reactor()
            try reactor.signals.stopReactorOnTermination()
            try setUp(reactor)
            try reactor.run()
        } catch {
            endProgram(over: error)
        }
    }
}

extension AsyncReactor {
    /// The whole life of a program whose body is a task, with a reactor on a thread of its own. An
    /// error goes to standard error, and the program ends with status 1.
    nonisolated(nonsending) public static func main(
        _ body: nonisolated(nonsending) (AsyncReactor) async throws -> Void
    ) async {
        do { try await run("reactor", body) } catch { endProgram(over: error) }
    }
}

private func endProgram(over error: any Error) -> Never {
    writeToStandardError("error: \(error)\n")
    exit(1)
}
