import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

private final class Shouter: StreamProtocol {
    var chunks: [String] = []
    var blocked = 0
    var ready = 0
    var reason: Disconnect?

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        let text = String(decoding: bytes)
        chunks.append(text)
        transport.write(text.uppercased())
    }
    func writeBlocked(on transport: any Transport) { blocked += 1 }
    func writeReady(on transport: any Transport) { ready += 1 }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) { self.reason = reason }
}

/// The transport whose other side is the test.
@Suite struct MemoryTransportTests {
    @Test func whatIsFedIsAnsweredAtOnce() throws {
        try withSimulatedReactor { harness in
            let shouter = Shouter()
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(shouter)
            transport.feed("hello")
            #expect(transport.takeWrittenText() == "HELLO")
            transport.endInput()
            #expect(transport.endReason == .closedByPeer)
            #expect(shouter.reason == nil, "ends are postponed")
            try harness.turn { shouter.reason == .closedByPeer }
        }
    }

    @Test func inputIsCutAsAsked() throws {
        try withSimulatedReactor { harness in
            let shouter = Shouter()
            let transport = MemoryTransport(on: harness.reactor, chunking: .pieces(of: 2))
            transport.start(shouter)
            transport.feed("abcde")
            #expect(shouter.chunks == ["ab", "cd", "e"])
            transport.abort()
        }
    }

    @Test func flowControlCanBeSeen() throws {
        try withSimulatedReactor { harness in
            let shouter = Shouter()
            let transport = MemoryTransport(on: harness.reactor, capacity: 3)
            transport.writeLimits = WriteLimits(highWater: 4, lowWater: 1)
            transport.start(shouter)
            transport.feed("abcdefgh")
            #expect(transport.takeWritten() == Array("ABC".utf8))
            try harness.turn { shouter.blocked == 1 }
            #expect(transport.queuedBytes == 2 && transport.isWriteBlocked)
            transport.capacity = 100
            #expect(transport.takeWrittenText() == "DEFGH")
            try harness.turn { shouter.ready == 1 }
            transport.pauseReading()
            transport.feed("later")
            #expect(transport.undeliveredBytes == 5 && transport.isReadingPaused)
            transport.resumeReading()
            try harness.turn { shouter.chunks.last == "later" }
            transport.end(from: .hangUp)
            try harness.turn { shouter.reason == .hangUp }
        }
    }
}
