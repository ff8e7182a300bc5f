import FairleadNMEAWire
import FairleadWire
import Testing

private func part(
    _ number: UInt8, of total: UInt8, _ payload: String, sequence: UInt8? = 1, fill: UInt8 = 0
) -> VDM {
    VDM {
        $0.total = total
        $0.number = number
        $0.sequence = sequence
        $0.channel = "A"
        $0.payload = payload
        $0.fillBits = fill
    }
}

private let ais = Talker("AI") ?? .none
private let start = Instant(nanoseconds: 1_000_000_000)

@Suite struct AISReassemblerTests {
    @Test func aSinglePartIsAMessage() {
        var reassembler = AISReassembler()
        let message = reassembler.add(part(1, of: 1, "abc", sequence: nil), from: ais, at: start)
        #expect(message?.payload == "abc" && message?.isOwn == false)
        #expect(reassembler.pendingCount == 0)
    }

    @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1]] as [[UInt8]])
    func partsInAnyOrderMakeAMessage(order: [UInt8]) {
        var reassembler = AISReassembler()
        let messages = order.compactMap {
            reassembler.add(part($0, of: 3, "<\($0)>", fill: $0 - 1), from: ais, at: start)
        }
        #expect(messages.map(\.payload) == ["<1><2><3>"])
        #expect(messages.map(\.fillBits) == [2])
    }

    @Test func partsOfDifferentMessagesDoNotMix() {
        var reassembler = AISReassembler()
        #expect(reassembler.add(part(1, of: 2, "a", sequence: 1), from: ais, at: start) == nil)
        #expect(reassembler.add(part(1, of: 2, "b", sequence: 2), from: ais, at: start) == nil)
        let message = reassembler.add(part(2, of: 2, "c", sequence: 1), from: ais, at: start)
        #expect(message?.payload == "ac")
        #expect(reassembler.add(part(2, of: 2, "d", sequence: 2), from: .gps, at: start) == nil)
    }

    @Test func aRepeatedPartBeginsAnew() {
        var reassembler = AISReassembler()
        #expect(reassembler.add(part(1, of: 2, "old"), from: ais, at: start) == nil)
        #expect(reassembler.add(part(1, of: 2, "new"), from: ais, at: start) == nil)
        let message = reassembler.add(part(2, of: 2, "."), from: ais, at: start)
        #expect(message?.payload == "new." && reassembler.counts.replaced == 1)
    }

    @Test func afterThirtySecondsPartsAreGivenUp() {
        var reassembler = AISReassembler()
        #expect(reassembler.add(part(1, of: 2, "a"), from: ais, at: start) == nil)
        let late = start + .seconds(31)
        #expect(reassembler.add(part(2, of: 2, "b"), from: ais, at: late) == nil)
        #expect(reassembler.counts.expired == 1 && reassembler.pendingCount == 1)
    }

    /// HOSTILE G5: messages that never end; the fuzzer of the parser has more of them.
    @Test func messagesThatNeverEndAreBounded() {
        var reassembler = AISReassembler()
        for index in 0..<100_000 {
            let sequence = UInt8(truncatingIfNeeded: index)
            let talker = Talker("A\(index / 256 % 10)") ?? .none
            _ = reassembler.add(part(1, of: 9, "x", sequence: sequence), from: talker, at: start)
        }
        #expect(reassembler.pendingCount == AISReassembler.maximumGroups)
        #expect(reassembler.counts.evicted == 100_000 - AISReassembler.maximumGroups)
    }

    @Test(arguments: [(0, 1), (1, 0), (2, 1), (10, 10), (255, 255)] as [(UInt8, UInt8)])
    func partsThatContradictThemselvesAreCounted(number: UInt8, total: UInt8) {
        var reassembler = AISReassembler()
        #expect(reassembler.add(part(number, of: total, "a"), from: ais, at: start) == nil)
        #expect(reassembler.counts.malformed == 1 && reassembler.pendingCount == 0)
    }
}
