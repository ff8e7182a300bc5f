// Threads for calls that block: name look-ups, disk. Started one by one when work waits and all
// are busy. What waits is bounded. The pool belongs to one reactor, to which answers return.
import CSystem
import FairleadWire
import Synchronization

/// Threads for calls that block.
public final class WorkerPool {
    /// A blocking call that can still be cancelled before a thread takes it up.
    public final class Work {
        fileprivate let ticket: UInt64
        private unowned let reactor: Reactor

        fileprivate init(_ ticket: UInt64, _ reactor: Reactor) {
            self.ticket = ticket
            self.reactor = reactor
        }

        /// Makes sure that the answer is not delivered any more.
        public func cancel() { reactor.tickets.withdraw(ticket) }
    }

    /// More blocking calls were asked for than may wait.
    public struct Overload: Error, Sendable {}

    private unowned let reactor: Reactor
    private var queue: WorkQueue?
    private var threads = 0

    init(_ reactor: Reactor) {
        self.reactor = reactor
    }

    /// Runs `call` on another thread and `then`, with its answer, on this reactor's.
    ///
    /// - Throws: `Overload` when `Limits.queuedWork` calls wait already, or `SystemError`.
    @discardableResult
    public func run<Answer: Sendable>(
        _ call: @escaping @Sendable () -> Answer, then: @escaping (Answer) -> Void
    ) throws -> Work {
        let queue = try startedQueue()
        let mailbox = reactor.mailbox
        let ticket = reactor.tickets.lodge { answer in
            if let answer = answer as? Answer { then(answer) }
        }
        let accepted = queue.put(limit: reactor.limits.queuedWork) {
            let answer = call()
            mailbox.post { $0.tickets.redeem(ticket, with: answer) }
        }
        guard accepted else {
            reactor.tickets.withdraw(ticket)
            throw Overload()
        }
        return Work(ticket, reactor)
    }

    private func startedQueue() throws(SystemError) -> WorkQueue {
        let queue = try openQueue()
        self.queue = queue
        if threads < max(reactor.limits.workers, 1), threads == 0 || queue.isBusy(threads) {
            do {
                try startThread("worker") { queue.work() }
                threads += 1
            } catch {
                // With one thread at least, the work is done all the same, only later.
                if threads == 0 { throw error }
            }
        }
        return queue
    }

    private func openQueue() throws(SystemError) -> WorkQueue {
        if let queue { return queue }
        return try WorkQueue()
    }

    deinit { queue?.finish(threads) }
}

/// Calls that wait for a thread.
private final class WorkQueue: Sendable {
    private struct State {
        var calls: [@Sendable () -> Void] = []
        var head = 0
        var active = 0
    }

    private let state = Mutex(State())
    /// An eventfd that counts: each unit lets one thread take one call.
    private let available: Int32

    init() throws(SystemError) {
        available = try SystemResult(fl_semaphore()).descriptor("eventfd")
    }

    deinit { _ = fl_close(available) }

    /// Whether every one of `threads` has something to do.
    func isBusy(_ threads: Int) -> Bool {
        state.withLock { $0.active + $0.calls.count - $0.head >= threads }
    }

    /// Adds a call, unless `limit` calls wait already.
    func put(limit: Int, _ call: @escaping @Sendable () -> Void) -> Bool {
        let accepted = state.withLock { state in
            if state.calls.count - state.head >= limit { return false }
            state.calls.append(call)
            return true
        }
        if accepted { fl_semaphore_post(available, 1) }
        return accepted
    }

    /// Lets each thread end when it has nothing more to do.
    func finish(_ threads: Int) { fl_semaphore_post(available, UInt64(threads)) }

    /// A thread's life: one call after another, until woken without one.
    func work() {
        while true {
            fl_semaphore_wait(available)
            guard let call = take() else { return }
            call()
            state.withLock { $0.active -= 1 }
        }
    }

    private func take() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.head < state.calls.count else { return nil }
            let call = state.calls[state.head]
            state.head += 1
            if state.head == state.calls.count {
                state.calls.removeAll()
                state.head = 0
            }
            state.active += 1
            return call
        }
    }
}
