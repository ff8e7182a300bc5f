// The one door into a reactor from other threads. Calls and Swift jobs wait here in order; the
// first that finds the reactor asleep wakes it, the others cost no system call. As a serial and
// task executor it lets actors and tasks run on the reactor's thread. It must never run anything
// itself: only the reactor drains it.
import Glibc
import Synchronization

/// The thread-safe door of a reactor, and the Swift executor on its thread.
public final class Mailbox: SerialExecutor, TaskExecutor {
    /// What waits for the reactor's thread.
    enum Letter: Sendable {
        case call(@Sendable (Reactor) -> Void)
        case job(UnownedJob)
    }

    private let letters = Mutex<[Letter]>([])
    private let waker: any Waker
    /// The thread that turns the reactor at this moment, 0 when none does.
    private let thread = Atomic<UInt>(0)

    init(waker: any Waker) {
        self.waker = waker
    }

    /// Runs `call` on the reactor's thread, in its next turn. Safe from every thread.
    public func post(_ call: @escaping @Sendable (Reactor) -> Void) {
        put(.call(call))
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        put(.job(UnownedJob(job)))
    }

    /// Whether the caller is on the thread that turns the reactor.
    public var isOnReactorThread: Bool {
        thread.load(ordering: .relaxed) == Self.currentThread
    }

    public func isIsolatingCurrentContext() -> Bool? { isOnReactorThread }

    public func checkIsolated() {
        precondition(isOnReactorThread, "not on the reactor's thread")
    }

    /// Marks the calling thread as the reactor's, or nobody's.
    func enter() { thread.store(Self.currentThread, ordering: .relaxed) }
    func leave() { thread.store(0, ordering: .relaxed) }

    var isEmpty: Bool { letters.withLock { $0.isEmpty } }

    /// Takes everything that waits.
    func takeAll() -> [Letter] {
        letters.withLock { letters in
            if letters.isEmpty { return [] }
            let taken = letters
            letters = []
            return taken
        }
    }

    /// Runs a Swift job on this thread.
    func run(_ job: UnownedJob) {
        unsafe job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }

    private func put(_ letter: Letter) {
        letters.withLock { $0.append(letter) }
        // The reactor's own thread looks into the mailbox before it sleeps.
        if !isOnReactorThread { waker.wake() }
    }

    private static var currentThread: UInt { UInt(pthread_self()) }
}
