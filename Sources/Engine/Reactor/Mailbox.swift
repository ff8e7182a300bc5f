// The one door into a reactor from other threads. Calls and Swift jobs wait here in order; the
// first that finds the reactor asleep wakes it, the others cost no system call. As a serial and
// task executor it lets actors and tasks run on the reactor's thread. It must never run anything
// itself: only the reactor drains it.
//
// What comes while the reactor is stopped waits for its next start. When the reactor is gone,
// calls are dropped, for there is nothing to call them with; jobs go on in the global pool, one
// at a time, because a task that never ends would take everything with it that awaits it.
import Glibc
import Synchronization

/// The thread-safe door of a reactor, and the Swift executor on its thread.
public final class Mailbox: SerialExecutor, TaskExecutor {
    /// What waits for the reactor's thread.
    enum Letter: Sendable {
        case call(@Sendable (Reactor) -> Void, file: StaticString, line: UInt)
        /// A call that is made in any case: with nil when the reactor has stopped.
        case request(@Sendable (Reactor?) -> Void)
        case job(UnownedJob)

        /// Who sent it, for the watchdog.
        var owner: String {
            switch self {
            case .call(_, let file, let line): "a call posted at \(file):\(line)"
            case .request: "a request of a task"
            case .job: "a task"
            }
        }
    }

    private enum Condition {
        case open
        /// The reactor has stopped and may start again.
        case resting
        /// The reactor is gone.
        case closed
    }

    private struct State {
        var letters: [Letter] = []
        var condition = Condition.open
        /// After the end: whether somebody runs the jobs at this moment.
        var isServed = false
    }

    private let state = Mutex(State())
    private let waker: any Waker
    /// The thread that turns the reactor at this moment, 0 when none does.
    private let thread = Atomic<UInt>(0)

    init(waker: any Waker) {
        self.waker = waker
    }

    /// Runs `call` on the reactor's thread, in its next turn. Safe from every thread.
    ///
    /// When the reactor is stopped, the call waits for its next start; when it is gone, the call
    /// is dropped.
    public func post(
        file: StaticString = #fileID, line: UInt = #line,
        _ call: @escaping @Sendable (Reactor) -> Void
    ) {
        put(.call(call, file: file, line: line))
    }

    /// Runs `call` on the reactor's thread, or with nil at once when the reactor has stopped.
    func request(_ call: @escaping @Sendable (Reactor?) -> Void) {
        let isOpen = state.withLock { state in
            if state.condition == .open { state.letters.append(.request(call)) }
            return state.condition == .open
        }
        if !isOpen {
            call(nil)
        } else if !isOnReactorThread {
            waker.wake()
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        put(.job(UnownedJob(job)))
    }

    /// Whether the caller is on the thread that turns the reactor.
    public var isOnReactorThread: Bool {
        thread.load(ordering: .relaxed) == Self.currentThread
    }

    /// The reactor, when the caller is on the thread that turns it and in no inner turn.
    var reactorHere: Reactor? {
        guard isOnReactorThread, let reactor = CurrentReactor.value, reactor.mailbox === self
        else { return nil }
        return reactor
    }

    public func isIsolatingCurrentContext() -> Bool? { isOnReactorThread }

    public func checkIsolated() {
        precondition(isOnReactorThread, "not on the reactor's thread")
    }

    /// Marks the calling thread as the reactor's, or nobody's.
    func enter() { thread.store(Self.currentThread, ordering: .relaxed) }
    func leave() { thread.store(0, ordering: .relaxed) }

    var isEmpty: Bool { state.withLock { $0.letters.isEmpty } }

    /// Takes everything that waits.
    func takeAll() -> [Letter] {
        state.withLock { state in
            if state.letters.isEmpty { return [] }
            let taken = state.letters
            state.letters = []
            return taken
        }
    }

    /// Runs a Swift job on this thread.
    func run(_ job: UnownedJob) {
        unsafe job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }

    private func put(_ letter: Letter) {
        let condition = state.withLock { state in
            if state.condition != .closed { state.letters.append(letter) }
            return state.condition
        }
        if condition == .closed {
            if case .job = letter { serveWithoutReactor([letter]) }
        } else if !isOnReactorThread {
            // The reactor's own thread looks into the mailbox before it sleeps.
            waker.wake()
        }
    }

    private static var currentThread: UInt { UInt(pthread_self()) }
}

extension Mailbox {
    /// The reactor starts: requests are taken again.
    func open() { state.withLock { $0.condition = .open } }

    /// The reactor has stopped: requests that wait are answered, all else waits for its return.
    func rest() {
        let requests = state.withLock { state in
            state.condition = .resting
            let requests = state.letters.filter(\.isRequest)
            state.letters.removeAll(where: \.isRequest)
            return requests
        }
        for case .request(let call) in requests { call(nil) }
    }

    /// The reactor is gone.
    func close() {
        rest()
        let letters = state.withLock { state in
            state.condition = .closed
            let letters = state.letters
            state.letters = []
            return letters
        }
        serveWithoutReactor(letters)
    }

    /// Runs jobs in the global pool, one at a time.
    private func serveWithoutReactor(_ letters: [Letter]) {
        let jobs = letters.filter(\.isJob)
        if jobs.isEmpty { return }
        let isServed = state.withLock { state in
            state.letters += jobs
            defer { state.isServed = true }
            return state.isServed
        }
        if isServed { return }
        Task.detached { [self] in
            while let job = nextJob() { runInPool(job) }
        }
    }

    private func nextJob() -> Letter? {
        state.withLock { state in
            if state.letters.isEmpty {
                state.isServed = false
                return nil
            }
            return state.letters.removeFirst()
        }
    }

    private func runInPool(_ letter: Letter) {
        guard case .job(let job) = letter else { return }
        enter()
        run(job)
        leave()
    }
}

extension Mailbox.Letter {
    var isRequest: Bool {
        if case .request = self { return true }
        return false
    }

    var isJob: Bool {
        if case .job = self { return true }
        return false
    }
}
