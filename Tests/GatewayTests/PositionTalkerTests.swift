import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct PositionTalkerTests {
    /// A hub with a device, and what is said.
    private final class Scene {
        let harness: ReactorHarness
        let hub: Hub
        let device: GatewayDevice
        var said: [String] = []
        private(set) var talker: PositionTalker?

        init(_ harness: ReactorHarness, _ rules: PositionTalker.Rules) throws {
            self.harness = harness
            hub = Hub(on: harness.reactor)
            device = try #require(hub.device("/dev/gps0", from: "serial:auto"))
            talker = PositionTalker(hub, rules) { [unowned self] in said.append($0) }
        }

        func fix(_ latitude: Double?) {
            var fix = Fix()
            fix.device = device.name
            guard let latitude else { return hub.received(.noFix(fix), from: device) }
            fix.position = Coordinate(latitude: latitude, longitude: 4.5)
            (fix.mode, fix.quality, fix.speed) = (.threeDimensional, .gps, 1852.0 / 3600)
            hub.received(.position(fix), from: device)
        }

        /// A fix each second.
        func sail(_ seconds: Int, from latitude: Double?, by step: Double = 0) throws {
            for second in 0..<seconds {
                fix(latitude.map { $0 + Double(second) * step })
                try harness.turn(for: .seconds(1))
            }
        }

        func stop() {
            talker?.stop()
            hub.stop()
        }
    }

    private func withScene(
        _ rules: PositionTalker.Rules = PositionTalker.Rules(), _ body: (Scene) throws -> Void
    ) throws {
        try withSimulatedReactor { harness in
            let scene = try Scene(harness, rules)
            try body(scene)
            scene.stop()
        }
    }

    @Test func theFirstFixALossAndItsReturnAreNews() throws {
        try withScene { scene in
            try scene.sail(30, from: nil)
            #expect(scene.said == [])
            try scene.sail(5, from: 50)
            #expect(scene.said.count == 1 && scene.said[0].hasPrefix("fix: 50°00.0000′N"))
            try scene.sail(5, from: nil)
            try scene.sail(5, from: 50)
            // A loss of some seconds is none.
            #expect(scene.said.count == 1)
            try scene.sail(15, from: nil)
            #expect(scene.said.last == "fix lost")
            try scene.sail(15, from: 50)
            #expect(scene.said.count == 3 && scene.said[2].hasPrefix("fix is back: "))
        }
    }

    @Test func newsComeByTimeAndByDistance() throws {
        var rules = PositionTalker.Rules()
        (rules.interval, rules.distance) = (.seconds(60), 1000)
        try withScene(rules) { scene in
            try scene.sail(125, from: 50)
            #expect(scene.said.count == 3)
            // A minute of latitude is 1,853 m: 18.5 m a second.
            try scene.sail(57, from: 50, by: 0.01 / 60)
            #expect(scene.said.count == 4)
            #expect(scene.said[3].hasPrefix("position: 50°00.5"))
        }
    }

    @Test func commandsAreAnsweredAndNothingElseIs() throws {
        try withScene { scene in
            #expect(scene.talker?.answer(to: "!position") == ["no fix"])
            #expect(scene.talker?.answer(to: "!distance 50 4.5") == ["no fix"])
            try scene.sail(2, from: 50)
            #expect(scene.talker?.answer(to: "!position")[0].contains("1.0 kn") == true)
            #expect(
                scene.talker?.answer(to: "!distance 51 4.5")
                    == ["111.24 km (60.06 nmi), bearing 0°"])
            #expect(scene.talker?.answer(to: "!distance 91 0")[0].hasPrefix("expected") == true)
            #expect(scene.talker?.answer(to: "!distance x")[0].hasPrefix("expected") == true)
            #expect(
                scene.talker?.answer(to: "!devices") == ["/dev/gps0: absent (speaks now)"])
            #expect(scene.talker?.answer(to: "!satellites") == ["no satellites are known"])
            for text in ["", "!", "position", "hello !position", "!positions"] {
                #expect(scene.talker?.answer(to: text) == [], "\(text)")
            }
        }
    }

    @Test func aPositionThatIsMadeUpIsSaidToBe() throws {
        try withScene { scene in
            var fix = Fix()
            fix.device = scene.device.name
            fix.position = Coordinate(latitude: 50, longitude: 4)
            (fix.mode, fix.quality) = (.threeDimensional, .simulated)
            scene.hub.received(.position(fix), from: scene.device)
            #expect(scene.talker?.answer(to: "!position")[0].hasPrefix("SIMULATED") == true)
        }
    }
}
