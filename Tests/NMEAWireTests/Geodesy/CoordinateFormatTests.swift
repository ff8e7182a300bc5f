import FairleadNMEAWire
import Testing

@Suite struct CoordinateFormatTests {
    @Test(arguments: [
        (CoordinateFormat(.degrees), "52.370216°N 4.895168°E"),
        (CoordinateFormat(.degrees, decimals: 0), "52°N 5°E"),
        (CoordinateFormat(.minutes), "52°22.2130′N 4°53.7101′E"),
        (CoordinateFormat(.minutes, decimals: 0), "52°22′N 4°54′E"),
        (CoordinateFormat(.seconds), "52°22′12.78″N 4°53′42.60″E"),
        (CoordinateFormat(.seconds, decimals: 0, marks: .ascii), "52d22'13\"N 4d53'43\"E"),
        (CoordinateFormat(.seconds, decimals: -1), "52°22′13″N 4°53′43″E"),
        (CoordinateFormat(.degrees, decimals: 99), "52.370216000°N 4.895168000°E"),
    ])
    func writesEveryUnit(format: CoordinateFormat, text: String) throws {
        #expect(try Coordinate.at(52.370216, 4.895168).text(format) == text)
    }

    @Test(arguments: [
        (-33.9249, -70.6693, "33°55′29.64″S 70°40′09.48″W"), (0, 0, "0°00′00.00″N 0°00′00.00″E"),
        (-1e-9, -1e-9, "0°00′00.00″N 0°00′00.00″E"), (-90, -180, "90°00′00.00″S 180°00′00.00″W"),
        (1.999999999, 59.999999999, "2°00′00.00″N 60°00′00.00″E"),
        (0.016666666, 179.9999999999, "0°01′00.00″N 180°00′00.00″E"),
    ])
    func carriesAndNamesHemispheres(latitude: Double, longitude: Double, text: String) throws {
        #expect(try Coordinate.at(latitude, longitude).text(.init(.seconds)) == text)
    }

    @Test func readsWhatItWrites() throws {
        var numbers = SeededRandom(6)
        for _ in 0..<200 {
            let place = try numbers.place()
            for unit in CoordinateFormat.Unit.allCases {
                for marks in CoordinateFormat.Marks.allCases {
                    for decimals in [0, 3, 9] {
                        let format = CoordinateFormat(unit, decimals: decimals, marks: marks)
                        let text = place.text(format)
                        let read = try #require(Coordinate(text: text), "\(text)")
                        #expect(read.text(format) == text)
                        let scales = [CoordinateFormat.Unit.degrees: 1.0, .minutes: 60]
                        let digit = (0..<decimals).reduce(1.0) { digit, _ in digit / 10 }
                        let half = digit / (scales[unit] ?? 3600) / 2 * 1.000_1 + 1e-13
                        #expect(abs(read.latitude - place.latitude) <= half)
                        #expect(abs(read.longitude - place.longitude) <= half)
                    }
                }
            }
        }
    }

    @Test(
        arguments: [
            ("52°22′12.8″N 4°53′42.6″E", 188532.8, 17622.6),
            ("52d22.5'S, 004d5'W", -188550, -14700),
            ("1°1'1″N 1°1′1\"E", 3661, 3661), ("90°N 180°W", 324_000, -648_000),
            ("0.5°N, 100.25°E", 1800, 360_900),
        ] as [(String, Double, Double)])
    func readsEitherMarks(text: String, north: Double, east: Double) throws {
        let place = try #require(Coordinate(text: text))
        // In seconds of arc.
        #expect(abs(place.latitude * 3600 - north) < 1e-9)
        #expect(abs(place.longitude * 3600 - east) < 1e-9)
    }

    @Test(arguments: [
        "", " ", "52°N", "52°N ", "52°N 4°", "52° 4°E", "4°E 52°N", "52°N 4°N", "52°E 4°E",
        "52°60′N 4°E", "52°22′60″N 4°E", "52.5°22′N 4°E", "52°22.5′12″N 4°E", "-52°N 4°E",
        "+52°N 4°E", "52°N 4°E ", "52°N  4°E", "52°N,4°E", "52°N4°E", "52 N 4 E", "91°N 4°E",
        "52°N 181°E", "90°00′00.01″N 4°E", "52.°N 4°E", ".5°N 4°E", "52°n 4°e", "1e1°N 4°E",
        "0x5°N 4°E", "nan°N 4°E", "５2°N 4°E", "0052°N 4°E", "52°022′N 4°E", "52°22″N 4°E",
        "52°22′12″5N 4°E", "52°N 4°EE", "52°NN 4°E", "52°\u{0}N 4°E", "52°22′12″1‴N 4°E",
    ])
    func refusesEverythingElse(text: String) {
        #expect(Coordinate(text: text) == nil)
    }

    @Test func refusesTextWithoutEnd() {
        let nines = String(repeating: "9", count: 400)
        #expect(Coordinate(text: "5.\(nines)°N 4°E") == nil)
        #expect(Coordinate(text: "5.\(nines.prefix(60))°N 4°E")?.latitude == 6)
    }

    @Test func noCutOfAGoodTextIsGood() {
        let text = "52°22′12.8″N 4°53′42.6″E"
        #expect(Coordinate(text: text) != nil)
        for count in 0..<text.utf8.count {
            let cut = String(decoding: text.utf8.prefix(count), as: UTF8.self)
            #expect(Coordinate(text: cut) == nil, "\(cut)")
        }
    }
}
