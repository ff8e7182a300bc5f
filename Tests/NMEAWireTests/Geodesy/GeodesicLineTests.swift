import FairleadNMEAWire
import Testing

@Suite struct GeodesicLineTests {
    @Test func agreesWithTheOracleOnOtherEllipsoids() throws {
        for row in try Table("flattened").numbers {
            let ellipsoid = try #require(
                Ellipsoid(equatorialRadius: 6_378_137, flattening: row[0]))
            let line = try #require(
                ellipsoid.line(from: .at(row[1], row[2]), azimuth: row[3]))
            let end = try #require(line.point(at: row[4])?.place)
            let expected = try Coordinate.at(row[5], row[6])
            #expect(end.metres(to: expected) < (row[0] > 0.01 ? 1e-7 : 15e-9), "\(row)")
            let back = ellipsoid.distance(from: line.start, to: expected)
            if row[4] < 19e6 {
                #expect(abs(back - row[4]) < (row[0] > 0.01 ? 1e-7 : 20e-9), "\(row)")
            }
        }
    }

    @Test func goesBackwardsToo() throws {
        let line = try #require(Ellipsoid.wgs84.line(from: .at(50, 8), azimuth: 300))
        let behind = try #require(line.point(at: -1_000_000))
        let opposite = try #require(Ellipsoid.wgs84.line(from: .at(50, 8), azimuth: 120))
        let ahead = try #require(opposite.point(at: 1_000_000))
        #expect(behind.place.metres(to: ahead.place) < 1e-8)
        #expect(apart(behind.azimuth + 180, ahead.azimuth) < 1e-12)
    }

    @Test func passesOverAPole() throws {
        let start = try Coordinate.at(89, 10)
        let end = try #require(start.destination(azimuth: 0, distance: 223_000))
        #expect(apart(end.longitude, -170) < 1e-9 && end.latitude < 90 && end.latitude > 88)
        let pole = try Coordinate.at(90, 10)
        let south = try #require(pole.destination(azimuth: 180, distance: 1_000_000))
        #expect(apart(south.longitude, 10) < 1e-9 && south.latitude < 82)
    }

    @Test func isNilForNumbersThatAreNone() throws {
        let start = try Coordinate.at(1, 2)
        for odd in [Double.nan, .infinity, -.infinity] {
            #expect(start.destination(azimuth: odd, distance: 1) == nil)
            #expect(start.destination(azimuth: 1, distance: odd) == nil)
        }
    }

    @Test func takesAnyFiniteNumber() throws {
        for latitude in [-90.0, -1e-300, 0, 45, 90] {
            let start = try Coordinate.at(latitude, 180)
            for number in [0, -0.0, 1e-300, 1e7, 1e15, 1e300, .greatestFiniteMagnitude] {
                let end = try #require(start.destination(azimuth: number, distance: -number))
                #expect((-90...90).contains(end.latitude) && (-180...180).contains(end.longitude))
            }
        }
    }

    @Test(arguments: [
        (0.5, 0.0), (1e13, 0), (.nan, 0), (6e6, -0.001), (6e6, 0.021), (6e6, .nan),
        (.infinity, 0.003),
    ])
    func refusesWhatIsNoEllipsoid(radius: Double, flattening: Double) {
        #expect(Ellipsoid(equatorialRadius: radius, flattening: flattening) == nil)
    }
}
