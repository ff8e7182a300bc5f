// One seed's world: the real reactor on the simulated kernel, with a mixture of faults, sizes and
// inhabitants that the seed chooses. It storms for some seconds, during which every inhabitant
// does what comes to its mind; then faults end and the world must come to order: within five
// seconds every healthy connection moves again, ports accept, reconnecting clients are connected.
// At the end everything is closed, and nothing may be left. Whatever breaks a rule is noted, never
// thrown from inside a callback: the engine would take that for the protocol's own error.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc

/// One run of one seed.
final class World {
    let seed: UInt64
    let kernel: SimulatedKernel
    let reactor: Reactor
    let resolver = SimulatedResolver()
    /// Where the inhabitants' chance comes from.
    var dice: SeededGenerator
    /// Rules that were broken.
    private(set) var faults: [String] = []
    /// Whether faults and whims are over.
    private(set) var isCalm = false

    /// Whether the reactor stops under way: it closes everything.
    private(set) var isStopping = false

    private(set) var talkers: [Talker] = []
    var counted: [CountedProtocol] = []
    private(set) var conversations: [String: Conversation] = [:]
    private var everybody: [WeakThing] = []
    var ports: [Port] = []
    var attempts: [Attempt] = []
    var inhabitants: [any Inhabitant] = []
    /// How many bytes a talker sends at most, so that a seed takes some milliseconds.
    let appetite: Int
    private let stormEnd: Instant

    private struct WeakThing {
        weak var thing: AnyObject?
        let name: String
    }

    init(seed: UInt64) throws {
        self.seed = seed
        dice = SeededGenerator(seed: seed)
        let rates = dice.chance(0.1) ? FaultRates.none : FaultRates.mixture(&dice)
        let clock = VirtualClock()
        stormEnd = clock.now + .milliseconds(dice.pick(100...1000))
        kernel = SimulatedKernel(
            FaultPlan(seed: dice.next(), rates, until: stormEnd), clock: clock)
        kernel.callLimit = 2_000_000
        kernel.pipeCapacity = dice.pick([1, 50, 1000, 4096, 65_536]) ?? 4096
        kernel.descriptorLimit = dice.pick([14, 24, 60, 1024]) ?? 1024
        kernel.callCost = dice.pick([.zero, .microseconds(1), .microseconds(30)]) ?? .zero
        appetite = min(kernel.pipeCapacity * 30, dice.pick([2000, 20_000, 100_000]) ?? 2000)
        var limits = Limits()
        limits.readBuffer = dice.pick([16, 1000, 65_536]) ?? 1000
        limits.readsInARow = dice.pick(1...4)
        limits.acceptsInARow = dice.pick(1...5)
        limits.closeTimeout = .milliseconds(dice.pick([100, 3000, 30_000]) ?? 3000)
        let high = dice.pick([1, 500, 5000]) ?? 500
        limits.write = WriteLimits(
            highWater: high, lowWater: dice.below(high + 1), maximum: high + 30_000)
        reactor = try kernel.makeReactor(limits: limits)
        reactor.resolver = resolver
    }

    // MARK: The ledger

    func fault(_ text: String) {
        if faults.count < 20 { faults.append("\(kernel.clock.now): \(text)") }
    }

    func require(_ condition: Bool, _ text: @autoclosure () -> String) {
        if !condition { fault(text()) }
    }

    /// Remembers something that must be gone at the end.
    func watch(_ thing: AnyObject, _ name: String) {
        everybody.append(WeakThing(thing: thing, name: name))
    }

    func settle(_ talker: Talker) { talkers.append(talker) }

    /// The two ends of one connection find each other by the client's address.
    func conversation(_ client: TransportAddress) -> Conversation {
        let key = client.description
        if let known = conversations[key] { return known }
        let made = Conversation(number: conversations.count)
        conversations[key] = made
        return made
    }

    /// A call at a later time, which must not come early; it counts for nothing once it is calm.
    @discardableResult
    func after(_ delay: Duration, _ action: @escaping () -> Void) -> Timer {
        let due = reactor.now + delay
        return reactor.after(delay) { [unowned self] in
            require(reactor.now >= due, "a timer for \(due) came at \(reactor.now)")
            action()
        }
    }

    // MARK: The course of things

    /// Lives through everything; gives what was broken.
    func run() -> [String] {
        do {
            populate()
            try storm()
            if dice.chance(0.2) {
                try stopReactor()
            } else {
                try calm()
                try closeAll()
            }
            try checkNothingIsLeft()
        } catch {
            fault("the world ended: \(error)")
        }
        return faults + kernel.violations
    }

    private func turn(for span: Duration) throws {
        let end = reactor.now + span
        while reactor.now < end, faults.isEmpty { try reactor.turn(until: end) }
    }

    private func populate() {
        for kind in Port.Kind.allCases { openPort(kind) }
        for _ in 0..<dice.pick(1...4) { connectSomewhere() }
        inhabitants = [TimerCrowd(self), ObserverCrowd(self), DatagramCrowd(self)]
        for _ in 0..<dice.pick(0...2) { inhabitants.append(Returner(self)) }
        for inhabitant in inhabitants { inhabitant.begin() }
        whim()
    }

