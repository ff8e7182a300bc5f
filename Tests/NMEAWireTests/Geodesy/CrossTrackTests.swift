import FairleadNMEAWire
import Testing

@Suite struct CrossTrackTests {
    @Test func theNearestPointIsNearest() throws {
        var numbers = SeededRandom(10)
        for _ in 0..<300 {
            let (start, end) = try (numbers.place(), numbers.place())
            let track = start.geodesic(to: end)
            // A place beside the track, up to 5,000 km off and 1,000 km before or beyond its ends.
            let along = Double.random(in: -1e6...(track.distance + 1e6), using: &numbers)
            let offset = Double.random(in: -5e6...5e6, using: &numbers)
            let line = try #require(
                Ellipsoid.wgs84.line(from: start, azimuth: track.initialAzimuth))
            let foot = try #require(line.point(at: along))
            let place = try #require(
                foot.place.destination(azimuth: foot.azimuth + 90, distance: offset))
            let found = try #require(place.crossTrack(from: start, to: end))
            #expect(abs(found.offset - offset) < 1e-6, "\(start) to \(end), \(place)")
            #expect(abs(found.along - along) < 1e-3, "\(start) to \(end), \(place)")
            #expect(found.nearest.metres(to: foot.place) < 1e-3)
        }
    }

    @Test func rightIsPositive() throws {
        let (west, east) = (try Coordinate.at(0, 0), try Coordinate.at(0, 10))
        let south = try #require(Coordinate.at(-1, 5).crossTrack(from: west, to: east))
        #expect(abs(south.offset - 110_574.388_557_799_33) < 1e-6)
        #expect(abs(south.along - 556_597.453_966_367_85) < 1e-6)
        let north = try #require(Coordinate.at(1, 5).crossTrack(from: west, to: east))
        #expect(abs(north.offset + 110_574.388_557_799_33) < 1e-6)
    }

    @Test func beforeTheStartIsNegative() throws {
        let place = try Coordinate.at(0.001, -1)
        let found = try #require(place.crossTrack(from: .at(0, 0), to: .at(0, 10)))
        #expect(found.along < -111_000 && found.along > -112_000)
    }

    @Test func onTheTrackThereIsNoOffset() throws {
        let (start, end) = (try Coordinate.at(52.37, 4.9), try Coordinate.at(48.86, 2.35))
        for place in [start, end] {
            let found = try #require(place.crossTrack(from: start, to: end))
            #expect(abs(found.offset) < 1e-7)
        }
        let atEnd = try #require(end.crossTrack(from: start, to: end))
        #expect(abs(atEnd.along - start.distance(to: end)) < 1e-6)
    }

    @Test func aTrackThatIsAPointIsNone() throws {
        let place = try Coordinate.at(1, 2)
        #expect(try Coordinate.at(5, 6).crossTrack(from: place, to: place) == nil)
        let pole = try Coordinate.at(90, 0)
        #expect(try place.crossTrack(from: pole, to: .at(90, 90)) == nil)
    }

    @Test func everyPlaceHasAnAnswerOrNone() throws {
        let (start, end) = (try Coordinate.at(0, 0), try Coordinate.at(0, 90))
        for place in [(90.0, 0.0), (-90, 0), (0, 180), (0, -179.9), (89.999, 45), (1e-300, 1e-300)]
        {
            let found = try Coordinate.at(place.0, place.1).crossTrack(from: start, to: end)
            if let found {
                #expect(found.offset.isFinite && found.along.isFinite)
            } else {
                #expect(abs(place.0) > 80)
            }
        }
    }
}
