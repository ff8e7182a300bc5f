// Start-up and shut-down in phases, each a list of steps that may take their time. A deadline
// bounds the whole shut-down: a step that never finishes cannot keep the process alive. It must
// never know what the steps do; the turn itself is in Reactor.swift.
import FairleadWire
import Glibc

/// When a step of the start-up or shut-down runs.
public enum Phase: CaseIterable, Sendable {
    /// Before the loop turns for its users.
    case startUp
    /// Shut-down, while everything still works: stop accepting, say good-bye.
    case beforeShutDown
    /// Shut-down proper; when it is done, what is still open is closed.
    case duringShutDown
    /// Shut-down, when nothing is open any more: last files are written.
    case afterShutDown
}

/// A step of a phase; it calls `done` once when it has finished.
public typealias Step = (_ reactor: Reactor, _ done: @escaping () -> Void) -> Void

/// The state of a reactor between its start and its stop.
struct Lifecycle {
    enum State {
        case idle
        case running
        case stopping
        case halted
    }

    var state = State.idle
    var steps: [Phase: [Step]] = [:]
    /// Ends that the shut-down waits for, such as those of child processes.
    var holds = 0
    var onRelease: (() -> Void)?
    /// Counts the runs: a step that finishes after its run has ended changes nothing.
    var run = 0
    /// Ends a shut-down that takes too long.
    var limit: Timer?
    /// Called once, when the present run has ended.
    var farewells: [() -> Void] = []
}

extension Reactor {
    /// Whether this run is over and only its last calls are still made.
    var hasHalted: Bool { lifecycle.state == .halted }

    /// Whether `run` is under way.
    public var isRunning: Bool { lifecycle.state == .running || lifecycle.state == .stopping }

    /// Adds a step, which runs at each start or stop from now on.
    public func add(to phase: Phase, _ step: @escaping Step) {
        lifecycle.steps[phase, default: []].append(step)
    }

    /// Adds an asynchronous step; it runs as a task on this reactor's thread.
    public func add(to phase: Phase, async body: @escaping @Sendable () async -> Void) {
        add(to: phase) { reactor, done in
            let ticket = reactor.tickets.lodge { _ in done() }
            let mailbox = reactor.mailbox
            Task(executorPreference: mailbox) {
                await body()
                mailbox.post { $0.tickets.redeem(ticket, with: ()) }
            }
        }
    }

    /// Turns until `stop` has run its course. May be called again afterwards.
    ///
    /// - Throws: `SystemError` when the event mechanism fails; `EDEADLK` when it runs already.
    public func run() throws(SystemError) {
        if isRunning || mailbox.isOnReactorThread { throw SystemError(EDEADLK, "run") }
        enter()
        begin()
        defer {
            finish()
            leave()
        }
        while !hasHalted { try turnInside(until: nil) }
    }

    /// From here on the reactor counts as running, whoever turns it.
    func begin() {
        lifecycle.state = .running
        lifecycle.run += 1
        mailbox.open()
        perform(.startUp) {}
    }

    /// The end of a run, also of one that failed: nothing stays open, nobody is left waiting.
    func finish() {
        let isInside = mailbox.isOnReactorThread
        if !isInside { enter() }
        lifecycle.state = .halted
        lifecycle.limit?.cancel()
        closeEverything()
        mailbox.rest()
        let farewells = lifecycle.farewells
        lifecycle.farewells = []
        for farewell in farewells { farewell() }
        // Tasks of this thread learn of the end, and may open things that must close again.
        finishCalls()
        closeEverything()
        finishCalls()
        lifecycle.state = .idle
        lifecycle.onRelease = nil
        if !isInside { leave() }
    }

    /// Shuts down in phases, closes what is open, and lets `run` return.
    ///
    /// - Parameter deadline: how long all phases together may take; after that, what is still
    ///   under way is left behind with a line in the log.
    public func stop(within deadline: Duration = .seconds(10)) {
        guard lifecycle.state == .running else { return }
        lifecycle.state = .stopping
        lifecycle.limit = after(deadline) { [unowned self] in
            log(.warning, "shut-down took longer than \(deadline): the rest is left behind")
            closeEverything()
            halt()
        }
        perform(.beforeShutDown) { [unowned self] in
            perform(.duringShutDown) { [unowned self] in
                closeEverything()
                whenAllHasEnded { [unowned self] in
                    perform(.afterShutDown) { [unowned self] in
                        halt()
                    }
                }
            }
        }
    }

    /// Makes a shut-down wait, within its deadline, until `release` is called.
    func hold() { lifecycle.holds += 1 }

    func release() {
        lifecycle.holds -= 1
        if lifecycle.holds == 0, let onRelease = lifecycle.onRelease {
            lifecycle.onRelease = nil
            onRelease()
        }
    }

    /// After the calls that closing has put off: the protocols know of their end.
    private func whenAllHasEnded(_ completion: @escaping () -> Void) {
        later { [unowned self] in
            if lifecycle.holds == 0 { return completion() }
            lifecycle.onRelease = completion
        }
    }

    private func closeEverything() {
        for observer in observers { observer.reactorStopped() }
        underway.endAll()
    }

    /// Ends the loop once the calls that closing has put off are made.
    ///
    /// What these calls have opened is closed as well, in `rounds` rounds: whoever opens a
    /// connection whenever one ends must not keep the loop alive.
    private func halt(rounds: Int = 16) {
        later { [unowned self] in
            guard lifecycle.state == .stopping else { return }
            if rounds > 0, !observers.isEmpty || !underway.isEmpty {
                closeEverything()
                halt(rounds: rounds - 1)
            } else {
                lifecycle.state = .halted
            }
        }
    }

    /// Runs all steps of a phase at once and calls `completion` when the last has finished, unless
    /// the run has ended without waiting for it.
    private func perform(_ phase: Phase, completion: @escaping () -> Void) {
        let steps = lifecycle.steps[phase] ?? []
        let run = lifecycle.run
        var left = steps.count
        if left == 0 { return completion() }
        for step in steps {
            var isDone = false
            step(self) { [weak self] in
                guard let self else { return }
                if isDone { return }
                isDone = true
                left -= 1
                if left == 0, lifecycle.run == run, !hasHalted { completion() }
            }
        }
    }
}
