import FairleadNMEAWire
import Foundation
import Testing

@Suite struct GeodesicTests {
    @Test func agreesWithTheOracle() throws {
        let rows = try Table("inverse").numbers
        #expect(rows.count > 2_000)
        for row in rows {
            let way = try Coordinate.at(row[0], row[1]).geodesic(to: .at(row[2], row[3]))
            #expect(abs(way.distance - row[4]) <= 15e-9, "\(row)")
            // What an azimuth is off moves the end by that angle times the reduced length.
            let tolerance = max(1e-9, 20e-9 / max(row[7], 1e-9) * 180 / .pi)
            #expect(apart(way.initialAzimuth, row[5]) <= tolerance, "\(row)")
            #expect(apart(way.finalAzimuth, row[6]) <= tolerance, "\(row)")
        }
    }

    @Test func isTheSameWayBack() throws {
        for row in try Table("inverse").numbers {
            let (a, b) = try (Coordinate.at(row[0], row[1]), Coordinate.at(row[2], row[3]))
            let (there, back) = (a.geodesic(to: b), b.geodesic(to: a))
            #expect(there.distance == back.distance, "\(row)")
            // Between nearly opposite places on opposite parallels there are two ways.
            if row[7] > 1, row[0] != -row[2] {
                #expect(apart(there.finalAzimuth + 180, back.initialAzimuth) < 1e-6, "\(row)")
            }
            #expect(a.distance(to: b) == there.distance)
        }
    }

    @Test func directionsAreBelow360() throws {
        for row in try Table("inverse").numbers {
            let way = try Coordinate.at(row[0], row[1]).geodesic(to: .at(row[2], row[3]))
            #expect((0..<360).contains(way.initialAzimuth) && (0..<360).contains(way.finalAzimuth))
        }
        let start = try Coordinate.at(10, 0)
        #expect(try start.geodesic(to: .at(20, -1e-17)).initialAzimuth == 0)
    }

    @Test func leadsWhereItComesFrom() throws {
        var numbers = SeededRandom(7)
        for _ in 0..<100_000 {
            let (a, b) = try (numbers.place(), numbers.place())
            let way = a.geodesic(to: b)
            let end = try #require(
                a.destination(azimuth: way.initialAzimuth, distance: way.distance))
            #expect(end.metres(to: b) < 30e-9, "\(a) to \(b)")
        }
    }

    @Test func leadsWhereItComesFromNearTheOppositePlace() throws {
        var numbers = SeededRandom(8)
        for _ in 0..<20_000 {
            let a = try numbers.place()
            let north = Double.random(in: -1...1, using: &numbers)
            let east = Double.random(in: -1...1, using: &numbers)
            let b = try Coordinate.at(
                min(90, max(-90, north - a.latitude)),
                (a.longitude + 180 + east).remainder(dividingBy: 360))
            let way = a.geodesic(to: b)
            let end = try #require(
                a.destination(azimuth: way.initialAzimuth, distance: way.distance))
            #expect(end.metres(to: b) < 30e-9, "\(a) to \(b)")
        }
    }

    @Test func noLegIsLongerThanTheWayAround() throws {
        var numbers = SeededRandom(9)
        for _ in 0..<1_000 {
            let (a, b, c) = try (numbers.place(), numbers.place(), numbers.place())
            #expect(a.distance(to: c) <= a.distance(to: b) + b.distance(to: c) + 1e-7)
        }
    }

    @Test(arguments: [
        ((10.0, 20.0), (10.0, 20.0), 0.0), ((10, 180), (10, -180), 0), ((90, 5), (90, -120), 0),
        ((-90, 5), (-90, 7), 0), ((90, 0), (-90, 0), 20_003_931.458_625_45),
        ((0, 0), (0, 180), 20_003_931.458_625_45), ((0, 0), (0, 1), 111_319.490_793_273_57),
        ((0, 0), (90, 0), 10_001_965.729_312_724),
    ])
    func isKnownBetweenSpecialPlaces(
        start: (Double, Double), end: (Double, Double), metres: Double
    ) throws {
        let distance = try Coordinate.at(start.0, start.1).distance(to: .at(end.0, end.1))
        #expect(abs(distance - metres) <= 15e-9)
    }

    @Test func goesEastOnTheEquatorAndOverThePoleBetweenOppositePlaces() throws {
        let start = try Coordinate.at(0, 0)
        #expect(try start.geodesic(to: .at(0, 90)).initialAzimuth == 90)
        #expect(try start.geodesic(to: .at(0, -90)).initialAzimuth == 270)
        let over = try start.geodesic(to: .at(0, 180))
        #expect(over.initialAzimuth == 0 && over.finalAzimuth == 180)
    }

    @Test func isFiniteForEveryPairOfExtremeNumbers() throws {
        let tiny = Double.leastNonzeroMagnitude
        let latitudes = [
            -90, -90 + 1e-14, -45, -1e-9, -1e-200, -tiny, -0.0, 0, tiny, 1e-20, 45, 89.999999999,
            90,
        ]
        let longitudes = [
            -180, -180 + 3e-14, -179.5, -90, -tiny, 0, tiny, 1e-15, 90, 179.4, 180 - 3e-14, 180,
        ]
        let places = try latitudes.flatMap { north in
            try longitudes.map { try Coordinate.at(north, $0) }
        }
        for a in places {
            for b in places {
                let way = a.geodesic(to: b)
                let isSound =
                    (0...20_003_931.458_626).contains(way.distance)
                    && (0..<360).contains(way.initialAzimuth)
                    && (0..<360).contains(way.finalAzimuth)
                #expect(isSound, "\(a) to \(b): \(way)")
            }
        }
    }
}
