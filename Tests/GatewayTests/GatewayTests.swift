// The gateway on real pseudo-terminals and sockets: a receiver's log goes in, and every client
// gets what it should, once. The loops are the reactor's own, turned until something has happened;
// nothing here depends on how fast the machine is.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.serialized, .timeLimit(.minutes(2))) struct GatewayTests {
    /// A client that keeps what it gets.
    private final class Client: StreamProtocol {
        var text = ""
        var hasEnded = false
        let greeting: String
        init(_ greeting: String = "") { self.greeting = greeting }
        func connectionMade(on transport: any Transport) { transport.write(greeting) }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            text += String(decoding: bytes)
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            hasEnded = true
        }
        func count(_ part: String) -> Int { text.ranges(of: part).count }
    }

    private static func epoch(_ second: Int) -> String {
        let time = "1200\(second < 10 ? "0" : "")\(second).00"
        return line("GPRMC,\(time),A,5155.55359,N,00434.65730,E,1.50,77.52,251126,,,A")
            + line("GPGGA,\(time),5155.55359,N,00434.65730,E,1,08,1.01,2.1,M,46.0,M,,")
    }

    private static func line(_ body: String) -> String {
        let checksum = body.utf8.reduce(0, ^)
        let digits = Array("0123456789ABCDEF")
        return "$\(body)*\(digits[Int(checksum >> 4)])\(digits[Int(checksum & 15)])\r\n"
    }

    private func connect(_ path: String, _ client: Client, _ harness: ReactorHarness) throws {
        var isConnected = false
        try harness.reactor.connect("unix:\(path)") { _ in
            client
        } completion: { result in
            isConnected = (try? result.get()) != nil
        }
        try harness.turn("the connection") { isConnected }
    }

    private func withGateway(
        _ plan: GatewayPlan, _ body: (ReactorHarness, Gateway) throws -> Void
    ) throws {
        try withReactor { harness in
            harness.reactor.log = { _, _ in }
            let gateway = try Gateway(plan, on: harness.reactor)
            try body(harness, gateway)
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
    }

    private static var freshPath: String { "/tmp/fairlead-gw-\(UInt64.random(in: 0 ... .max))" }

    @Test func sentencesAndReportsReachTheirClientsOnce() throws {
        let pair = try PseudoTerminalPair()
        let (nmea, gpsd) = (Self.freshPath, Self.freshPath)
        var plan = GatewayPlan()
        plan.sources = ["serial:\(EndpointString.escape(pair.path)):baud=4800"]
        plan.outlets = try OutletPlan.all(["nmea=unix:\(nmea)", "gpsd=unix:\(gpsd)"])
        try withGateway(plan) { harness, gateway in
            let (raw, reports) = (Client(), Client("?WATCH={\"enable\":true,\"json\":true};\n"))
            try connect(nmea, raw, harness)
            try connect(gpsd, reports, harness)
            try harness.turn("the watch") { reports.text.contains("WATCH") }
            try harness.turn("the device") {
                gateway.hub.devices.contains { $0.state.hasPrefix("listening") }
            }
            var sent = ""
            for second in 0..<10 {
                let text = Self.epoch(second)
                sent += text
                pair.send(text)
                let count = second + 1
                try harness.turn("epoch \(second)") { reports.count("\"TPV\"") >= count }
            }
            try harness.turn("the sentences") { raw.text.count == sent.count }
            #expect(raw.text == sent)
            #expect(gateway.hub.devices.map(\.name) == [pair.path])
            #expect(reports.count("\"TPV\"") == 10)
            #expect(reports.text.contains("\"time\":\"2026-11-25T12:00:09.000Z\""))
            // Who comes late gets the newest cycle.
            let late = Client()
            try connect(nmea, late, harness)
            try harness.turn("the newest cycle") { !late.text.isEmpty }
            #expect(late.text == Self.epoch(9))
        }
        pair.pull()
    }

    @Test func aReceiverThatIsPulledIsReportedGone() throws {
        let pair = try PseudoTerminalPair()
        let gpsd = Self.freshPath
        var plan = GatewayPlan()
        plan.sources = ["serial:\(EndpointString.escape(pair.path)):baud=4800"]
        plan.outlets = try OutletPlan.all(["gpsd=unix:\(gpsd)"])
        try withGateway(plan) { harness, gateway in
            let client = Client("?WATCH={\"json\":true};\n")
            try connect(gpsd, client, harness)
            try harness.turn("the watch") { client.text.contains("WATCH") }
            try harness.turn("the device") {
                gateway.hub.devices.contains { $0.state.hasPrefix("listening") }
            }
            pair.send(Self.epoch(1) + Self.epoch(2))
            try harness.turn("reports") { client.count("\"TPV\"") >= 2 }
            pair.pull()
            try harness.turn("the news") { client.text.contains("\"activated\":0}") }
            #expect(gateway.hub.position?.position == nil)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n$PMTK314*00\r\n", "\u{16}\u{3}\u{1}", "NICK x\r\n",
    ])
    func b4AnotherProtocolOnThePortOfTheSentencesIsClosed(text: String) throws {
        let nmea = Self.freshPath
        var plan = GatewayPlan()
        plan.sources = ["simulate:rate=10"]
        plan.outlets = try OutletPlan.all(["nmea=unix:\(nmea)"])
        try withGateway(plan) { harness, _ in
            let (foreign, healthy) = (Client(text), Client("$PFRLD,hello*00\r\n"))
            try connect(nmea, foreign, harness)
            try connect(nmea, healthy, harness)
            try harness.turn("the end") { foreign.hasEnded }
            let heard = healthy.text.utf8.count
            try harness.turn("more sentences") { healthy.text.utf8.count > heard }
            #expect(!healthy.hasEnded)
        }
    }

    @Test func twoGatewaysInARowTellTheSame() throws {
        let pair = try PseudoTerminalPair()
        let port = UInt16.random(in: 20_000...60_000)
        // A host of its own: the ports of 127.0.0.1 are those of the tests beside this one.
        let host = "127.0.0.79"
        var first = GatewayPlan()
        first.sources = ["serial:\(EndpointString.escape(pair.path)):baud=4800"]
        first.outlets = try OutletPlan.all(["gpsd=tcp:\(port):interface=\(host)"])
        var second = GatewayPlan()
        second.sources = ["gpsd:\(host):\(port)"]
        second.outlets = try OutletPlan.all(["pty=\(Self.freshPath)"])
        try withGateway(first) { harness, near in
            let far = try Gateway(second, on: harness.reactor)
            try harness.turn("the device") {
                near.hub.devices.contains { $0.state.hasPrefix("listening") }
            }
            for number in 1...3 {
                pair.send(Self.epoch(number))
                try harness.turn("epoch") {
                    Int(near.hub.position?.time?.second ?? 0) == number
                }
            }
            try harness.turn("the far side") { far.hub.position?.time?.second == 3 }
            let places = (far.hub.position?.position, near.hub.position?.position)
            let (there, here) = (try #require(places.0), try #require(places.1))
            // Nine decimals are a tenth of a millimetre.
            #expect(there.distance(to: here) < 1e-3)
            #expect(far.hub.position?.utc == near.hub.position?.utc)
            #expect(far.hub.chosenDevice == "gpsd:\(host):\(port)#\(pair.path)")
        }
        pair.pull()
    }

    @Test(arguments: [
        (["serial"], [], "expected"), (["tpc:localhost:1"], [], "tcp"),
        (["simulate:speeed=3"], [], "speed"), ([], ["nmea"], "KIND=ENDPOINT"),
        ([], ["nmae=tcp:1"], "did you mean \"nmea\""), ([], ["gpsd=tcp:99999"], "port"),
        (["gpsd:"], [], "host"),
    ])
    func whatIsWrongWithAPlanIsSaid(sources: [String], outlets: [String], part: String) throws {
        try withReactor { harness in
            var plan = GatewayPlan()
            plan.sources = sources
            do {
                plan.outlets = try OutletPlan.all(
                    outlets.isEmpty ? ["pty=\(Self.freshPath)"] : outlets)
                _ = try Gateway(plan, on: harness.reactor)
                Issue.record("no error")
            } catch {
                #expect("\(error)".contains(part), "\(error)")
            }
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
    }
}
