// Clocks that are wrong: the machine's, which a receiver may set while the gateway runs, and the
// receiver's, whose weeks roll over. On a simulated kernel, so that an hour costs nothing and the
// time of day is what the test says.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct ClockTests {
    private static let second: Int64 = 1_000_000_000
    private static let year: Int64 = 365 * 86_400 * second

    private func withRig(
        _ kinds: [String], _ body: (SimulatedKernel, GatewayRig) throws -> Void
    ) throws {
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            let rig = try GatewayRig(harness, kinds, device: "/dev/gps0")
            try body(kernel, rig)
            rig.stop()
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
    }

    /// Lets the time of day be this, whatever the monotonic clock says.
    private func set(_ kernel: SimulatedKernel, _ text: String) throws {
        let time = try #require(UTCTime(text))
        kernel.wallClockOffset = time.nanosecondsSince1970 - kernel.now().nanoseconds
    }

    @Test func aClockThatIsSetBackAndForthChangesNothing() throws {
        try withRig(["web", "nmea"]) { kernel, rig in
            try set(kernel, "2026-11-25T12:00:00.000Z")
            let jumps = [0, 40, -40, 3, -3, 0].map { $0 * Self.year }
            let start = kernel.wallClockOffset
            for second in 0..<60 {
                kernel.wallClockOffset = start &+ jumps[second % jumps.count]
                rig.receiver.feed(GatewayRig.epoch(second))
                try rig.harness.turn(for: .milliseconds(500))
                guard second > 2 else { continue }
                let page = try rig.request("GET /v1/position HTTP/1.1", "Host: localhost")
                let body = page.text.split(separator: "\r\n\r\n").last ?? ""
                let json = try JSONParser().parse(String(body))
                // The receiver's own, whatever the machine believes.
                #expect(json["time"]?.string?.hasPrefix("2026-11-25T12:00:") == true, "\(body)")
                let age = try #require(json["age"]?.number)
                #expect(age >= 0 && age < 5 && json["isStale"]?.bool == false, "\(age)")
                try rig.harness.turn(for: .milliseconds(400))
            }
            // Silence is measured by the other clock: set back, it is not young for years.
            kernel.wallClockOffset = start - 10 * Self.year
            try rig.harness.turn(for: .seconds(11))
            let page = try rig.request("GET /v1/position HTTP/1.1", "Host: localhost")
            #expect(page.text.contains("\"isStale\":true"), "\(page.text)")
        }
    }

    @Test func limitsOfAttemptsDoNotEndWithAClockThatIsSet() throws {
        try withRig(["nmea"]) { kernel, rig in
            for _ in 0..<10 {
                #expect(rig.access.judge("x", for: .read, from: .other("y")) == .refused)
            }
            kernel.wallClockOffset += Self.year
            #expect(rig.access.judge("x", for: .read, from: .other("y")) == .tooMany)
            try rig.harness.turn(for: .seconds(61))
            #expect(rig.access.judge("x", for: .read, from: .other("y")) == .refused)
        }
    }

    /// A receiver that has fallen back 1,024 weeks, all the way to gpsd's clients.
    @Test func g7AReceiverOfOtherWeeksIsCorrectedForAll() throws {
        try withRig(["web", "gpsd", "nmea"]) { kernel, rig in
            try set(kernel, "2026-11-25T12:00:00.000Z")
            let client = try rig.client("gpsd", "?WATCH={\"json\":true};")
            // 1,024 weeks before the 25th of November 2026.
            for second in 0..<10 {
                rig.receiver.feed(GatewayRig.epoch(second, date: "110407"))
                try rig.harness.turn(for: .seconds(1))
            }
            let fix = try #require(rig.hub.position)
            #expect(fix.dateDoubt?.weeks == 1024)
            #expect(fix.date == NMEADate(year: 2026, month: 11, day: 25))
            #expect(client.text.contains("\"time\":\"2026-11-25T12:00:0"))
            #expect(!client.text.contains("2007-04-11"))
        }
    }

    /// An old log is old: nobody moves it into another year.
    @Test(arguments: ["110407", "010199", "311219"])
    func g7AnOldLogKeepsItsDay(date: String) throws {
        try withRig(["nmea"]) { kernel, rig in
            try set(kernel, "2026-12-01T12:00:00.000Z")
            for second in 0..<5 {
                rig.receiver.feed(GatewayRig.epoch(second, date: date))
                try rig.harness.turn(for: .seconds(1))
            }
            let day = try #require(rig.hub.position?.date)
            #expect(
                day.day == Int(date.prefix(2)) ?? 0 && day.year % 100 == Int(date.suffix(2)) ?? 0)
        }
    }
}
