import FairleadEngine
import FairleadWire

// The rules of TransportChecker on queues, verbs after the end, and what is left behind.
extension ProbePair {
    func writeMarks() throws {
        let transport = try transport(of: first)
        transport.writeLimits = WriteLimits(highWater: 50_000, lowWater: 10_000)
        try pause(second)
        var queuedWhenBlocked = -1
        first.whenBlocked = { queuedWhenBlocked = $0.queuedBytes }
        var all = try fillFirst { [first] in $0.isWriteBlocked && first.blockedCount > 0 }
        try require(queuedWhenBlocked > 10_000, "blocked with \(queuedWhenBlocked) bytes queued")
        let readyBefore = first.readyCount
        try settle()
        try require(first.readyCount == readyBefore, "ready though nobody reads")
        var queuedWhenReady = -1
        first.whenReady = { queuedWhenReady = $0.queuedBytes }
        try resume(second)
        try wait("writeReady is told") { first.readyCount == readyBefore + 1 }
        try require(queuedWhenReady <= 10_000, "ready with \(queuedWhenReady) bytes queued")
        try require(!transport.isWriteBlocked, "ready, but still blocked")
        first.outside("write") { $0.write(Self.pattern(100)) }
        all += Self.pattern(100)
        try wait("all bytes arrive") { second.received.count >= all.count }
        try require(second.received == all, "other bytes arrived than were written")
    }

    func queueLimitDisconnects() throws {
        second.whenReadEnded = { $0.close() }
        let transport = try transport(of: first)
        transport.writeLimits = WriteLimits(highWater: 1000, lowWater: 100, maximum: 40_000)
        try pause(second)
        for round in 0..<4096 where !first.hasEnded {
            first.outside("write") { $0.write(Self.pattern(32 * 1024, round)) }
            try require(transport.queuedBytes <= 40_000, "\(transport.queuedBytes) bytes queued")
            try reactor.turn(until: reactor.now)
        }
        try require(first.hasEnded, "no end at the limit of the queue")
        guard case .limitReached = first.reason else {
            throw violation("the reason was \(String(describing: first.reason))")
        }
        try resume(second)
    }

    /// Writes numbered messages to a peer that does not read, then lets it read.
    func queueLimitKeepsWholeWrites(_ policy: WriteLimits.Policy) throws {
        let size = 4000
        let transport = try transport(of: first)
        transport.writeLimits = WriteLimits(
            highWater: 40_000, lowWater: 4000, maximum: 42_000, policy: policy)
        try pause(second)
        var sinceFull = 0
        var last = 0
        for number in 0..<100_000 where sinceFull < 30 {
            first.outside("write") { $0.write(Self.message(number, size)) }
            last = number
            if transport.queuedBytes > 0 { sinceFull += 1 }
            try require(transport.queuedBytes <= 42_000, "\(transport.queuedBytes) bytes queued")
        }
        try require(sinceFull == 30, "a write never has to wait, though nobody reads")
        try resume(second)
        try wait("the queue is sent") { transport.queuedBytes == 0 }
        first.outside("close") { $0.close() }
        second.whenReadEnded = { $0.close() }
        try bothEnd()
        let numbers = try wholeMessages(size)
        try require(
            numbers == numbers.sorted() && Set(numbers).count == numbers.count, "out of order")
        try require(numbers.count < last + 1, "nothing was dropped, though the limit was reached")
        if policy == .conflate {
            try require(
                numbers.last == last, "the newest message was \(numbers.last ?? -1), not \(last)")
        }
    }

    /// A message that begins with its number and tells a part of it in each place.
    private static func message(_ number: Int, _ size: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size - 4)
    }

    /// The numbers of the messages that arrived, each of which must be whole.
    private func wholeMessages(_ size: Int) throws -> [Int] {
        try require(second.received.count % size == 0, "a part of a message arrived")
        return try stride(from: 0, to: second.received.count, by: size).map { start in
            let message = Array(second.received[start..<start + size])
            let number = message.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            try require(message == Self.message(number, size), "a message was torn at \(start)")
            return number
        }
    }

    func nothingAfterTheEnd() throws {
        second.whenReadEnded = { $0.close() }
        let transport = try transport(of: first)
        transport.abort()
        for _ in 0..<2 {
            transport.write("x")
            transport.write(Self.pattern(10).span)
            transport.closeWrite()
            transport.pauseReading()
            transport.resumeReading()
            transport.close()
            transport.abort(.hangUp)
            try require(transport.queuedBytes == 0, "bytes were queued after the end")
            _ = (transport.localAddress, transport.peerAddress, transport.isWriteBlocked)
            try bothEnd()
        }
        try require(second.received.isEmpty, "bytes were sent after the end")
        try require(
            first.reason == .closedByUs, "the reason was \(String(describing: first.reason))")
    }

    func endsArePostponed() throws {
        second.whenReadEnded = { $0.close() }
        let transport = try transport(of: first)
        transport.writeLimits = WriteLimits(highWater: 1, lowWater: 0)
        try pause(second)
        _ = try fillFirst { $0.isWriteBlocked }
        first.outside("closeWrite") { $0.closeWrite() }
        first.outside("pauseReading") { $0.pauseReading() }
        first.outside("resumeReading") { $0.resumeReading() }
        let readyBefore = first.readyCount
        first.outside("abort") { $0.abort() }
        try require(!first.hasEnded, "connectionLost inside abort")
        try resume(second)
        try bothEnd()
        try require(first.readyCount == readyBefore, "writeReady after abort")
    }

    func stopEnds() throws {
        reactor.later { [reactor] in reactor.stop() }
        try reactor.run()
        try require(first.hasEnded && second.hasEnded, "a connection outlived the reactor's stop")
    }

    func protocolsAreReleased() throws {
        second.whenReadEnded = { $0.close() }
        first.outside("close") { $0.close() }
        try bothEnd()
        weak let (one, two) = (first, second)
        weak let transport = first.transport
        tidyUp()
        (first, second) = (.finished(), .finished())
        try settle(3)
        try require(one == nil && two == nil, "a protocol is kept alive after its end")
        try require(transport == nil, "a transport is kept alive after its end")
    }
}
