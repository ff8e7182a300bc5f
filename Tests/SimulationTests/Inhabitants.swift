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
        let delay = world.dice.time(below: .milliseconds(200))
        let isRepeating = world.dice.chance(0.3)
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
        if entry.isRepeating {
            entry.due = entry.due + period
        } else {
            world.require(entry.runs == 1, "a timer ran twice")
        }
    }

    func calmDown() {}

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

/// Raw observers on linked descriptors that come and go, so that numbers and slots are used again
/// within one turn: nobody may hear of what befell a former owner.
final class ObserverCrowd: Inhabitant {
    fileprivate final class Member: DescriptorObserver {
        private unowned let crowd: ObserverCrowd
        let descriptor: Int32
        var token = Token.none
        var isGone = false

        init(_ crowd: ObserverCrowd, _ descriptor: Int32) {
            self.crowd = crowd
            self.descriptor = descriptor
        }

        func ready(_ readiness: Readiness, _ token: Token) {
            crowd.world.require(!isGone, "an observer heard of a descriptor that it gave back")
            crowd.world.require(
                token == self.token, "an observer heard of another's descriptor: \(token)")
            if !isGone { crowd.act(self) }
        }

        func reactorStopped() { crowd.remove(self) }
    }

    fileprivate unowned let world: World
    private var members: [Member] = []
    private var timer: Timer?

    init(_ world: World) {
        self.world = world
        world.watch(self, "the observers")
    }

    func begin() {
        for _ in 0..<3 { addPair() }
        timer = world.reactor.every(.milliseconds(11)) { [unowned self] in
            if !world.isCalm, members.count < 8 { addPair() }
            if let member = world.dice.pick(members) { write(member) }
        }
    }

    private func addPair() {
        guard let (first, second) = try? world.kernel.link() else { return }
        for number in [first, second] {
            let member = Member(self, number)
            do {
                member.token = try world.reactor.register(number, .readable, member)
                members.append(member)
                world.watch(member, "an observer")
            } catch {
                world.kernel.close(number)
            }
        }
        if let member = members.last { write(member) }
    }

    private func write(_ member: Member) {
        let bytes: [UInt8] = [1, 2, 3]
        _ = world.kernel.write(member.descriptor, bytes.span)
    }

    /// Reads, writes, or leaves and lets others take its place at once.
    fileprivate func act(_ member: Member) {
        var storage = InlineArray<16, UInt8>(repeating: 0)
        var buffer = storage.mutableSpan
        let result = world.kernel.read(member.descriptor, into: &buffer)
        let isOver = !result.wouldBlock && !result.wasInterrupted && result.rawValue <= 0
        if isOver { remove(member) }
        if world.isCalm { return }
        switch world.dice.below(10) {
        case 0..<3: write(member)
        case 3:
            remove(member)
            addPair()
        case 4:
            if let other = world.dice.pick(members) { remove(other) }
            addPair()
        default: break
        }
    }

    fileprivate func remove(_ member: Member) {
        if member.isGone { return }
        member.isGone = true
        members.removeAll { $0 === member }
        world.reactor.unregister(member.token)
        world.kernel.close(member.descriptor)
    }

    func calmDown() {}
    func checkOrder() {}

    func end() {
        timer?.cancel()
        for member in members { remove(member) }
    }
}
