import FairleadNMEAWire
import Testing

@Suite struct NMEANumberTests {
    @Test func valuesAreCorrectlyRounded() throws {
        var random = SeededRandom(3)
        for _ in 0..<20_000 {
            let units =
                Int64.random(in: -.max ... .max, using: &random)
                >> Int64.random(in: 0..<60, using: &random)
            let decimals = Int.random(in: 0...18, using: &random)
            let number = try #require(NMEANumber(units: units, decimals: decimals))
            #expect(number.value == Double(number.description), "\(number)")
        }
    }

    @Test func theValueIsWhatCounts() {
        let same: [NMEANumber?] = [
            1.5, NMEANumber(units: 150, decimals: 2), NMEANumber(units: 1500, decimals: 3),
        ]
        #expect(Set(same).count == 1)
        #expect(NMEANumber(units: .max, decimals: 18) != NMEANumber(units: .max, decimals: 17))
        #expect(1.5 < (2 as NMEANumber) && -3 < (-2.999 as NMEANumber))
    }

    @Test func whatIsTooLongIsNone() {
        #expect(NMEANumber(units: 1, decimals: 19) == nil)
        #expect(NMEANumber(units: .min) == nil)
        #expect(NMEANumber(units: 1, decimals: -1) == nil)
        #expect(NMEANumber(1e300, decimals: 2) == nil)
        #expect(NMEANumber(.nan, decimals: 2) == nil)
        #expect(NMEANumber(1.005, decimals: 1) == 1)
    }

    @Test(arguments: [
        ("5", "5"), ("-0.50", "-0.50"), ("007.10", "7.10"), (".5", "0.5"), ("01.", "1"),
        ("  0.8", "0.8"), ("-.25", "-0.25"), ("9223372036854775807", "9223372036854775807"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("123456789.123456789", "123456789.123456789"),
        ("00000000000000000000000012", "12"), ("12345678.12345678", "12345678.12345678"),
    ])
    func digitsAreTakenAsTheyAre(text: String, written: String) throws {
        let hdt = try #require(content(line("GPHDT,\(text),T")) as? HDT)
        #expect(hdt.heading?.description == written)
    }

    @Test(arguments: ["9223372036854775808", "0.0000000000000000001", "99999999999999999999"])
    func digitsThatDoNotFitAreMalformed(text: String) {
        #expect(content(line("GPHDT,\(text),T")) == nil)
    }

    @Test func degreesSurviveTheWayThroughMinutes() throws {
        var random = SeededRandom(5)
        for _ in 0..<5000 {
            let degrees = Double.random(in: -90...90, using: &random)
            let latitude = try #require(Latitude(degrees: degrees, decimals: 10))
            #expect(abs(latitude.degrees - degrees) < 1e-12)
        }
        #expect(Latitude(degrees: 90.001) == nil && Longitude(degrees: -180.001) == nil)
        #expect(Latitude(degrees: .nan) == nil && Longitude(degrees: .infinity) == nil)
    }
}
