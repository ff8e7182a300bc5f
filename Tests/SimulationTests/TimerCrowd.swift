import FairleadEngine
import FairleadEngineTesting
import FairleadWire

/// Timers of all kinds: once, again and again, cancelled, reset.
final class TimerCrowd: Inhabitant {
    private final class Entry {
        var due: Instant
        let isRepeating: Bool
        var isCancelled = false
        var runs = 0
        var timer: Timer?

        init(_ due: Instant, _ isRepeating: Bool) {
            self.due = due
            self.isRepeating = isRepeating
        }
    }

    private unowned let world: World
    private var entries: [Entry] = []
    private var clockTimer: Timer?

    init(_ world: World) {
        self.world = world
        world.watch(self, "the timers")
    }

    func begin() {
        clockTimer = world.reactor.every(.milliseconds(7)) { [unowned self] in act() }
    }

    private func act() {
        if world.isCalm || entries.count > 100 { return }
        let isRepeating = world.dice.chance(0.3)
        // Repeated each microsecond it would be all that ever happens.
        let delay =
            world.dice.time(below: .milliseconds(200))
            + (isRepeating ? .microseconds(500) : .zero)
        let entry = Entry(world.reactor.now + delay, isRepeating)
        world.watch(entry, "a timer's entry")
        let action: () -> Void = { [unowned self, unowned entry] in ran(entry, delay) }
        entry.timer =
            isRepeating
            ? world.reactor.every(delay, action) : world.reactor.after(delay, action)
        entries.append(entry)
        if let other = world.dice.pick(entries), other.timer?.isPending == true {
            if world.dice.chance(0.4) {
                other.timer?.cancel()
                other.isCancelled = true
            } else if world.dice.chance(0.4), !other.isRepeating {
                let later = world.dice.time(below: .milliseconds(400))
                other.timer?.reset(after: later)
                other.due = world.reactor.now + later
            }
        }
    }

    private func ran(_ entry: Entry, _ period: Duration) {
        let now = world.reactor.now
        world.require(now >= entry.due, "a timer for \(entry.due) ran at \(now)")
        world.require(!entry.isCancelled, "a cancelled timer ran")
        entry.runs += 1
        if world.isCalm, entry.isRepeating {
            entry.timer?.cancel()
            entry.isCancelled = true
        }
        if entry.isRepeating {
            entry.due = entry.due + period
        } else {
            world.require(entry.runs == 1, "a timer ran twice")
        }
    }

    /// Those that repeat end here, or most of what is left to do would be their doing.
    func calmDown() {
        clockTimer?.cancel()
        for entry in entries where entry.isRepeating && entry.runs > 0 {
            entry.timer?.cancel()
            entry.isCancelled = true
        }
    }

    func checkOrder() {
        for entry in entries where !entry.isCancelled {
            world.require(entry.runs > 0, "a timer never ran")
        }
    }

    func end() {
        clockTimer?.cancel()
        for entry in entries { entry.timer?.cancel() }
        entries = []
    }
}
