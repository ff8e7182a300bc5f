import FairleadNMEAWire
import Testing

@Suite struct EarthCenteredTests {
    @Test func agreesWithTheOracle() throws {
        let rows = try Table("geocentric").numbers
        #expect(rows.count == 140)
        for row in rows {
            let place = try Coordinate.at(row[0], row[1])
            let point = try #require(place.earthCentered(height: row[2]))
            let tolerance = max(4e-9, 4 * row[2].ulp)
            #expect(abs(point.x - row[3]) <= tolerance, "\(row)")
            #expect(abs(point.y - row[4]) <= tolerance, "\(row)")
            #expect(abs(point.z - row[5]) <= tolerance, "\(row)")
        }
    }

    @Test func leadsBack() throws {
        for row in try Table("geocentric").numbers {
            let place = try Coordinate.at(row[0], row[1])
            let back = try #require(place.earthCentered(height: row[2])).geodetic
            let tolerance = max(8e-9, 8 * row[2].ulp)
            #expect(abs(back.height - row[2]) <= tolerance, "\(row)")
            #expect(back.place.metres(to: place) * (1 + row[2] / 6.4e6) <= tolerance, "\(row)")
        }
    }

    @Test(arguments: [
        (6_378_137.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0, 6_378_147, 0, 0, 90, 10),
        (-6_378_137, 0, 0, 0, 180, 0), (0, 0, 6_356_752.314_245_179, 90, 0, 0),
        (0, 0, -6_356_852.314_245_179, -90, 0, 100), (0, 0, 1, 90, 0, -6_356_751.314_245_179),
        (0, 0, 0, 90, 0, -6_356_752.314_245_179),
    ])
    func isKnownOnTheAxes(
        x: Double, y: Double, z: Double, latitude: Double, longitude: Double, height: Double
    ) throws {
        let back = try #require(EarthCentered(x: x, y: y, z: z)).geodetic
        #expect(abs(back.place.latitude - latitude) < 1e-13)
        #expect(back.place.longitude == longitude)
        #expect(abs(back.height - height) < 2e-9)
    }

    /// Whatever place comes out, the point is on its perpendicular.
    @Test func isOnThePerpendicularEvenNearTheCentre() throws {
        let numbers = [
            0, .leastNonzeroMagnitude, 1e-160, 1e-9, 1, 20_000, 42_697.672_7, 42_697.7, 43_000, 1e5,
        ]
        for x in numbers {
            for z in numbers + numbers.map({ -$0 }) {
                let back = try #require(EarthCentered(x: x, y: 0, z: z)).geodetic
                let again = try #require(back.place.earthCentered(height: back.height))
                // Where the perpendiculars meet, a rounded latitude is off by more.
                #expect(abs(again.x - x) < 1e-8 && abs(again.z - z) < 1e-8, "\(x) \(z)")
            }
        }
    }

    @Test func refusesWhatIsNoPoint() throws {
        for odd in [Double.nan, .infinity, -.infinity, 2e15] {
            #expect(EarthCentered(x: odd, y: 0, z: 0) == nil)
            #expect(EarthCentered(x: 0, y: odd, z: 0) == nil)
            #expect(EarthCentered(x: 0, y: 0, z: odd) == nil)
            #expect(try Coordinate.at(1, 1).earthCentered(height: odd) == nil)
        }
    }

    @Test func worksOnASphereToo() throws {
        let sphere = try #require(Ellipsoid(equatorialRadius: 1000, flattening: 0))
        let point = try #require(EarthCentered(x: 0, y: -600, z: 800))
        let back = sphere.geodetic(point)
        #expect(back.place.longitude == -90 && abs(back.height) < 1e-12)
        let center = try #require(EarthCentered(x: 0, y: 0, z: 0))
        #expect(sphere.geodetic(center).height == -1000)
    }
}
