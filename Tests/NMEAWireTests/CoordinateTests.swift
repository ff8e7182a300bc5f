import FairleadNMEAWire
import Testing

@Suite struct CoordinateTests {
    @Test(arguments: [(90.0, 180.0), (-90, -180), (0, 0), (51.925907, 4.5776455)])
    func theEndsOfTheRangeBelongToIt(latitude: Double, longitude: Double) {
        let place = Coordinate(latitude: latitude, longitude: longitude)
        #expect(place?.latitude == latitude && place?.longitude == longitude)
    }

    @Test(arguments: [
        (90.0000001, 0.0), (-90.1, 0), (0, 180.0000001), (0, -181), (.nan, 0), (0, .nan),
        (.infinity, 0), (0, -.infinity),
    ])
    func whatIsNoPlaceIsNil(latitude: Double, longitude: Double) {
        #expect(Coordinate(latitude: latitude, longitude: longitude) == nil)
    }
}
