// Polygons as latitudes and longitudes, with places that must be inside and places that must not:
// edges, corners, the date line, holes, the poles. Each is asked for its box and its distance too.
// At the end random polygons, turned around the globe, against the plain rule of the plane.
import FairleadNMEAWire
import Testing

@Suite struct PolygonFenceTests {
    private func ring(_ points: [(Double, Double)]) throws -> [Coordinate] {
        try points.map { try Coordinate.at($0.0, $0.1) }
    }

    /// From latitudes and longitudes.
    private func polygon(
        _ outer: [(Double, Double)], holes: [[(Double, Double)]] = [],
        around pole: PolygonFence.Pole? = nil
    ) throws -> PolygonFence {
        try PolygonFence(ring(outer), holes: holes.map { try ring($0) }, around: pole)
    }

    private func expect(
        _ fence: PolygonFence, holds inside: [(Double, Double)], not outside: [(Double, Double)]
    ) throws {
        for (latitude, longitude) in inside {
            let place = try Coordinate.at(latitude, longitude)
            #expect(fence.contains(place), "\(latitude), \(longitude) is inside")
            #expect(fence.box.contains(place) && fence.distance(to: place) == 0)
        }
        for (latitude, longitude) in outside {
            let place = try Coordinate.at(latitude, longitude)
            #expect(!fence.contains(place), "\(latitude), \(longitude) is outside")
            #expect(fence.distance(to: place) > 0)
        }
    }

    @Test func holdsWhatIsWithinAndItsEdges() throws {
        let corners = [(0.0, 0.0), (0, 10), (10, 10), (10, 0)]
        for points in [corners, corners.reversed(), corners + [corners[0]]] {
            try expect(
                polygon(points),
                holds: [
                    (5, 5), (0, 0), (0, 10), (10, 10), (10, 0), (0, 5), (5, 0), (5, 10), (10, 5),
                ],
                not: [(5, 10.0000001), (5, -0.0000001), (10.0000001, 5), (-0.0000001, 5), (5, 180)])
        }
    }

    @Test func aSlopingEdgeIsStraightInLongitudeAndLatitude() throws {
        let fence = try polygon([(0, 0), (0, 60), (60, 60)])
        // The geodesic between the ends passes north of the middle.
        try expect(fence, holds: [(30, 30), (29.999, 30), (10, 10)], not: [(30.001, 30)])
        for step in 0...600 {
            let degrees = Double(step) / 10
            #expect(try fence.contains(.at(degrees, degrees)))
        }
    }

    @Test func aPlaceLevelWithACornerIsNotCountedTwice() throws {
        let diamond = try polygon([(0, 5), (5, 10), (10, 5), (5, 0)])
        try expect(diamond, holds: [(5, 5), (1, 5), (9, 5), (5, 1)], not: [(-1, 5), (11, 5)])
        let notched = try polygon([(0, 0), (0, 10), (10, 10), (5, 5), (10, 0)])
        try expect(notched, holds: [(4, 5), (5, 5), (6, 4)], not: [(6, 5), (-1, 5), (11, 10)])
        let stairs = try polygon([(0, 0), (0, 4), (2, 4), (2, 2), (4, 2), (4, 0)])
        try expect(stairs, holds: [(1, 2), (3, 1), (2, 3)], not: [(3, 3), (5, 2), (-1, 2)])
    }

    @Test func crossesTheDateLineWithoutBeingCut() throws {
        let fence = try polygon([(-20, 170), (-20, -170), (-10, -170), (-10, 170)])
        try expect(
            fence, holds: [(-15, 180), (-15, -180), (-15, 175), (-15, -175), (-20, 180)],
            not: [(-15, 169), (-15, -169), (-15, 0), (-21, 180)])
        let part = try polygon([(-20, 170), (-20, 180), (-10, 180), (-10, 170)])
        try expect(part, holds: [(-15, 175), (-15, 180), (-15, -180)], not: [(-15, -179.99)])
        let other = try polygon([(-20, -180), (-20, -170), (-10, -170), (-10, -180)])
        try expect(other, holds: [(-15, -175), (-15, 180), (-15, -180)], not: [(-15, 179.99)])
    }

