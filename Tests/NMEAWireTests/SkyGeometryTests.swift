import FairleadNMEAWire
import Testing

@Suite struct SkyGeometryTests {
    private func sky(_ places: [(elevation: Double, azimuth: Double)]) -> Sky {
        var sky = Sky()
        for (index, place) in places.enumerated() {
            var satellite = Satellite(id: SatelliteID(.gps, UInt16(index + 1)), nmeaNumber: 1)
            satellite.elevation = place.elevation
            satellite.azimuth = place.azimuth
            satellite.isUsed = true
            sky.satellites.append(satellite)
        }
        return sky
    }

    /// One overhead and three at the horizon: worked by hand, see each expectation.
    @Test func theDilutionsOfAKnownSkyAreThoseOfTheBooks() throws {
        let geometry = try #require(
            SkyGeometry(sky([(90, 0), (0, 0), (0, 120), (0, 240)])))
        // East and north: three unit vectors around the horizon sum up to 3/2 in each axis.
        #expect(abs(geometry.east - (2.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(geometry.north - (2.0 / 3).squareRoot()) < 1e-12)
        // The clock is known from the horizon alone: 1/3; up from the zenith and the clock.
        #expect(abs(geometry.time - (1.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(geometry.up - (4.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(geometry.position - (8.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(geometry.geometric - 3.0.squareRoot()) < 1e-12)
    }

    @Test func threeSatellitesOrFourInAPlaneGiveNone() {
        #expect(SkyGeometry(sky([(90, 0), (0, 0), (0, 120)])) == nil)
        #expect(SkyGeometry(sky([(30, 0), (30, 0), (30, 0), (30, 0), (30, 0)])) == nil)
        #expect(SkyGeometry(sky([(0, 0), (0, 90), (0, 180), (0, 270)])) == nil)
        #expect(SkyGeometry(Sky()) == nil)
    }
}
