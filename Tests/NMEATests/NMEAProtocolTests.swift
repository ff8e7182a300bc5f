import FairleadEngine
import FairleadEngineTesting
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct NMEAProtocolTests {
    @Test func anEpochGoesOutWithItsLastSentenceOnceTheCycleIsKnown() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(NMEAProtocol(device: "bow", to: listener))
            transport.feed(Log.epochs(0..<2))
            #expect(listener.seconds == [0, 1])
            let lines = Log.epoch(2).split(separator: "\r\n").map { String($0) + "\r\n" }
            transport.feed(lines[0] + lines[1])
            #expect(listener.seconds == [0, 1])
            transport.feed(lines[2])
            #expect(listener.seconds == [0, 1, 2])
            #expect(listener.fixes.allSatisfy { $0.device == "bow" && $0.received != nil })
            #expect(listener.speeds.count == 3 && listener.accuracies.count == 3)
            transport.close()
        }
    }

    @Test func silenceCompletesAnEpochOfWhichTheEndIsNotKnown() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(NMEAProtocol(silence: .milliseconds(250), to: listener))
            transport.feed(Log.epoch(7))
            try harness.turn(for: .milliseconds(249))
            #expect(listener.seconds == [])
            try harness.turn(for: .milliseconds(2))
            #expect(listener.seconds == [7])
            // More of the same second is more of the same fix.
            transport.feed(Log.line("GPVTG,77.52,T,,M,1.500,N,2.8,K,A"))
            try harness.turn(for: .milliseconds(260))
            #expect(listener.seconds == [7, -7])
            transport.close()
        }
    }

    @Test func theEndOfTheStreamCompletesItsEpoch() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            let stream = NMEAProtocol(to: listener)
            var reasons: [Disconnect] = []
            stream.ended = { reason in
                #expect(listener.seconds == [9])
                reasons.append(reason)
            }
            transport.start(stream)
            transport.feed(Log.epoch(9))
            transport.end(from: .hangUp)
            try harness.turn("the end") { !reasons.isEmpty }
            #expect(reasons == [.hangUp])
        }
    }

    @Test func sentencesComeBeforeWhatFollowsFromThem() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            let stream = NMEAProtocol(to: listener)
            var heard: [String] = []
            stream.sentenceReceived = { view, bytes, _ in
                heard.append("\(view.address(in: bytes)) \(listener.fixes.count)")
            }
            transport.start(stream)
            transport.feed(Log.epochs(0..<2) + Log.line("PXYZ,raw"))
            #expect(
                heard == [
                    "GPRMC 0", "GPGGA 0", "GPGSA 0", "GPRMC 0", "GPGGA 1", "GPGSA 1", "PXYZ 2",
                ])
            transport.close()
        }
    }

    @Test func whatIsThrownForASentenceEndsTheConnectionAndNothingElse() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            let stream = NMEAProtocol(to: listener)
            stream.sentenceReceived = { _, _, _ in throw Disconnect.limitReached("sentences") }
            transport.start(stream)
            transport.feed(Log.epoch(0))
            try harness.turn("the end") { transport.endReason != nil }
            #expect(transport.endReason == .limitReached("sentences"))
        }
    }

    @Test func anyBytesAtAllLeaveTheStreamReadable() throws {
        try withSimulatedReactor { harness in
            var generator = SeededGenerator(seed: 4)
            let listener = Listener()
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(NMEAProtocol(to: listener))
            for _ in 0..<200 {
                transport.feed((0..<500).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
            }
            transport.feed("\r\n" + Log.epochs(0..<3))
            #expect(listener.seconds.suffix(3) == [0, 1, 2])
            transport.close()
        }
    }
}
