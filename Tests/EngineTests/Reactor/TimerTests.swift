// Timers on the virtual clock: the fixed grid of `every`, resets and cancellations, and a random
// walk of a hundred thousand steps held against a model without a heap. Nothing here waits for
// real time, and nothing asserts how fast anything is.
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadEngine

@Suite(.timeLimit(.minutes(2))) struct TimerTests {
    @Test func aGridDoesNotDriftAndSkipsWhatWasMissed() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            let start = reactor.now
            var slots: [Int64] = []
            // How long each call holds the loop, in milliseconds; the period is ten.
            var holds = [0, 3, 9, 10, 11, 25, 0, 100, 1, 0]
            let timer = reactor.every(.milliseconds(10)) {
                slots.append(reactor.now.since(start).nanoseconds / 1_000_000)
                if !holds.isEmpty {
                    harness.simulatedKernel?.clock.advance(by: .milliseconds(holds.removeFirst()))
                }
            }
            try harness.turn("ten slots") { slots.count == 10 }
            timer.cancel()
            // Of the slots that passed while the loop was held the last runs, late; then the grid
            // again.
            #expect(slots == [10, 20, 30, 40, 50, 61, 86, 90, 190, 200])
        }
    }

    @Test func aMillionPeriodsLaterTheGridStillStands() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            let period: Duration = .nanoseconds(3_333_333)
            var last = reactor.now
            let start = reactor.now
            var count = 0
            let timer = reactor.every(period) {
                last = reactor.now
                count += 1
            }
            for _ in 0..<1_000 {
                // A clock that jumps far ahead, as after a suspended machine.
                harness.simulatedKernel?.clock.advance(by: period * 1_000)
                try reactor.turn(until: reactor.now)
            }
            try harness.turn("one slot more") { count == 1_001 }
            timer.cancel()
            #expect(last.since(start).nanoseconds == 1_000_001 * 3_333_333)
        }
    }

    @Test func aTimerIsNeverEarlyAndACancelledOneNeverRuns() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var runs: [String] = []
            let first = reactor.after(.seconds(1)) { runs.append("first") }
            let second = reactor.after(.seconds(2)) {
                runs.append("second")
                first.cancel()
            }
            first.reset(after: .seconds(3))
            second.reset(after: .seconds(1))
            try harness.turn(for: .seconds(5))
            #expect(runs == ["second"])
            #expect(!first.isPending && !second.isPending)
            // Set anew after it has run, and after it was cancelled.
            second.reset(after: .seconds(1))
            first.reset(after: .seconds(2))
            try harness.turn(for: .seconds(1))
            #expect(runs == ["second", "second"])
            #expect(!first.isPending)
        }
    }

    @Test func aTimerThatSetsItselfAnewDoesNotHoldTheTurn() throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            var runs = 0
            var timer: FairleadEngine.Timer?
            timer = reactor.after(.zero) {
                runs += 1
                timer?.reset(after: .zero)
            }
            for turn in 1...10 {
                try reactor.turn(until: reactor.now)
                #expect(runs == turn)
            }
            timer?.cancel()
        }
    }

    @Test func aTimerOutlivesItsReactorInPeace() throws {
        var timer: FairleadEngine.Timer?
        do {
            let reactor = try Reactor()
            timer = reactor.after(.seconds(1)) {}
            #expect(timer?.isPending == true)
        }
        #expect(timer?.isPending == false)
        timer?.cancel()
    }

    /// Random adding, cancelling, resetting and waiting, held against a list that is searched.
    @Test(arguments: [UInt64(1), 2, 3])
    func aHundredThousandTimersRunAsASimpleModelSays(_ seed: UInt64) throws {
        try withSimulatedReactor { harness in
            let reactor = harness.reactor
            let model = TimerModel(seed: seed)
            for _ in 0..<100_000 {
                model.step(reactor)
                if model.random(1_000) == 0 {
                    try harness.turn(for: .milliseconds(model.random(40)))
                }
            }
            #expect(reactor.census.timers.count == model.pendingCount)
            try harness.turn("all have run", within: .seconds(1_000)) { model.pendingCount == 0 }
            #expect(model.faults == [])
            #expect(model.runs > 40_000)
        }
    }
}

/// What must be true of timers, without a heap.
private final class TimerModel {
    private struct Entry {
        var timer: FairleadEngine.Timer
        var deadline: Instant
        /// Grows with each time that a timer that was not pending is set.
        var order: Int
        var isPending: Bool
    }

    private var entries: [Entry] = []
    private var generator: SeededGenerator
    private var order = 0
    private var lastRun: (deadline: Instant, order: Int)?
    private(set) var pendingCount = 0
    private(set) var runs = 0
    private(set) var faults: [String] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    func random(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    func step(_ reactor: Reactor) {
        let delay: Duration = .milliseconds(1 + random(2_000))
        let dice = random(10)
        if dice < 6 || entries.isEmpty { return add(reactor, delay) }
        let index = random(entries.count)
        if dice < 8 {
            entries[index].timer.cancel()
            if entries[index].isPending { pendingCount -= 1 }
            entries[index].isPending = false
        } else {
            entries[index].timer.reset(after: delay)
            if !entries[index].isPending { set(index) }
            entries[index].deadline = reactor.now + delay
        }
        if entries[index].timer.isPending != entries[index].isPending {
            faults.append("timer \(index) is pending or not")
        }
    }

    private func add(_ reactor: Reactor, _ delay: Duration) {
        let index = entries.count
        let timer = reactor.after(delay) { [unowned self, unowned reactor] in
            ran(index, reactor.now)
        }
        entries.append(
            Entry(timer: timer, deadline: reactor.now + delay, order: 0, isPending: false))
        set(index)
    }

    private func set(_ index: Int) {
        entries[index].order = order
        entries[index].isPending = true
        order += 1
        pendingCount += 1
    }

    private func ran(_ index: Int, _ now: Instant) {
        let entry = entries[index]
        runs += 1
        if !entry.isPending { faults.append("timer \(index) ran, but was not pending") }
        if now < entry.deadline { faults.append("timer \(index) was early") }
        if let lastRun,
            entry.deadline < lastRun.deadline
                || entry.deadline == lastRun.deadline && entry.order < lastRun.order
        {
            faults.append("timer \(index) ran after one that comes later")
        }
        lastRun = (entry.deadline, entry.order)
        entries[index].isPending = false
        pendingCount -= 1
    }
}