    /// Opening may fail for want of descriptors: then it must have left nothing behind.
    func openPort(_ kind: Port.Kind) {
        for _ in 0..<100 {
            let before = kernel.openDescriptors
            if let port = Port(kind, self) { return ports.append(port) }
            require(kernel.openDescriptors == before, "a port that failed left a descriptor open")
        }
    }

    /// Somebody comes, goes, or calls something off.
    private func whim() {
        if isCalm { return }
        after(dice.time(below: .milliseconds(100))) { [unowned self] in
            if isCalm { return }
            if talkers.count < 30 { connectSomewhere() }
            if dice.chance(0.1), let attempt = dice.pick(attempts) { attempt.cancel() }
            if dice.chance(0.05), let port = dice.pick(ports) {
                port.stop()
                ports.removeAll { $0 === port }
                openPort(port.kind)
            }
            whim()
        }
    }

    func connectSomewhere() {
        guard let port = dice.pick(ports) else { return }
        attempts.append(Attempt(port, self))
    }

    private func storm() throws {
        try turn(for: stormEnd.since(reactor.now))
        isCalm = true
        kernel.descriptorLimit = 4096
    }

    /// Faults are over. What was under way may still arrive for a moment; then all must be well.
    private func calm() throws {
        for talker in talkers { talker.calmDown() }
        for inhabitant in inhabitants { inhabitant.calmDown() }
        try turn(for: .milliseconds(400))
        let healthy = conversations.values.filter(\.isHealthy)
            .sorted { $0.number < $1.number }
        for conversation in healthy { conversation.client?.ping() }
        for kind in Port.Kind.allCases where !ports.contains(where: { $0.kind == kind }) {
            openPort(kind)
        }
        let fresh = ports.map { Attempt($0, self) }
        try turn(for: .milliseconds(4600))
        for conversation in healthy { conversation.checkThatItMoved(self) }
        for attempt in fresh {
            require(attempt.isConnected, "a port does not accept: \(attempt.outcome)")
        }
        for inhabitant in inhabitants { inhabitant.checkOrder() }
        try checkCloseFlushes()
    }

    private func checkCloseFlushes() throws {
        // With less time to send what is queued a slow connection may lose it.
        if reactor.limits.closeTimeout < .seconds(3) { return }
        let healthy = conversations.values.filter { $0.isHealthy && $0.isOneWay }
            .sorted { $0.number < $1.number }
        for conversation in healthy { conversation.client?.sayGoodBye() }
        try turn(for: .seconds(5))
        for conversation in healthy { conversation.checkThatItClosed(self) }
    }

    private func closeAll() throws {
        for attempt in attempts { attempt.cancel() }
        for inhabitant in inhabitants { inhabitant.end() }
        for port in ports { port.stop() }
        for talker in talkers { talker.leave() }
        for member in counted { member.transport?.close() }
        try turnUntilAllIsOver()
    }

    /// The other way to end: the reactor stops while everything is under way.
    private func stopReactor() throws {
        isStopping = true
        reactor.later { [reactor] in reactor.stop() }
        try reactor.run()
        let left = reactor.census.observers
        require(left.isEmpty, "connected after the reactor's stop: \(left)")
        for attempt in attempts { attempt.cancel() }
        for inhabitant in inhabitants { inhabitant.end() }
        for talker in talkers where talker.isMade {
            require(talker.reason != nil, "\(talker.name) was not told of the reactor's stop")
        }
        try turnUntilAllIsOver()
    }

    /// What closes may need its time; what is still there a moment after the last end is a leak.
    private func turnUntilAllIsOver() throws {
        let limit = reactor.now + .seconds(40)
        while faults.isEmpty, reactor.now < limit,
            talkers.contains(where: { $0.isMade && $0.reason == nil })
                || counted.contains(where: { $0.madeCount > $0.lostCount })
        {
            try turn(for: .milliseconds(20))
        }
        try turn(for: .milliseconds(300))
    }

    private func checkNothingIsLeft() throws {
        guard faults.isEmpty else { return }
        for attempt in attempts {
            require(attempt.completions == 1, "\(attempt.completions) completions of one attempt")
        }
        for talker in talkers where talker.isMade {
            require(talker.reason != nil, "\(talker.name) never ended")
        }
        for member in counted {
            require(member.madeCount == member.lostCount, "\(type(of: member)) never ended")
        }
        let census = reactor.census
        require(census.isEmpty, "left behind: \(census)")
        require(kernel.openDescriptors == 0, "open at the end: \(kernel.openNumbers)")
        talkers = []
        counted = []
        conversations = [:]
        ports = []
        attempts = []
        inhabitants = []
        let kept = everybody.filter { $0.thing != nil }.map(\.name)
        require(kept.isEmpty, "kept alive after their end: \(kept.prefix(5)) of \(kept.count)")
    }
}

/// Something that lives in a world beside its connections.
protocol Inhabitant: AnyObject {
    func begin()
    /// Faults are over.
    func calmDown()
    /// Some seconds later: is everything as it should be?
    func checkOrder()
    /// Gives everything back.
    func end()
}
