import FairleadNMEAWire
import Testing

@Suite struct MGRSTests {
    @Test func agreesWithTheOracleAtEveryPrecision() throws {
        for row in try Table("grid").rows {
            let place = try Coordinate.at(Double(row[0]) ?? .nan, Double(row[1]) ?? .nan)
            let letters = row[5].prefix { !$0.isNumber || $0 == row[5].first }
            #expect(!letters.isEmpty)
            let full = try #require(MGRS(place))
            #expect(full.description == row[5], "\(row)")
            // Fewer digits are the same digits, cut.
            let numbers = row[5].suffix(10)
            let square = row[5].dropLast(10)
            for digits in 0...5 {
                let reference = try #require(MGRS(place, digits: digits))
                let expected =
                    square + numbers.prefix(digits) + numbers.suffix(5).prefix(digits)
                #expect(reference.description == expected, "\(row)")
                #expect(MGRS(reference.description) == reference)
            }
        }
    }

    @Test func thePlaceIsWithinItsSquare() throws {
        var numbers = SeededRandom(3)
        for _ in 0..<500 {
            let place = try numbers.place()
            for digits in 0...5 {
                let square = try #require(MGRS(place, digits: digits))
                // Half of the diagonal, and the scale of the grid.
                let reach = square.side * 0.7072 * 1.002 + 1e-6
                #expect(square.center.distance(to: place) <= reach, "\(place) \(square)")
            }
        }
    }

    @Test func theCenterOfASquareIsInIt() throws {
        var numbers = SeededRandom(4)
        for _ in 0..<500 {
            let square = try #require(MGRS(numbers.place(), digits: 5))
            let again = try #require(MGRS(square.center, digits: 5))
            #expect(again == square)
        }
    }

    @Test(arguments: [
        ("31UFU2935103890", "31UFU2935103890"), ("31u fu 29351 03890", "31UFU2935103890"),
        ("4QFJ1234567890", "04QFJ1234567890"), ("4Q FJ 12 67", "04QFJ1267"),
        ("31UFU", "31UFU"), ("31U FU", "31UFU"), ("zah", "ZAH"), ("ZAH00", "ZAH00"),
        ("B AN 123 456", "BAN123456"),
    ])
    func isReadWithBlanksAndSmallLetters(text: String, canonical: String) {
        #expect(MGRS(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "31", "31U", "31UF", "31UFU1", "31UFU123", "31UFU12345678901", "31UFU123456789012",
        "00UFU", "0UFU", "61UFU", "131UFU", "031UFU", "31IFU", "31OFU", "31UIU", "31UFI", "31UFO",
        "31UJU", "31UFW", "31AFU", "31YFU", "ZFU", "AAA", "31UFD", " 31UFU", "31UFU ", "31  UFU",
        "31UFU 12 345", "31UFU 1 2 3", "31UFU-1-1", "31UFU1.5", "31UFU12e4", "31UFU１２", "31UF\u{0}",
        "31XFZ", "32XNV", "60CUR", "31U FU 12 3 4", "[1UFU", "31{FU", "31UF`", "-1UFU", "+1UFU",
    ])
    func refusesWhatIsNoReference(text: String) {
        #expect(MGRS(text) == nil)
    }

    @Test func theLetterOfARowDependsOnTheBand() throws {
        // One letter stands every 2,000 km; the band tells which.
        let north = try #require(MGRS("31NEA"))
        #expect(abs(north.corner.latitude) < 1e-9 && abs(north.corner.longitude - 3) < 1e-9)
        #expect(MGRS("31UED") == nil)
        let far = try #require(MGRS("31QEA"))
        #expect(abs(far.corner.latitude - 18.08) < 0.1)
    }

    @Test func justSouthOfTheEquatorIsStillSouth() throws {
        #expect(try MGRS(.at(-1e-20, 3))?.description == "31MEV0000099999")
        #expect(try MGRS(.at(0, 3))?.description == "31NEA0000000000")
    }

    @Test(arguments: [-1, 6, .min, .max])
    func refusesOtherCountsOfDigits(digits: Int) throws {
        #expect(try MGRS(.at(1, 1), digits: digits) == nil)
    }

    @Test func theSideTellsThePrecision() throws {
        let sides = try (0...5).map { try MGRS(.at(52.37, 4.9), digits: $0)?.side }
        #expect(sides == [100_000, 10_000, 1000, 100, 10, 1])
    }
}
