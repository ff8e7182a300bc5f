import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadEngine

@Suite struct WriteQueueTests {
    @Test func manyQueuesHoldOneSharedPayload() throws {
        let payload = [UInt8](repeating: 1, count: 100_000)
        let queues = (0..<100).map { _ in WriteQueue(limits: WriteLimits()) }
        for queue in queues {
            #expect(queue.append(shared: payload, skipping: 5) == .queued)
            queue.advance(by: 7)
            let held = try #require(queue.waiting.first)
            let isSame = held.span.isIdentical(to: payload.span)
            #expect(isSame && queue.sent == 12 && queue.count == 99_988)
        }
    }

    @Test func smallCopiesAreGatheredIntoChunks() {
        let queue = WriteQueue(limits: WriteLimits())
        for _ in 0..<10_000 { _ = queue.append(copying: [1, 2, 3].span) }
        #expect(queue.count == 30_000 && queue.waiting.count == 2)
    }

    @Test func conflationKeepsTheRestOfWhatIsPartlySent() {
        let limits = WriteLimits(highWater: 10, lowWater: 5, maximum: 30, policy: .conflate)
        let queue = WriteQueue(limits: limits)
        let rest: [UInt8] = [UInt8](repeating: 1, count: 10)
        #expect(queue.append(copying: rest.span, hasBegun: true) == .queued)
        #expect(queue.append(copying: [UInt8](repeating: 2, count: 15).span) == .queued)
        #expect(queue.append(copying: [UInt8](repeating: 3, count: 20).span) == .queued)
        #expect(Array(queue.waiting) == [rest, [UInt8](repeating: 3, count: 20)])
        #expect(queue.droppedBytes == 15)
    }

    /// Random writes and sends against a plain model: what leaves is whole messages in order.
    @Test(arguments: [WriteLimits.Policy.drop, .conflate], 1...8)
    func whateverHappensWholeMessagesLeaveInOrder(_ policy: WriteLimits.Policy, _ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let limits = WriteLimits(highWater: 1000, lowWater: 100, maximum: 5000, policy: policy)
        let queue = WriteQueue(limits: limits)
        var left: [UInt8] = []
        for number in 1...2000 {
            let size = 8 + Int(random.next() % 900)
            let message = NumberedMessage.make(number, size: size)
            let begun = queue.isEmpty ? Int(random.next() % UInt64(size)) : 0
            left += message.prefix(begun)
            if random.next() % 2 == 0 {
                let span = message.span.extracting(droppingFirst: begun)
                _ = queue.append(copying: span, hasBegun: begun > 0)
            } else {
                _ = queue.append(shared: message, skipping: begun)
            }
            #expect(queue.count <= 5000)
            take(Int(random.next() % 1200), from: queue, into: &left)
        }
        take(.max, from: queue, into: &left)
        let numbers = NumberedMessage.numbers(in: left)
        #expect(queue.isEmpty && numbers != nil)
        let ordered = numbers.map { Array(Set($0)).sorted() }
        #expect(numbers == ordered)
        if policy == .conflate { #expect(numbers?.last == 2000) }
    }

    /// Does what a write of at most `limit` bytes does.
    private func take(_ limit: Int, from queue: WriteQueue, into sink: inout [UInt8]) {
        let bytes = queue.waiting.joined().dropFirst(queue.sent).prefix(limit)
        sink += bytes
        queue.advance(by: bytes.count)
    }
}