    @Test func aRowOfNarrowEdgesMayReachFarAround() throws {
        let south = stride(from: -150.0, through: 150, by: 50).map { (0.0, $0) }
        let north = stride(from: 150.0, through: -150, by: -50).map { (10.0, $0) }
        try expect(
            polygon(south + north), holds: [(5, 0), (5, -149), (5, 149), (5, 100)],
            not: [(5, 180), (5, -151), (5, 151), (11, 0)])
    }

    @Test func holesAreOutsideButTheirEdgesAreNot() throws {
        let fence = try polygon(
            [(0, 0), (0, 10), (10, 10), (10, 0)],
            holes: [[(2, 2), (2, 4), (4, 4), (4, 2)], [(6, 6), (8, 6), (8, 8), (6, 8)]])
        try expect(
            fence, holds: [(1, 1), (5, 5), (2, 3), (4, 4), (6, 6), (3, 4.0000001)],
            not: [(3, 3), (7, 7), (3.9999, 2.0001), (11, 11)])
    }

    @Test func whatARingGoesAroundTwiceIsOutside() throws {
        let star = try polygon([(10, 5), (0, 8), (6, 0), (6, 10), (0, 2)])
        try expect(star, holds: [(9, 5), (5.9, 1)], not: [(5, 5), (1, 5)])
    }

    @Test func goesAroundAPoleThatIsNamed() throws {
        let points = [(70.0, 0.0), (70, 90), (70, 180), (70, -90)]
        for outer in [points.reversed(), points] {
            try expect(
                polygon(Array(outer), around: .north),
                holds: [(90, 0), (90, 77), (80, 45), (70, 45), (70, 0), (89.9, -135)],
                not: [(69.999, 0), (69.999, 45), (0, 0), (-90, 0), (69, 180)])
            try expect(
                polygon(Array(outer), around: .south),
                holds: [(-90, 0), (69.999, 45), (0, 0), (70, 45)],
                not: [(90, 0), (80, 45), (70.001, 180)])
        }
    }

    @Test func aHoleMayGoAroundThePoleToo() throws {
        let outer = [(-60.0, 0.0), (-60, 120), (-60, -120)]
        let hole = [(-80.0, 0.0), (-80, 120), (-80, -120)]
        let belt = try polygon(outer, holes: [hole], around: .south)
        try expect(
            belt, holds: [(-70, 0), (-70, 180), (-80, 60), (-60, 60)],
            not: [(-90, 0), (-85, 10), (-59, 0), (0, 0), (90, 0)])
    }

    @Test func thePoleIsOnePlace() throws {
        let touching = try polygon([(80, 0), (80, 40), (90, 40), (90, 0)])
        try expect(touching, holds: [(90, 20), (90, -170), (85, 20)], not: [(89, 60), (-90, 20)])
        let below = try polygon([(70, 0), (70, 40), (80, 40), (80, 0)])
        try expect(below, holds: [(75, 1)], not: [(90, 20), (-90, 20)])
    }

    @Test func theDistanceIsThatToTheNearestEdge() throws {
        let fence = try polygon(
            [(50, 4), (50, 6), (52, 6), (52, 4)], holes: [[(50.9, 4.9), (50.9, 5.1), (51.1, 5)]])
        let west = try Coordinate.at(51, 3.99)
        #expect(abs(try fence.distance(to: west) - west.distance(to: .at(51, 4))) < 1)
        let corner = try Coordinate.at(49.99, 3.99)
        #expect(try fence.distance(to: corner) == corner.distance(to: .at(50, 4)))
        let inHole = try Coordinate.at(50.901, 5)
        #expect(abs(try fence.distance(to: inHole) - inHole.distance(to: .at(50.9, 5))) < 0.01)
        let across = try polygon([(0, 179), (0, -179), (1, -179), (1, 179)])
        let east = try Coordinate.at(0.5, -178.99)
        #expect(abs(try across.distance(to: east) - east.distance(to: .at(0.5, -179))) < 0.01)
    }

