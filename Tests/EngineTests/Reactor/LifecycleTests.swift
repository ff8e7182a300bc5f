// Start and stop of a reactor in phases. Deadlines of seconds cost no time on the clock of the
// simulated kernel, and a step that never finishes is one that a test keeps in its hand. Only
// where another thread takes part does the machine's own kernel.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

/// Start and stop, on a clock that jumps: deadlines of seconds cost no time.
@Suite(.timeLimit(.minutes(2))) struct LifecycleTests {
    @Test func phasesComeInOrderAndWaitForTheirSteps() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var order: [String] = []
            for (phase, name) in [
                (Phase.startUp, "start"), (.beforeShutDown, "before"),
                (.duringShutDown, "during"), (.afterShutDown, "after"),
            ] {
                for (number, delay) in [30, 10, 20].enumerated() {
                    reactor.add(to: phase) { reactor, done in
                        reactor.after(.milliseconds(delay)) {
                            order.append("\(name) \(number)")
                            done()
                            // Saying it twice changes nothing.
                            done()
                        }
                    }
                }
            }
            reactor.after(.seconds(1)) { reactor.stop() }
            try reactor.run()
            #expect(
                order
                    == ["start", "before", "during", "after"].flatMap { phase in
                        [1, 2, 0].map { "\(phase) \($0)" }
                    })
        }
    }

    @Test func asynchronousStepsRunOnTheReactorsThread() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            let handle = reactor.handle
            let order = Shared<[String]>([])
            for (phase, name) in [(Phase.startUp, "start"), (.beforeShutDown, "before")] {
                reactor.add(to: phase) {
                    try? await handle.sleep(for: .seconds(2))
                    let isThere = handle.mailbox.isOnReactorThread
                    order.change { $0.append("\(name) \(isThere)") }
                }
            }
            reactor.add(to: .duringShutDown) { _, done in
                order.change { $0.append("during") }
                done()
            }
            reactor.after(.seconds(5)) { reactor.stop() }
            try reactor.run()
            #expect(order.value == ["start true", "before true", "during"])
        }
    }

    @Test func aStepThatNeverFinishesIsLeftBehind() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var warnings: [String] = []
            reactor.log = { warnings.append("\($0.rawValue): \($1)") }
            var order: [String] = []
            var late: [() -> Void] = []
            reactor.add(to: .beforeShutDown) { _, done in
                order.append("before")
                late.append(done)
            }
            reactor.add(to: .duringShutDown) { _, done in
                order.append("during")
                done()
            }
            reactor.after(.seconds(1)) { reactor.stop(within: .seconds(3)) }
            let start = reactor.now
            try reactor.run()
            #expect(order == ["before"])
            #expect(reactor.now == start + .seconds(4))
            #expect(warnings.count == 1 && warnings[0].hasPrefix("warning: shut-down took longer"))
            // It finishes at last, in the next run: that one is none of its business.
            reactor.after(.seconds(1)) { late.removeFirst()() }
            reactor.after(.seconds(2)) {
                #expect(reactor.isRunning)
                #expect(order == ["before"])
                reactor.stop()
            }
            reactor.after(.seconds(3)) { late.removeFirst()() }
            try reactor.run()
            #expect(order == ["before", "before", "during"])
            #expect(warnings.count == 1)
        }
    }

    @Test func stoppingTwiceIsStoppingOnce() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var steps = 0
            reactor.add(to: .beforeShutDown) { reactor, done in
                steps += 1
                reactor.stop()
                reactor.after(.seconds(1), done)
            }
            reactor.after(.seconds(1)) {
                reactor.stop()
                reactor.stop()
            }
            try reactor.run()
            #expect(steps == 1)
            #expect(!reactor.isRunning)
        }
    }

    @Test func aStopBeforeTheStartDoesNothing() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var steps = 0
            reactor.add(to: .beforeShutDown) { _, done in
                steps += 1
                done()
            }
            reactor.stop()
            #expect(steps == 0)
            var hasTurned = false
            reactor.after(.seconds(1)) {
                hasTurned = true
                reactor.stop()
            }
            try reactor.run()
            #expect(hasTurned && steps == 1)
        }
    }

    @Test func aStopInsideTheStartUpStops() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var order: [String] = []
            reactor.add(to: .startUp) { reactor, done in
                order.append("start")
                reactor.stop()
                done()
            }
            reactor.add(to: .afterShutDown) { _, done in
                order.append("after")
                done()
            }
            for _ in 0..<2 { try reactor.run() }
            #expect(order == ["start", "after", "start", "after"])
        }
    }

    @Test func anotherThreadStopsTheReactorByPost() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        var ended = 0
        reactor.add(to: .afterShutDown) { _, done in
            ended += 1
            done()
        }
        for round in 1...20 {
            try ReactorThread.start(setUp: { _ in mailbox.post { $0.stop() } })
            try reactor.run()
            #expect(ended == round)
        }
    }

    @Test func aTurnInsideATurnIsRefused() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var errors: [Int32] = []
            var isStillThere = false
            reactor.after(.seconds(1)) {
                do throws(SystemError) { try reactor.turn() } catch { errors.append(error.code) }
                do throws(SystemError) { try reactor.run() } catch { errors.append(error.code) }
                isStillThere = reactor.mailbox.isOnReactorThread
                reactor.stop()
            }
            try reactor.run()
            #expect(errors == [EDEADLK, EDEADLK])
            #expect(isStillThere)
        }
    }

    @Test func aRunThatFailsLeavesNobodyWaiting() throws {
        let kernel = SimulatedKernel()
        let reactor = Reactor(poller: Failing(), kernel: kernel)
        let handle = reactor.handle
        let ended = Shared(false)
        let task = Task(executorPreference: reactor.mailbox) {
            await #expect(throws: ReactorStopped.self) {
                try await handle.sleep(for: .seconds(100))
            }
            ended.set(true)
        }
        var code: Int32 = 0
        do throws(SystemError) { try reactor.run() } catch { code = error.code }
        #expect(code == EIO)
        #expect(ended.value)
        _ = task
    }

    /// An event mechanism that fails at its second wait.
    private final class Failing: Poller {
        let name = "failing"
        let descriptor: Int32? = nil
        let waker: any Waker = Nobody()
        private var waits = 0

        private struct Nobody: Waker {
            func wake() {}
        }

        func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
        func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
        func remove(_ descriptor: Int32, _ token: Token) {}
        func close() {}

        func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
            waits += 1
            if waits > 1 { throw SystemError(EIO, "wait") }
        }
    }
}
