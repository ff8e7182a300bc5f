import FairleadNMEAWire
import Testing

@Suite struct CircleFenceTests {
    @Test func agreesWithTheDistance() throws {
        var numbers = SeededRandom(11)
        for _ in 0..<300 {
            let center = try numbers.place()
            let radius = [10.0, 1000, 1e5, 1e6, 1e7][Int.random(in: 0..<5, using: &numbers)]
            let fence = try #require(CircleFence(center: center, radius: radius))
            for _ in 0..<10 {
                let azimuth = Double.random(in: 0..<360, using: &numbers)
                let distance = Double.random(in: 0...(2 * radius), using: &numbers)
                let place = try #require(
                    center.destination(azimuth: azimuth, distance: distance))
                let away = center.distance(to: place)
                #expect(fence.contains(place) == (away <= radius), "\(fence) \(place)")
                #expect(fence.distance(to: place) == max(0, away - radius))
            }
        }
    }

    @Test func theBoxHoldsTheCircleAlsoAtThePolesAndTheDateLine() throws {
        for center in [(0.0, 180.0), (89.5, 10), (-89.9, 0), (90, 0), (60, -179.9), (45, 0)] {
            for radius in [0, 1, 5e4, 1e6, 9.9e6, 2.1e7, 1e300] {
                let place = try Coordinate.at(center.0, center.1)
                let fence = try #require(CircleFence(center: place, radius: radius))
                #expect(fence.contains(place))
                for azimuth in stride(from: 0.0, to: 360, by: 3) {
                    let edge = try #require(
                        place.destination(azimuth: azimuth, distance: min(radius, 2e7)))
                    #expect(fence.box.contains(edge), "\(center) \(radius) \(azimuth)")
                }
            }
        }
    }

    @Test func theEdgeBelongsToIt() throws {
        let (center, place) = (try Coordinate.at(52, 4), try Coordinate.at(52.1, 4.1))
        let distance = center.distance(to: place)
        #expect(CircleFence(center: center, radius: distance)?.contains(place) == true)
        #expect(CircleFence(center: center, radius: distance.nextDown)?.contains(place) == false)
        let point = try #require(CircleFence(center: center, radius: 0))
        #expect(point.contains(center) && !point.contains(place))
    }

    @Test(arguments: [-1, -Double.infinity, .infinity, .nan])
    func refusesWhatIsNoRadius(radius: Double) throws {
        #expect(try CircleFence(center: .at(0, 0), radius: radius) == nil)
    }
}