    @Test func theDistanceIsNotMoreThanToAnyPointOfAnEdge() throws {
        var numbers = SeededRandom(12)
        let corners = [(60.0, 10.0), (60.2, 10.5), (60.5, 10.1)]
        let fence = try polygon(corners)
        for _ in 0..<100 {
            let place = try Coordinate.at(
                Double.random(in: 59.8...60.7, using: &numbers),
                Double.random(in: 9.5...11, using: &numbers))
            if fence.contains(place) { continue }
            let distance = fence.distance(to: place)
            for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
                for step in 0...20 {
                    let part = Double(step) / 20
                    let point = try Coordinate.at(
                        a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1))
                    #expect(distance <= place.distance(to: point) * 1.001)
                }
            }
        }
    }

    private static let noRings: [([(Double, Double)], PolygonError.Cause)] = [
        ([], .tooFewPoints), ([(0, 0), (1, 1)], .tooFewPoints),
        ([(0, 0), (1, 1), (0, 0)], .tooFewPoints),
        ([(0, 0), (1, 1), (1, 1), (0, 0)], .tooFewPoints),
        ([(0, 5), (1, 5), (2, 5)], .withoutArea), ([(5, 0), (5, 1), (5, 2)], .withoutArea),
        ([(-90, -180), (-90, 180), (90, 180), (90, -180)], .withoutArea),
        ([(0, 0), (0, 180), (10, 90)], .ambiguousEdge(point: 0)),
        ([(0, 90), (10, 0), (10, -90)], .ambiguousEdge(point: 2)),
        ([(0, 0), (0, 120), (0, -120)], .goesAroundPole),
    ]

    @Test(arguments: noRings)
    func refusesWhatIsNoRing(points: [(Double, Double)], cause: PolygonError.Cause) throws {
        let outer = try ring(points)
        let error = #expect(throws: PolygonError.self) { try PolygonFence(outer) }
        #expect(error?.cause == cause && error?.ring == 0)
        let good = try ring([(-1, -1), (-1, 50), (50, 50)])
        let hole = #expect(throws: PolygonError.self) {
            try PolygonFence(good, holes: [good, outer])
        }
        #expect(hole?.cause == cause && hole?.ring == 2)
        #expect(hole?.description.hasPrefix("hole 2") == true)
    }

    @Test func refusesAPoleThatIsNotGoneAround() throws {
        let outer = try ring([(0, 0), (0, 10), (10, 10)])
        let error = #expect(throws: PolygonError.self) { try PolygonFence(outer, around: .north) }
        #expect(error?.cause == .goesAroundNoPole)
        #expect(error?.description == "the outer ring goes around no pole, and one is named")
    }

    @Test func everyPlaceHasAnAnswer() throws {
        let fence = try polygon(
            [(-90, -180), (-90, -70), (90, 0), (89, 70), (0, 179)], around: .south)
        var numbers = SeededRandom(13)
        var count = 0
        for _ in 0..<2_000 where try fence.contains(numbers.place()) { count += 1 }
        #expect(count > 100 && count < 1_900)
    }

    /// Against the plain rule in the plane, where there is no date line.
    @Test func agreesWithThePlaneRule() throws {
        var numbers = SeededRandom(14)
        for _ in 0..<40 {
            let shift = Double.random(in: -180...180, using: &numbers)
            let points = (0..<7).map { _ in
                (
                    Double.random(in: -60...60, using: &numbers),
                    Double.random(in: -80...80, using: &numbers)
                )
            }
            let moved = points.map { ($0.0, ($0.1 + shift).remainder(dividingBy: 360)) }
            let fence = try polygon(moved)
            for _ in 0..<50 {
                let place = (
                    Double.random(in: -70...70, using: &numbers),
                    Double.random(in: -90...90, using: &numbers)
                )
                var isInside = false
                for (a, b) in zip(points, points.dropFirst() + points.prefix(1))
                where (a.0 > place.0) != (b.0 > place.0) {
                    let cross = a.1 + (place.0 - a.0) / (b.0 - a.0) * (b.1 - a.1)
                    if cross > place.1 { isInside.toggle() }
                }
                let there = try Coordinate.at(
                    place.0, (place.1 + shift).remainder(dividingBy: 360))
                #expect(fence.contains(there) == isInside, "\(moved) \(there)")
            }
        }
    }
}
