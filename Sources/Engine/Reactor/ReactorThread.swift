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
            // The reactor is gone, with all that it held, before anyone hears of its end.
            finished(life(backend, limits, setUp))
        }
    }

    /// The whole life of the reactor; gives the error that ended it.
    private static func life(
        _ backend: Backend?, _ limits: Limits, _ setUp: (Reactor) throws -> Void
    ) -> (any Error)? {
        do {
            let reactor = try Reactor(backend, limits: limits)
            try setUp(reactor)
            try reactor.run()
            return nil
        } catch {
            return error
        }
    }
}
