import FairleadNMEAWire
import Testing

@Suite struct CircleFenceTests {
    @Test func agreesWithTheDistance() throws {
        var numbers = Numbers(state: 11)
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

@Suite struct FenceWatchTests {
    private let fence: CircleFence
    private let center: Coordinate

    init() throws {
        center = try .at(52, 4)
        fence = try #require(CircleFence(center: center, radius: 1000))
    }

    private func place(_ metres: Double) throws -> Coordinate {
        try #require(center.destination(azimuth: 77, distance: metres))
    }

    @Test func entersAtTheEdgeAndLeavesBeyondTheMargin() throws {
        var watch = try #require(FenceWatch(fence, margin: 100))
        let way = [1500.0, 1050, 999, 1001, 1099, 990, 1101, 1050, 1001, 999, 5000]
        let events = try way.map { watch.take(try place($0)) }
        #expect(
            events == [nil, nil, .entered, nil, nil, nil, .left, nil, nil, .entered, .left])
        #expect(watch.isInside == false)
    }

    @Test func theFirstPlaceIsNoEvent() throws {
        var watch = try #require(FenceWatch(fence))
        #expect(watch.isInside == nil)
        #expect(watch.take(center) == nil)
        #expect(watch.isInside == true)
        #expect(watch.take(try place(2000)) == .left)
    }

    @Test func waitsForConfirmation() throws {
        var watch = try #require(FenceWatch(fence, confirmations: 3))
        let way = [5000.0, 0, 0, 5000, 0, 0, 0, 5000, 5000, 0, 5000, 5000, 5000]
        let events = try way.map { watch.take(try place($0)) }
        let expected: [FenceWatch<CircleFence>.Event?] = [
            nil, nil, nil, nil, nil, nil, .entered, nil, nil, nil, nil, nil, .left,
        ]
        #expect(events == expected)
    }

    @Test func watchesPolygonsToo() throws {
        let square = try PolygonFence([.at(0, 0), .at(0, 1), .at(1, 1), .at(1, 0)])
        var watch = try #require(FenceWatch(square, margin: 50))
        // A thousandth of a degree is about 111 metres.
        let events = try [1.001, 0.9999, 1.0004, 1.0005].map {
            watch.take(try Coordinate.at(0.5, $0))
        }
        #expect(events == [nil, .entered, nil, .left])
    }

    @Test func refusesWhatIsNoMargin() {
        #expect(FenceWatch(fence, margin: -1) == nil && FenceWatch(fence, margin: .nan) == nil)
        #expect(FenceWatch(fence, margin: .infinity) == nil)
        #expect(FenceWatch(fence, confirmations: 0) == nil)
    }
}
