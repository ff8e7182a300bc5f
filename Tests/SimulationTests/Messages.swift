import FairleadEngine
import FairleadEngineTesting
import FairleadWire

/// A protocol that counts its beginning and end.
class CountedProtocol: StreamProtocol {
    unowned let world: World
    weak var transport: (any Transport)?
    private(set) var madeCount = 0
    private(set) var lostCount = 0

    init(_ world: World) {
        self.world = world
        world.watch(self, "\(type(of: self))")
        world.counted.append(self)
    }

    func connectionMade(on transport: any Transport) throws {
        madeCount += 1
        world.require(madeCount == 1 && lostCount == 0, "\(type(of: self)): made twice")
        self.transport = transport
        try begin(transport)
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        lostCount += 1
        world.require(madeCount == 1 && lostCount == 1, "\(type(of: self)): lost twice")
        end()
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {}
    func begin(_ transport: any Transport) throws {}
    func end() {}
}

/// Sends messages, each whole or not at all, to somebody who reads now and then.
///
/// A message is its size in two bytes and then as many bytes of one value.
final class MessageSender: CountedProtocol {
    private var timer: Timer?
    private var number = 0

    override func begin(_ transport: any Transport) throws {
        transport.writeLimits = WriteLimits(
            highWater: 300, lowWater: 100, maximum: world.dice.pick(300...1500),
            policy: world.dice.chance(0.5) ? .drop : .conflate)
        let period = Duration.milliseconds(world.dice.pick(1...50))
        timer = world.reactor.every(period) { [unowned self] in send() }
        send()
    }

    private func send() {
        if world.isCalm { end() }
        guard let transport, number < 500, !world.isCalm else { return }
        for _ in 0..<world.dice.pick(1...5) {
            number += 1
            let size = world.dice.pick(1...1600)
            let message =
                [UInt8(truncatingIfNeeded: size >> 8), UInt8(truncatingIfNeeded: size)]
                + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size)
            if world.dice.chance(0.5) {
                transport.write(shared: message)
            } else {
                transport.write(message.span)
            }
            let queued = transport.queuedBytes
            world.require(
                queued <= transport.writeLimits.maximum, "\(queued) bytes queued of messages")
        }
    }

    override func end() {
        timer?.cancel()
        timer = nil
    }
}

/// Reads messages and checks that each is whole.
final class MessageReceiver: CountedProtocol {
    private var pending: [UInt8] = []
    private var isPaused = false
    private var timer: Timer?

    override func begin(_ transport: any Transport) throws {
        timer = world.reactor.every(.milliseconds(world.dice.pick(1...300))) { [unowned self] in
            guard let transport = self.transport else { return }
            isPaused = !isPaused && !world.isCalm
            if isPaused { transport.pauseReading() } else { transport.resumeReading() }
            if !world.isCalm, world.dice.chance(0.02) { transport.close() }
            if world.isCalm { end() }
        }
    }

    override func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        world.require(!isPaused, "messages received while paused")
        pending.append(copying: bytes)
        while pending.count >= 2 {
            let size = Int(pending[0]) << 8 | Int(pending[1])
            if pending.count < 2 + size { return }
            let body = pending[2..<2 + size]
            world.require(size > 0 && body.allSatisfy { $0 == body.first }, "a message was torn")
            pending.removeFirst(2 + size)
        }
    }

    override func end() {
        timer?.cancel()
        timer = nil
    }
}
