/// A reactor on a thread of its own.
public enum ReactorThread {
    /// Starts a thread, makes a reactor there, calls `setUp` with it and turns it until it stops.
    ///
    /// - Parameters:
    ///   - setUp: opens ports and connections; runs on the new thread, before the first turn.
    ///   - finished: called on that thread when the reactor has stopped, with the error if any.
    public static func start(
        _ name: String = "reactor", backend: Backend? = nil, limits: Limits = Limits(),
        setUp: @escaping @Sendable (Reactor) throws -> Void,
        finished: @escaping @Sendable ((any Error)?) -> Void = { _ in }
    ) throws(SystemError) {
        try startThread(name) {
            do {
                let reactor = try Reactor(backend, limits: limits)
                try setUp(reactor)
                try reactor.run()
                finished(nil)
            } catch {
                finished(error)
            }
        }
    }
}
