import FairleadNMEAWire
import Testing

@Suite struct UTMTests {
    @Test func agreesWithTheOracle() throws {
        let rows = try Table("grid").rows
        #expect(rows.count > 600)
        for row in rows {
            let numbers = row.compactMap { Double($0) }
            let place = try Coordinate.at(numbers[0], numbers[1])
            let expected = (numbers[3], numbers[4])
            if numbers[2] == 0 {
                #expect(UTM(place) == nil)
                let point = try #require(UPS(place))
                #expect(abs(point.easting - expected.0) < 5e-9, "\(row)")
                #expect(abs(point.northing - expected.1) < 5e-9, "\(row)")
                #expect(point.coordinate.metres(to: place) < 5e-9, "\(row)")
            } else {
                #expect(UPS(place) == nil)
                let point = try #require(UTM(place))
                #expect(point.zone == Int(numbers[2]), "\(row)")
                #expect(abs(point.easting - expected.0) < 5e-9, "\(row)")
                #expect(abs(point.northing - expected.1) < 5e-9, "\(row)")
                #expect(point.coordinate.metres(to: place) < 5e-9, "\(row)")
            }
        }
    }

    @Test(arguments: [
        (56.0, 2.99999, 31), (56, 3, 32), (63.99999, 11.99999, 32), (64, 3, 31), (55.99999, 3, 31),
        (72, 8.99999, 31), (72, 9, 33), (83.99999, 20.99999, 33), (72, 21, 35), (72, 33, 37),
        (72, 41.99999, 37), (72, 42, 38), (71.99999, 9, 32), (0, -180, 1), (0, 180, 1),
        (0, 179.99999, 60), (0, -0.00001, 30), (0, 0, 31), (-80, 5, 31), (60, 12, 33),
    ])
    func zonesOfNorwayAndSvalbardAreWider(latitude: Double, longitude: Double, zone: Int) throws {
        #expect(try UTM.zone(of: .at(latitude, longitude)) == zone)
    }

    @Test(arguments: [84.0, 90, -80.000001, -90])
    func thePolesHaveNoZone(latitude: Double) throws {
        let place = try Coordinate.at(latitude, 0)
        #expect(UTM.zone(of: place) == nil && UTM(place) == nil && UTM(place, zone: 31) == nil)
        #expect(UPS(place)?.isNorthern == (latitude > 0))
    }

    @Test func aNeighboursZoneMayBeUsed() throws {
        let place = try Coordinate.at(52, 6.1)
        let (own, other) = (try #require(UTM(place)), try #require(UTM(place, zone: 31)))
        #expect(own.zone == 32 && own.easting < 310_000)
        #expect(other.zone == 31 && other.easting > 690_000)
        #expect(other.coordinate.metres(to: place) < 5e-9)
        #expect(UTM(place, zone: 40) == nil && UTM(place, zone: 61) == nil)
        #expect(UTM(place, zone: 0) == nil && UTM(place, zone: 10) == nil)
        // Across the date line.
        let east = try #require(UTM(.at(0, -179.9), zone: 60))
        #expect(east.easting > 800_000 && apart(east.coordinate.longitude, -179.9) < 1e-12)
    }

    @Test(arguments: [
        (0, 500_000.0, 1.0), (61, 500_000, 1), (31, 99_999, 1), (31, 900_001, 1),
        (31, 500_000, -1), (31, 500_000, 10_000_001), (31, .nan, 1), (31, 500_000, .nan),
        (31, .infinity, 1),
    ])
    func refusesWhatIsOffTheGrid(zone: Int, easting: Double, northing: Double) {
        for isNorthern in [true, false] {
            let point = UTM(
                zone: zone, isNorthern: isNorthern, easting: easting, northing: northing)
            #expect(point == nil)
        }
        #expect(UPS(isNorthern: true, easting: easting, northing: northing) == nil)
    }

    @Test func everyPointOfTheGridsIsAPlace() throws {
        for isNorthern in [true, false] {
            for easting in stride(from: 100_000.0, through: 900_000, by: 100_000) {
                for northing in stride(from: 0.0, through: 10_000_000, by: 500_000) {
                    let point = try #require(
                        UTM(
                            zone: 1, isNorthern: isNorthern, easting: easting, northing: northing))
                    let place = point.coordinate
                    #expect((-90...90).contains(place.latitude))
                    #expect((-180...180).contains(place.longitude))
                }
            }
        }
        let pole = try #require(UPS(isNorthern: true, easting: 2_000_000, northing: 2_000_000))
        #expect(pole.coordinate.latitude == 90)
    }

    @Test func isWrittenToTheMillimetre() throws {
        #expect(try UTM(.at(52.37, 4.9))?.description == "31N 629351.909 5803890.804")
        #expect(try UTM(.at(-33.9, 18.4))?.description.hasPrefix("34S 2") == true)
        #expect(try UPS(.at(-90, 0))?.description == "S 2000000.000 2000000.000")
    }
}
