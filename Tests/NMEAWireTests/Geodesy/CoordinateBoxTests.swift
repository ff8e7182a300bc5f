import FairleadNMEAWire
import Testing

@Suite struct CoordinateBoxTests {
    private func box(_ south: Double, _ west: Double, _ north: Double, _ east: Double) throws
        -> CoordinateBox
    {
        try #require(CoordinateBox(southWest: .at(south, west), northEast: .at(north, east)))
    }

    @Test func holdsItsEdges() throws {
        let box = try box(10, 20, 30, 40)
        for (latitude, longitude) in [(10.0, 20.0), (30, 40), (10, 40), (30, 20), (15, 25)] {
            #expect(try box.contains(.at(latitude, longitude)))
        }
        for (latitude, longitude) in [(9.999, 25.0), (30.001, 25), (15, 19.999), (15, 40.001)] {
            #expect(try !box.contains(.at(latitude, longitude)))
        }
    }

    @Test func crossesTheDateLine() throws {
        let box = try box(-10, 170, 10, -170)
        #expect(box.width == 20)
        for longitude in [170.0, 180, -180, -170] {
            #expect(try box.contains(.at(0, longitude)))
        }
        for longitude in [169.9, -169.9, 0] { #expect(try !box.contains(.at(0, longitude))) }
        let all = try self.box(-90, -180, 90, 180)
        #expect(try all.contains(.at(0, 0)) && all.contains(.at(-90, 180)))
    }

    @Test func bothWritingsOfTheDateLineAreOneMeridian() throws {
        let west = try box(0, 170, 10, 180)
        let east = try box(0, -180, 10, -170)
        for longitude in [180.0, -180] {
            #expect(try west.contains(.at(5, longitude)) && east.contains(.at(5, longitude)))
        }
    }

    @Test func thePoleIsInItWhateverItsLongitude() throws {
        let box = try box(80, 0, 90, 10)
        #expect(try box.contains(.at(90, -120)) && !box.contains(.at(89, -120)))
    }

    @Test func refusesSouthAboveNorth() throws {
        #expect(try CoordinateBox(southWest: .at(2, 0), northEast: .at(1, 0)) == nil)
    }
}
