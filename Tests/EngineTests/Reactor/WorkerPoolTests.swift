import FairleadEngine
import FairleadWire
import Glibc
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct WorkerPoolTests {
    /// Holds its callers until it is opened.
    private final class Gate: Sendable {
        private let isOpen = Shared(false)
        let arrived = Shared(0)

        func open() { isOpen.set(true) }
        func pass() {
            arrived.change { $0 += 1 }
            while !isOpen.value { usleep(200) }
        }
    }

    @Test func answersComeOnTheReactorsThread() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        var answers: [Int] = []
        let places = Shared<[Bool]>([])
        for number in 0..<100 {
            try reactor.workers.run {
                let isHere = mailbox.isOnReactorThread
                places.change { $0.append(isHere) }
                return number * number
            } then: { answer in
                #expect(mailbox.isOnReactorThread)
                answers.append(answer)
            }
        }
        try reactor.run(until: "a hundred answers") { answers.count == 100 }
        #expect(answers.sorted() == (0..<100).map { $0 * $0 })
        #expect(places.value == Array(repeating: false, count: 100))
    }

    @Test func onlySoManyCallsMayWait() throws {
        var limits = Limits()
        limits.workers = 1
        limits.queuedWork = 2
        let reactor = try Reactor(limits: limits)
        let gate = Gate()
        var done = 0
        try reactor.workers.run({ gate.pass() }, then: { done += 1 })
        try reactor.run(until: "the thread is busy") { gate.arrived.value == 1 }
        for _ in 0..<2 { try reactor.workers.run({ gate.pass() }, then: { done += 1 }) }
        #expect(throws: WorkerPool.Overload.self) {
            try reactor.workers.run({ gate.pass() }, then: { done += 1 })
        }
        gate.open()
        try reactor.run(until: "three answers") { done == 3 }
        // Now there is room again.
        try reactor.workers.run({ gate.pass() }, then: { done += 1 })
        try reactor.run(until: "one answer more") { done == 4 }
        #expect(gate.arrived.value == 4)
    }

    @Test func theAnswerOfACancelledCallIsNotDelivered() throws {
        var limits = Limits()
        limits.workers = 1
        let reactor = try Reactor(limits: limits)
        let gate = Gate()
        var answers: [Int] = []
        try reactor.workers.run({ gate.pass() }, then: { answers.append(0) })
        let call = try reactor.workers.run({ 1 }, then: { answers.append($0) })
        try reactor.workers.run({ 2 }, then: { answers.append($0) })
        call.cancel()
        call.cancel()
        gate.open()
        try reactor.run(until: "the last answer") { answers.last == 2 }
        #expect(answers == [0, 2])
    }

    @Test func threadsEndWithTheirReactor() throws {
        var key = pthread_key_t()
        // Called at the end of each thread that has set a value for the key.
        #expect(
            unsafe pthread_key_create(&key) { _ in endedThreads.add(1, ordering: .relaxed) } == 0)
        try useFourThreads(key)
        for _ in 0..<50_000 where endedThreads.load(ordering: .relaxed) < 4 { usleep(200) }
        #expect(endedThreads.load(ordering: .relaxed) == 4)
        pthread_key_delete(key)
    }

    private func useFourThreads(_ key: pthread_key_t) throws {
        let reactor = try Reactor()
        let gate = Gate()
        var done = 0
        for _ in 0..<4 {
            try reactor.workers.run {
                _ = unsafe pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
                gate.pass()
            } then: {
                done += 1
            }
        }
        try reactor.run(until: "four threads") { gate.arrived.value == 4 }
        gate.open()
        try reactor.run(until: "four answers") { done == 4 }
        #expect(endedThreads.load(ordering: .relaxed) == 0)
    }
}

/// A C function has no context to count in.
private let endedThreads = Atomic(0)
