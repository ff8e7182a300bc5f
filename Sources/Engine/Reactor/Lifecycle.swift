// Start-up and shut-down in phases, each a list of steps that may take their time. A deadline
// bounds the whole shut-down: a step that never finishes cannot keep the process alive.
import FairleadWire

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
}

extension Reactor {
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
    public func run() throws(SystemError) {
        precondition(!isRunning, "this reactor runs already")
        lifecycle.state = .running
        mailbox.enter()
        defer {
            lifecycle.state = .idle
            mailbox.leave()
        }
        perform(.startUp) {}
        while lifecycle.state != .halted { try turnInside(until: nil) }
    }

    /// Shuts down in phases, closes what is open, and lets `run` return.
    ///
    /// - Parameter deadline: how long all phases together may take; after that, what is still
    ///   under way is left behind with a line in the log.
    public func stop(within deadline: Duration = .seconds(10)) {
        guard lifecycle.state == .running else { return }
        lifecycle.state = .stopping
        let timer = after(deadline) { [unowned self] in
            log(.warning, "shut-down took longer than \(deadline): the rest is left behind")
            closeEverything()
            halt()
        }
        perform(.beforeShutDown) { [unowned self] in
            perform(.duringShutDown) { [unowned self] in
                closeEverything()
                perform(.afterShutDown) { [unowned self] in
                    timer.cancel()
                    halt()
                }
            }
        }
    }

    private func closeEverything() {
        for observer in observers { observer.reactorStopped() }
    }

    /// Ends the loop once the calls that closing has put off are made; what those have opened
    /// anew is closed too, but not for ever.
    private func halt(rounds: Int = 3) {
        later { [unowned self] in
            guard lifecycle.state == .stopping else { return }
            if rounds > 0, !observers.isEmpty {
                closeEverything()
                return halt(rounds: rounds - 1)
            }
            lifecycle.state = .halted
        }
    }

    /// Runs all steps of a phase at once and calls `completion` when the last has finished.
    private func perform(_ phase: Phase, completion: @escaping () -> Void) {
        let steps = lifecycle.steps[phase] ?? []
        var left = steps.count
        if left == 0 { return completion() }
        for step in steps {
            var isDone = false
            step(self) {
                if isDone { return }
                isDone = true
                left -= 1
                if left == 0 { completion() }
            }
        }
    }
}
