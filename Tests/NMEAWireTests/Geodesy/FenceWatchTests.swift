import FairleadNMEAWire
import Testing

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
