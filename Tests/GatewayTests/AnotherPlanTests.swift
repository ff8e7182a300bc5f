// A gateway that becomes what another plan says: whoever is connected to what stays must not
// notice, what is no longer wanted is closed, and a plan with a fault changes nothing. The sources
// are simulated receivers on pseudo-terminals.

import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.serialized, .timeLimit(.minutes(2))) struct AnotherPlanTests {
    private final class Client: StreamProtocol {
        var bytes = 0
        var hasEnded = false
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            self.bytes += bytes.count
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            hasEnded = true
        }
    }

    private static var freshPath: String { "/tmp/fairlead-ap-\(UInt64.random(in: 0 ... .max))" }

    private func connect(_ path: String, _ harness: ReactorHarness) throws -> Client {
        let client = Client()
        var isConnected: Bool?
        try harness.reactor.connect("unix:\(path)") { _ in
            client
        } completion: { result in
            isConnected = (try? result.get()) != nil
        }
        try harness.turn("the connection") { isConnected == true }
        return client
    }

    private func plan(_ outlets: [String], _ sources: [String]) throws -> GatewayPlan {
        var plan = GatewayPlan()
        (plan.sources, plan.outlets) = (sources, try OutletPlan.all(outlets))
        return plan
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

    @Test func whoeverIsConnectedToWhatStaysStaysConnected() throws {
        let (kept, dropped, added) = (Self.freshPath, Self.freshPath, Self.freshPath)
        let first = try plan(["nmea=unix:\(kept)", "nmea=unix:\(dropped)"], ["simulate:rate=20"])
        try withGateway(first) { harness, gateway in
            let (staying, leaving) = (try connect(kept, harness), try connect(dropped, harness))
            try harness.turn("sentences") { staying.bytes > 0 && leaving.bytes > 0 }
            let device = try #require(gateway.hub.devices.first)
            let second = try plan(
                ["nmea=unix:\(kept)", "gpsd=unix:\(added)"], ["simulate:rate=20"])
            try gateway.apply(second)
            try harness.turn("the end of one") { leaving.hasEnded }
            let new = try connect(added, harness)
            let heard = staying.bytes
            try harness.turn("more") { staying.bytes > heard && new.bytes > 0 }
            #expect(!staying.hasEnded && device.isPresent)
            #expect(gateway.hub.devices.map(\.name) == [device.name], "the source is the same")
            #expect(gateway.openings == ["NMEA on unix:\(kept)", "gpsd on unix:\(added)"])
            #expect(gateway.plan == second)
        }
    }

    @Test func aSourceThatIsNoLongerOneTakesItsDevicesAlong() throws {
        let path = Self.freshPath
        let first = try plan(["nmea=unix:\(path)"], ["simulate:rate=20", "simulate:rate=10"])
        try withGateway(first) { harness, gateway in
            let client = try connect(path, harness)
            try harness.turn("two devices") {
                gateway.hub.devices.count { $0.epoch != nil } == 2
            }
            try gateway.apply(try plan(["nmea=unix:\(path)"], ["simulate:rate=10"]))
            #expect(gateway.hub.devices.map(\.source) == ["simulate:rate=10"])
            let left = gateway.hub.devices[0].name
            try harness.turn("the other speaks") { gateway.hub.chosenDevice == left }
            #expect(gateway.hub.position?.device == left && !client.hasEnded)
        }
    }

    @Test(arguments: [
        (["nmea=tcp:99999"], ["simulate:"]), (["nmae=tcp:1"], ["simulate:"]),
        (["pty=/tmp/x"], ["simulat:"]),
    ])
    func aPlanWithAFaultChangesNothing(outlets: [String], sources: [String]) throws {
        let path = Self.freshPath
        let first = try plan(["nmea=unix:\(path)"], ["simulate:rate=20"])
        try withGateway(first) { harness, gateway in
            let client = try connect(path, harness)
            #expect(throws: (any Error).self) {
                try gateway.apply(try plan(outlets, sources))
            }
            let heard = client.bytes
            try harness.turn("more") { client.bytes > heard }
            #expect(gateway.plan == first && gateway.openings.count == 1)
        }
    }

    /// An outlet whose place is taken is said, and opened by the next plan that asks for it.
    @Test func anOutletThatCannotBeOpenedDoesNotDisturbTheOthers() throws {
        let path = Self.freshPath
        let first = try plan(["nmea=unix:\(path)"], ["simulate:rate=20"])
        try withGateway(first) { harness, gateway in
            var log: [String] = []
            harness.reactor.log = { _, text in log.append(text) }
            let client = try connect(path, harness)
            let bad = "gpsd=unix:/nowhere/at/all"
            try gateway.apply(try plan(["nmea=unix:\(path)", bad], ["simulate:rate=20"]))
            #expect(log.contains { $0.contains(bad) })
            let heard = client.bytes
            try harness.turn("more") { client.bytes > heard }
            #expect(gateway.openings == ["NMEA on unix:\(path)"])
        }
    }
}
