import FairleadEngine
import FairleadWire
import Glibc
import Testing

/// Two ends that do anything at any time, over a kernel that interrupts, refuses and shortens.
///
/// Real sockets make no two runs alike; what must hold holds in each: one end a connection, what
/// arrives is a prefix of what was written, the queue keeps its limit, nothing is left behind.
@Suite struct DisorderTests {
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }

    @Test(arguments: 1...60)
    func whateverTheEndsDoTheContractHolds(_ seed: Int) throws {
        var limits = Limits()
        limits.closeTimeout = .milliseconds(200)
        limits.readBuffer = 10_000
        limits.write = WriteLimits(highWater: 30_000, lowWater: 9_000, maximum: 500_000)
        try withRig(limits) { rig in
            var dice = Dice(state: UInt64(seed))
            let pairs = try (0..<4).map { _ in try rig.tcpPair() }
            let ends = pairs.flatMap { [$0.client, $0.server] }
            var written = [Int](repeating: 0, count: ends.count)
            disturb(rig.kernel, seed)
            for (index, end) in ends.enumerated() {
                end.checksPattern = true
                let act = { (transport: any Transport) in
                    #expect(transport.queuedBytes <= 500_000)
                    // Most act on themselves, some on another connection.
                    let other = dice.roll(10) == 0 ? dice.roll(ends.count) : index
                    guard let target = ends[other].transport else { return }
                    let size = self.act(on: target, dice.roll(100), from: written[other])
                    written[other] += size
                }
                end.onReceived = { _, transport in act(transport) }
                end.onReadEnded = { act($0) }
                end.onBlocked = act
                end.onReady = act
                for _ in 0..<3 { if let transport = end.transport { act(transport) } }
            }
            for _ in 0..<40 {
                try rig.turns(2)
                let chosen = dice.roll(ends.count)
                guard let transport = ends[chosen].transport else { continue }
                written[chosen] += act(on: transport, dice.roll(100), from: written[chosen])
            }
            try settle(rig, ends)
            for (index, end) in ends.enumerated() {
                #expect(end.isPattern, "end \(index) of seed \(seed)")
                #expect(end.receivedCount <= written[index ^ 1])
            }
        }
    }

    /// One random verb; gives how many bytes were written.
    private func act(on transport: any Transport, _ roll: Int, from position: Int) -> Int {
        switch roll {
        case 0..<55:
            if transport.isWriteBlocked { return 0 }
            let bytes = Pattern.bytes(from: position, count: 1 + roll * roll * 20)
            if roll % 2 == 0 { transport.write(bytes.span) } else { transport.write(shared: bytes) }
            return bytes.count
        case 55..<70: transport.pauseReading()
        case 70..<90: transport.resumeReading()
        case 90..<94: transport.closeWrite()
        case 94..<97: transport.close()
        case 97: transport.abort()
        default: transport.reactor.later { transport.resumeReading() }
        }
        return 0
    }

    /// Interrupts, refuses for the moment, and now and then resets.
    private func disturb(_ kernel: FaultyKernel, _ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 977)
        kernel.onRead = { _ in
            switch dice.roll(50) {
            case 0...2: .failure(EINTR)
            case 3...5: .failure(EAGAIN)
            default: nil
            }
        }
        kernel.onWrite = { _, _ in
            switch dice.roll(200) {
            case 0...9: .failure(EINTR)
            case 10...29: .failure(EAGAIN)
            case 30 where seed % 3 == 0: .failure(ECONNRESET)
            default: nil
            }
        }
    }

    /// Lets the disorder end: every connection is closed and must come to its end.
    private func settle(_ rig: Rig, _ ends: [Recorder]) throws {
        rig.kernel.onRead = nil
        rig.kernel.onWrite = nil
        for end in ends {
            end.onReceived = nil
            end.onReadEnded = nil
            end.onBlocked = nil
            end.onReady = nil
            end.transport?.resumeReading()
            end.transport?.close()
        }
        try rig.run(until: "every end") { ends.allSatisfy { $0.lostCount == 1 } }
    }
}
