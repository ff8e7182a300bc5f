import FairleadEngine
import FairleadEngineTesting
import FairleadWire

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
            if !world.isCalm { addPair() }
            if let member = world.dice.pick(members) { write(member) }
        }
    }

    private func addPair() {
        guard members.count < 8, let (first, second) = try? world.kernel.link() else { return }
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
        if member.isGone { return }
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
        case 0..<2: write(member)
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

    func calmDown() { timer?.cancel() }
    func checkOrder() {}

    func end() {
        timer?.cancel()
        for member in members { remove(member) }
    }
}
