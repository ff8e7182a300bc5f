import FairleadNMEAWire
import Testing

@Suite struct MaidenheadTests {
    /// Published examples: W1AW, Munich, Montevideo, Washington, Wellington, and the corners.
    @Test(arguments: [
        (41.714775, -72.727260, "FN31pr"), (48.14666, 11.60833, "JN58td"),
        (-34.91, -56.21166, "GF15vc"), (38.92, -77.065, "FM18lw"),
        (-41.28333, 174.745, "RE78ir"), (52.37, 4.9, "JO22kI"), (0, 0, "JJ00aa"),
        (-90, -180, "AA00aa"), (90, 179.9999, "RR99xx"), (0, 180, "AJ00aa"),
        (-1e-20, -1e-20, "II99xx"),
    ])
    func isKnown(latitude: Double, longitude: Double, text: String) throws {
        let square = try Maidenhead(.at(latitude, longitude))
        #expect(square?.description.uppercased() == text.uppercased())
    }

    @Test func hasTwoToTenCharacters() throws {
        let place = try Coordinate.at(41.714775, -72.727260)
        let texts = [2, 4, 6, 8, 10].map { Maidenhead(place, characters: $0)?.description }
        #expect(texts == ["FN", "FN31", "FN31pr", "FN31pr21", "FN31pr21rn"])
        for odd in [-2, 0, 1, 3, 12, .min, .max] {
            #expect(Maidenhead(place, characters: odd) == nil)
        }
    }

    @Test func holdsThePlace() throws {
        var numbers = SeededRandom(5)
        for _ in 0..<500 {
            let place = try numbers.place()
            for characters in [2, 4, 6, 8, 10] {
                let square = try #require(Maidenhead(place, characters: characters))
                #expect(Maidenhead(square.description) == square)
                let corner = square.corner
                let north = corner.latitude...(corner.latitude + square.height)
                let east = corner.longitude...(corner.longitude + 2 * square.height)
                #expect(north.contains(place.latitude) && east.contains(place.longitude))
                #expect(Maidenhead(square.center, characters: characters) == square)
            }
        }
    }

    /// Every edge, though few of them can be written exactly as a number.
    @Test func itsCornerIsInIt() throws {
        for (characters, count) in [(2, 18), (4, 180), (6, 4320)] {
            for step in 0..<count {
                let degrees = Double(2 * step - count) * 90 / Double(count)
                let place = try Coordinate.at(degrees, degrees * 2)
                let square = try #require(Maidenhead(place, characters: characters))
                #expect(square.corner == place)
            }
        }
    }

    @Test(arguments: [
        "", "J", "JO2", "SJ", "JS", "JOAA", "JO2a", "JO22ya", "JO22ay", "JO22kia1", "JO22ki1a",
        "JO22ki11aa1", "JO22ki11aa11", "ＪＯ", "1O", "J1", "JO 2", "jo22K\u{0}", "@A", "[A", "`a",
    ])
    func refusesWhatIsNoLocator(text: String) {
        #expect(Maidenhead(text) == nil)
    }

    @Test func isReadInAnyCase() {
        #expect(Maidenhead("fN31PR21Rm")?.description == "FN31pr21rm")
    }
}
