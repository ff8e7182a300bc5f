import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct SimulatedReceiverTests {
    @Test func whatItSaysIsReadAndMarkedAsMadeUp() throws {
        var receiver = try #require(
            SimulatedReceiver(route: SimulatedReceiver.rounds, speed: 10, noise: 1))
        var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
        let reader = PositioningReader()
        var fixes: [Fix] = []
        var texts: [String] = []
        let start = try #require(UTCTime("2026-11-25T23:59:30.000Z"))
        for second in 0..<120 {
            let now = UTCTime(
                nanosecondsSince1970: start.nanosecondsSince1970 + Int64(second) * 1_000_000_000)
            reader.feed(receiver.step(1, at: now, &random).span) { event in
                switch event {
                case .position(let fix) where !fix.isAmended: fixes.append(fix)
                case .identity(let identity): texts.append(identity.text ?? "")
                default: break
                }
            }
        }
        #expect(fixes.count >= 119)
        #expect(fixes.allSatisfy { $0.quality == .simulated && $0.mode == .threeDimensional })
        #expect(texts.first == "SIMULATED by Fairlead")
        #expect(reader.parser.counts.malformed == 0 && reader.parser.counts.badChecksum == 0)
        // Midnight lies between.
        #expect(fixes.last?.utc?.description.hasPrefix("2026-11-26T00:01:2") == true)
        for (one, next) in zip(fixes, fixes.dropFirst()) {
            let (from, to) = (try #require(one.position), try #require(next.position))
            #expect(from.distance(to: to) < 30)
        }
        let first = try #require(fixes.first?.position)
        #expect(fixes.contains { $0.position.map { first.distance(to: $0) > 500 } ?? false })
    }

    @Test func oneThatHasOnePlaceStandsStill() throws {
        let place = try #require(Coordinate(latitude: 10, longitude: 20))
        var receiver = try #require(SimulatedReceiver(route: [place], speed: 10, noise: 0))
        var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
        let reader = PositioningReader()
        var far = 0.0
        for second in 0..<10 {
            let now = UTCTime(nanosecondsSince1970: Int64(second) * 1_000_000_000)
            reader.feed(receiver.step(1, at: now, &random).span) { event in
                guard case .position(let fix) = event, let shown = fix.position else { return }
                far = max(far, shown.distance(to: place))
            }
        }
        #expect(far < 0.05)
        #expect(SimulatedReceiver(route: []) == nil)
    }

    @Test(arguments: [0, 3, 4, 7, 12, 32])
    func withFewSatellitesThereIsNoFix(satellites: Int) throws {
        var receiver = try #require(SimulatedReceiver(satellites: satellites))
        var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
        let reader = PositioningReader()
        var (fixes, losses) = (0, 0)
        var sky: Sky?
        for second in 0..<12 {
            let now = UTCTime(nanosecondsSince1970: Int64(second) * 1_000_000_000)
            reader.feed(receiver.step(1, at: now, &random).span) { event in
                switch event {
                case .position(let fix) where !fix.isAmended: fixes += 1
                case .noFix: losses += 1
                case .satellites(let new): sky = new
                default: break
                }
            }
        }
        #expect((fixes > 8) == (satellites >= 4) && (losses > 8) == (satellites < 4))
        #expect(sky?.satellites.count ?? 0 == satellites)
        #expect(sky?.used ?? 0 == (satellites < 4 ? 0 : min(satellites, 8)))
        #expect(reader.parser.counts.malformed == 0)
    }

    @Test(arguments: [
        ("simulate:route=10,20", nil), ("simulate:route=51.9,4.48;-51.92,-4.5:satellites=3", nil),
        ("simulate:route=", "route"), ("simulate:route=91,0", "route"),
        ("simulate:route=1,2;", "route"), ("simulate:route=1,2,3", "route"),
        ("simulate:route=nan,2", "route"), ("simulate:satellites=33", "satellites"),
    ])
    func theRouteAndTheSkyCanBeSaid(text: String, part: String?) throws {
        do {
            try SourceTable.check(text)
            #expect(part == nil)
        } catch {
            #expect(part.map { error.part.contains($0) } ?? false, "\(error)")
        }
    }
}
