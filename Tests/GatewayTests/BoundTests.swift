// That every parameter of every outlet and source is bounded: whatever stands there is a value
// within its limits or an error that names it, and never a trap, nor a limit that is none.

import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct BoundTests {
    private static let extremes = [
        "0", "-1", "-0", "+5", "5.5", "1e400", "1e-400", "nan", "inf", "-inf", "0x10", ".", "..",
        "1.2.3",
        "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "-9223372036854775809",
        "999999999999999999999999999999d", "1000000001s", "99999999999G", "9007199254740993",
        "1_000",
        "\u{0}", " 5", "5 ", "\u{FF15}", "\u{661}", String(repeating: "9", count: 10_000), "*",
        "(a+)+$",
        "\r\n", "\u{1b}]0;x\u{7}", "true", "no", "x",
    ]

    /// A place of each kind that is right by itself.
    private static let places = [
        "nmea": "tcp:10110", "gpsd": "tcp:2947", "web": "tcp:8080", "irc": "tcp:6667",
        "bot": "#gps@tcp:irc.example.net:6667", "pty": "/tmp/gps", "history": "/tmp/x.sqlite",
    ]

    /// The error, or nil where there is none.
    private func fault(_ plan: OutletPlan) -> String? {
        do {
            try OutletTable.check(plan)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: OutletTable.kinds.map(\.name))
    func everySettingOfEveryOutletTakesAnyTextWithoutHarm(kind name: String) throws {
        let kind = try #require(OutletTable.kinds.first { $0.name == name })
        let place = try #require(Self.places[name], "a new kind needs a line here")
        #expect(fault(OutletPlan(kind: name, place: place)) == nil)
        for setting in kind.settings {
            var refused = 0
            for text in Self.extremes {
                let plan = OutletPlan(kind: name, place: place, settings: [setting.name: [text]])
                guard let words = fault(plan) else { continue }
                refused += 1
                #expect(words.contains(setting.name), "\(words)")
            }
            // Names of devices and hosts may be anything; what is a number or a duration may not.
            let isText = [
                "devices", "hosts", "account", "password-file", "server-password-file", "keys",
            ].contains(setting.name)
            #expect(isText || refused >= Self.extremes.count / 2, "\(setting.name): \(refused)")
        }
    }

    @Test(arguments: [
        ("irc", "interval"), ("irc", "patience"), ("bot", "interval"), ("history", "interval"),
        ("history", "age"),
    ])
    func aDurationIsBounded(kind: String, setting: String) throws {
        let place = try #require(Self.places[kind])
        for text in ["1000000001", "12000d", "300000h", "11000d", "100000000000ms"] {
            let plan = OutletPlan(kind: kind, place: place, settings: [setting: [text]])
            let words = fault(plan)
            #expect((words == nil) == (text == "11000d" || text.hasSuffix("ms")), "\(text)")
        }
    }

    @Test func numbersAreBoundedOnBothSides() {
        for (kind, setting, most) in [
            ("irc", "distance", 1_000_000), ("history", "distance", 1_000_000),
        ] {
            let place = Self.places[kind] ?? ""
            for (value, isRight) in [("\(most)", true), ("\(most + 1)", false), ("0", true)] {
                let plan = OutletPlan(kind: kind, place: place, settings: [setting: [value]])
                #expect((fault(plan) == nil) == isRight, "\(kind) \(setting) \(value)")
            }
        }
    }

    @Test(arguments: [
        "tcp:65536", "tcp:-1", "tcp:99999999999999999999", "tcp:10110:backlog=99999999999999999999",
        "tcp:10110:backlog=-1", "tcp:10110:backlog=0x10", "tcp:10110:interface=999.1.1.1",
        "tcp:10110:reusePort=2", "tcp6:10110:interface=[:::]", "unix:", "unix:/tmp/x:mode=9",
        "unix:/tmp/x:mode=77777777777777777777777", "udp:localhost:70000",
        "udp:192.0.2.1:1:hops=256",
        "udp:192.0.2.1:1:timeout=-1", "haproxy:tcp:65536",
    ])
    func argumentsOfEndpointsAreBounded(place: String) {
        for kind in ["nmea", "gpsd", "web", "irc"] where kind == "nmea" || !place.hasPrefix("udp") {
            #expect(fault(OutletPlan(kind: kind, place: place)) != nil, "\(kind)=\(place)")
        }
    }

    @Test(arguments: ["rate", "speed", "noise", "satellites", "route"])
    func everyArgumentOfASimulationTakesAnyTextWithoutHarm(key: String) {
        var refused = 0
        for text in Self.extremes {
            var plan = GatewayPlan()
            plan.sources = ["simulate:\(key)=\(EndpointString.escape(text))"]
            refused += Gateway.faults(of: plan).isEmpty ? 0 : 1
        }
        #expect(refused >= Self.extremes.count / 2)
        var plan = GatewayPlan()
        plan.sources = ["simulate:route=" + String(repeating: "1,1;", count: 1000) + "1,1"]
        #expect(!Gateway.faults(of: plan).isEmpty, "a route of 1,001 places")
    }

    /// One more than the most is closed, which is said once; the others stay.
    @Test func clientsBeyondTheMostAreTurnedAwayAndTheLogSaysItOnce() throws {
        try withGatewayRig(["nmea"]) { rig in
            let outlet = try #require(rig.hub.outlets.first as? NMEAOutlet)
            var clients: [MemoryTransport] = []
            for _ in 0..<NMEAOutlet.maximumClients + 20 {
                let transport = MemoryTransport(on: rig.harness.reactor)
                transport.start(NMEAClient(outlet))
                clients.append(transport)
            }
            try rig.harness.turn("the last ones") {
                clients.suffix(20).allSatisfy { $0.endReason != nil }
            }
            #expect(outlet.clientCount == NMEAOutlet.maximumClients)
            #expect(clients.prefix(NMEAOutlet.maximumClients).allSatisfy { $0.endReason == nil })
            #expect(rig.log.count { $0.contains("are the most") } == 1)
            for client in clients.prefix(100) { client.end(from: .closedByPeer) }
            try rig.harness.turn("room") { outlet.clientCount ?? 0 < NMEAOutlet.maximumClients }
            try rig.checkThatAHealthyClientIsServed()
            for client in clients { client.abort() }
        }
    }

    @Test func aListOfAThousandOutletsIsReadWithoutHarm() {
        var plan = GatewayPlan()
        plan.outlets = (0..<1_000).map { OutletPlan(kind: "nmea", place: "tcp:\($0 * 100)") }
        #expect(Gateway.faults(of: plan).count == 1_000 - 656)
    }
}
