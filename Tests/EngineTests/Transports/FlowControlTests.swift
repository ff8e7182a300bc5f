// Back-pressure in both directions: marks of the write queue, its limit and what happens there,
// pausing and resuming, and that a busy connection leaves the others their turn. Over real
// sockets with small buffers, since the kernel decides when a queue fills.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

/// Small buffers in the system, so that little is enough to fill them.
private let small: ListenOptions = {
    var options = ListenOptions()
    options.receiveBuffer = 4096
    options.sendBuffer = 4096
    return options
}()

@Suite struct FlowControlTests {
    @Test(arguments: [1_000_000, 64 * 1024 * 1024])
    func aTransferOfAnySizeArrivesWholeBothWays(_ size: Int) throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            let producers = [pair.client, pair.server].map { Producer($0, size: size) }
            for end in [pair.client, pair.server] {
                end.checksPattern = true
                end.onReadEnded = { _ in }
            }
            // A reader that stops now and then, so that the other side feels it.
            pair.server.onReceived = { [server = pair.server] _, transport in
                guard server.receivedCount % 7 == 0 else { return }
                transport.pauseReading()
                transport.reactor.later { transport.resumeReading() }
            }
            for (producer, end) in zip(producers, [pair.client, pair.server]) {
                if let transport = end.transport { producer.pump(transport) }
            }
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            for (producer, end) in zip(producers, [pair.client, pair.server]) {
                #expect(end.receivedCount == size && end.isPattern)
                #expect(end.reason == .closedByPeer)
                #expect(producer.peak < WriteLimits().highWater + 50_000)
            }
        }
    }

    @Test func theProtocolHearsOfAFullQueueAndOfItsDrain() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            let transport = try #require(pair.client.transport)
            while !transport.isWriteBlocked {
                transport.write(shared: Pattern.bytes(from: 0, count: 9999))
            }
            #expect(pair.client.events == [.made], "never from inside a call of the protocol's own")
            try rig.run { pair.client.events == [.made, .blocked] }
            pair.server.transport?.resumeReading()
            try rig.run { pair.client.events == [.made, .blocked, .ready] }
            #expect(transport.queuedBytes <= WriteLimits().lowWater && !transport.isWriteBlocked)
        }
    }

    @Test func aQueueThatDrainsBeforeTheNoticeIsToldOfAllTheSame() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            let transport = try #require(pair.client.transport)
            transport.writeLimits = WriteLimits(highWater: 10, lowWater: 5)
            rig.kernel.onWrite = { _, _ in .failure(EAGAIN) }
            transport.write("more than ten bytes")
            #expect(transport.isWriteBlocked)
            rig.kernel.onWrite = nil
            try rig.run { pair.server.receivedCount == 19 }
            // Drained before the notice: whoever saw `isWriteBlocked` still waits for this one.
            try rig.run { pair.client.events.last == .ready }
            #expect(pair.client.events == [.made, .blocked, .ready])
        }
    }

    @Test func aPausedReaderGetsNothingAndLosesNothing() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            pair.client.transport?.write("one")
            #expect(try rig.turns(20) <= 2, "what nobody reads must not be reported again")
            #expect(pair.server.received.isEmpty)
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.text == "one" }
        }
    }

    @Test func aReaderThatPausesInItsCallbackGetsNoMoreInThatTurn() throws {
        var limits = Limits()
        limits.readBuffer = 16
        try withRig(limits) { rig in
            let pair = try rig.tcpPair()
            pair.server.onReceived = { $1.pauseReading() }
            pair.client.transport?.write(shared: Pattern.bytes(from: 0, count: 1000))
            try rig.turns(5)
            #expect(pair.server.receivedCount == 16)
            pair.server.onReceived = nil
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.receivedCount == 1000 }
        }
    }

    @Test func pausingWhileTheQueueIsFullDoesNotSpin() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            pair.client.transport?.write(shared: Pattern.bytes(from: 0, count: 12_000_000))
            #expect((pair.client.transport?.queuedBytes ?? 0) > 0)
            pair.client.transport?.pauseReading()
            pair.server.transport?.write("nobody reads this yet")
            try rig.turns(3)
            #expect(try rig.turns(20) == 0)
            pair.client.transport?.resumeReading()
            try rig.run { pair.client.receivedCount == 21 }
        }
    }

    @Test func oneBusyConnectionLeavesTheOthersTheirTurn() throws {
        var limits = Limits()
        limits.readBuffer = 1000
        limits.readsInARow = 3
        try withRig(limits) { rig in
            let busy = try rig.tcpPair()
            let quiet = try rig.tcpPair()
            busy.client.transport?.write(shared: Pattern.bytes(from: 0, count: 100_000))
            quiet.client.transport?.write("me too")
            try rig.run { quiet.server.text == "me too" }
            #expect(busy.server.receivedCount <= 2 * 3000)
            try rig.run { busy.server.receivedCount == 100_000 }
        }
    }

    @Test func beyondItsLimitAQueueEndsTheConnectionUnlessItIsToldOtherwise() throws {
        try withRig { rig in
            let pair = try rig.tcpPair(small)
            pair.server.transport?.pauseReading()
            let transport = try #require(pair.client.transport)
            transport.writeLimits = WriteLimits(highWater: 1000, lowWater: 100, maximum: 50_000)
            let message = Pattern.bytes(from: 0, count: 10_000)
            for _ in 0..<2000 {
                transport.write(message.span)
                #expect(transport.queuedBytes <= 50_000)
            }
            try rig.run { pair.client.lostCount == 1 }
            #expect(pair.client.reason == .limitReached("write queue of 50000 bytes"))
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.reason == .system(SystemError(ECONNRESET, "read")))
        }
    }

    @Test(arguments: [WriteLimits.Policy.drop, .conflate], [true, false])
    func aSlowReaderGetsWholeMessagesOnly(_ policy: WriteLimits.Policy, _ shared: Bool) throws {
        try withRig { rig in
            let pair = try rig.tcpPair(small)
            pair.server.transport?.pauseReading()
            let transport = try #require(pair.client.transport as? any TCPTransport)
            try transport.setOption(.sendBuffer, to: 4096)
            transport.writeLimits = WriteLimits(
                highWater: 1000, lowWater: 100, maximum: 50_000, policy: policy)
            for number in 1...400 {
                let message = NumberedMessage.make(number, size: 9_000)
                if shared {
                    transport.write(shared: message)
                } else {
                    transport.write(message.span)
                }
                #expect(transport.queuedBytes <= 50_000)
                // Now and then the reader takes a little, so that messages are cut on their way.
                if number % 50 == 0 {
                    pair.server.transport?.resumeReading()
                    try rig.turns(2)
                    pair.server.transport?.pauseReading()
                }
            }
            transport.close()
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.lostCount == 1 }
            let numbers = try #require(NumberedMessage.numbers(in: pair.server.received))
            #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
            #expect(numbers.first == 1 && numbers.count < 400, "the test needs a slow reader")
            if policy == .conflate { #expect(numbers.last == 400) }
        }
    }

    @Test(arguments: [WriteLimits.Policy.drop, .conflate])
    func aMessageThatNeverFitsIsDroppedWhole(_ policy: WriteLimits.Policy) throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            let transport = try #require(pair.client.transport)
            transport.writeLimits = WriteLimits(
                highWater: 100, lowWater: 10, maximum: 1000, policy: policy)
            transport.write(shared: Pattern.bytes(from: 0, count: 1001))
            transport.write("small")
            transport.close()
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.text == "small")
        }
    }

    @Test func manySlowReadersShareOnePayload() throws {
        try withRig { rig in
            // select(2) takes no descriptor beyond 1023, and other tests need some at this time.
            // Tests share the process's descriptors, and those on select need numbers below 1,024.
            let number = 100
            var ends: [Recorder] = []
            let port = try rig.reactor.listenTCP(on: .ipv4(.loopback, port: 0), small) { _ in
                let server = rig.recorder()
                ends.append(server)
                return server
            }
            let clients = (0..<number).map { _ in rig.recorder() }
            for client in clients {
                client.checksPattern = true
                client.onMade = { $0.pauseReading() }
                rig.reactor.connectTCP(to: "127.0.0.1", port: try port.number) { _ in client }
            }
            try rig.run { ends.count == number && clients.allSatisfy(\.isConnected) }
            let payload = Pattern.bytes(from: 0, count: 8_000_000)
            for end in ends { end.transport?.write(shared: payload) }
            let queued = ends.reduce(0) { $0 + ($1.transport?.queuedBytes ?? 0) }
            #expect(queued > number * 7_000_000, "copies of that would not fit here")
            for client in clients.prefix(3) { client.transport?.resumeReading() }
            try rig.run { clients.prefix(3).allSatisfy { $0.receivedCount == 8_000_000 } }
            let intact = clients.prefix(3).filter(\.isPattern)
            #expect(intact.count == 3)
        }
    }
}
