// A log in its own time: when each line is due, by table, and the log on its way through the
// reactor, on a clock that stands still while something can happen. The times here are the log's,
// so that nothing depends on how fast the machine is.

import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.timeLimit(.minutes(1))) struct ReplayTests {
    private func pauses(_ lines: [String], _ pacer: ReplayPacer = ReplayPacer()) -> [Double] {
        var pacer = pacer
        return lines.map { pacer.pause(before: Array($0.utf8).span) / .seconds(1) }
    }

    @Test func sentencesWithTimesTellThePauses() {
        #expect(
            pauses([
                "$GPRMC,120000.00,A*00", "$GPGGA,120000.00,1*00", "$GPGSV,3,1,11*00",
                "$GPGLL,1,N,2,E,120000.25,A*00", "$GNRMC,120001,A*00", "!AIVDM,1,1,,A,x*00",
                "$GPZDA,120001.5*00",
            ]) == [0, 0, 0, 0.25, 0.75, 0, 0.5])
    }

    @Test func midnightPassesAndAClockThatGoesBackIsNoWait() {
        #expect(
            pauses([
                "$GPRMC,235959,A*00", "$GPRMC,000000,A*00", "$GPRMC,000005,A*00",
                "$GPRMC,000001,A*00", "$GPRMC,000002,A*00",
            ]) == [0, 1, 5, 0, 1])
    }

    @Test func silencesAreShortenedAndSpeedsCount() {
        let lines = ["$GPRMC,100000,A*00", "$GPRMC,100004,A*00", "$GPRMC,110000,A*00"]
        #expect(pauses(lines) == [0, 4, 10])
        #expect(pauses(lines, ReplayPacer(speed: 2)) == [0, 2, 5])
        #expect(pauses(lines, ReplayPacer(speed: nil)) == [0, 0, 0])
        #expect(pauses(lines, ReplayPacer(longestPause: .seconds(1))) == [0, 1, 1])
    }

    @Test func aLogWithoutTimesHasASteadyPace() {
        let found = pauses(Array(repeating: "!AIVDM,1,1,,A,x*00", count: 53))
        #expect(found.prefix(50).allSatisfy { $0 == 0 } && found.suffix(3) == [0.1, 0.1, 0.1])
    }

    @Test(arguments: [
        "$GPRMC", "$", "", "$GPRMC,", "$GPRMC,99", "$GPRMC,nan,A", "$GPRMC,999999,A",
        "$GPGLL,1,N,2,E", "\u{0}\u{1}$GPRMC,-12000,A", "$GPRMC,1e99999,A", "$PUBX,00,120000",
    ])
    func whatTellsNoTimeIsNoWait(line: String) {
        #expect(pauses(["$GPRMC,120000,A*00", line, "$GPRMC,120001,A*00"]) == [0, 0, 1])
    }

    private final class Ear: StreamProtocol {
        var heard: [(second: Double, text: String)] = []
        var hasEnded = false
        private var start: Instant?
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            let now = transport.reactor.now
            start = start ?? now
            heard.append((now.since(start ?? now) / .seconds(1), String(decoding: bytes)))
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            hasEnded = true
        }
    }

    private static let log = (0..<400).map { number in
        let time = 120_000 + number / 60 * 100 + number % 60
        return "$GPRMC,\(time),A*00\r\n$GPGSV,1,1,0*00\r\n"
    }

    /// Each second of the log is said in its second, whole, and the end comes after the last one.
    @Test(arguments: [1, 7, 64, 100_000]) func theLogIsSaidInItsTime(cut: Int) throws {
        try withSimulatedReactor { harness in
            let ear = Ear()
            let stream = ReplayStream(ReplayPacer(speed: 4), to: ear)
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(stream)
            let bytes = Array((Self.log.joined() + "$GPRMC,120640,A*00").utf8)
            for start in stride(from: 0, to: bytes.count, by: cut) {
                let piece = bytes[start..<min(start + cut, bytes.count)]
                transport.feed(String(decoding: piece, as: UTF8.self))
            }
            transport.endInput()
            try harness.turn("the end", within: .seconds(1000)) { ear.hasEnded }
            #expect(ear.heard.map(\.text).joined() == String(decoding: bytes, as: UTF8.self))
            for (number, said) in ear.heard.enumerated().dropFirst(2) {
                let expected = Double(number) / 4
                #expect(abs(said.second - expected) < 0.3, "\(number): \(said)")
            }
        }
    }

    @Test func whoCannotTakeMoreIsWaitedFor() throws {
        try withSimulatedReactor { harness in
            let ear = Ear()
            let stream = ReplayStream(ReplayPacer(), to: ear)
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(stream)
            transport.feed(Self.log[0] + Self.log[1] + Self.log[2])
            try harness.turn("one") { ear.heard.count == 2 }
            stream.isHeld = true
            try harness.turn(for: .seconds(60))
            #expect(ear.heard.count == 2)
            stream.isHeld = false
            try harness.turn("the rest") { ear.heard.count == 3 }
            #expect(ear.heard[2].second >= 60)
            stream.stop()
        }
    }

    @Test func aLogIsASourceOfTheGateway() throws {
        let path = "/tmp/fairlead-rp-\(UInt64.random(in: 0 ... .max))"
        #expect(PosixKernel().replaceFile(path, with: Array(Self.log.joined().utf8)).isSuccess)
        defer { _ = PosixKernel().removeFile(path) }
        try withReactor { harness in
            var plan = GatewayPlan()
            plan.sources = ["replay:\(path):speed=0"]
            plan.outlets = []
            let gateway = try Gateway(plan, on: harness.reactor)
            try harness.turn("the end") {
                gateway.hub.devices.first?.state == "the log is over"
            }
            let counts = try #require(gateway.hub.devices.first?.counts)
            #expect(counts.sentences + counts.badChecksum == 800)
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
    }
}
