import FairleadIRCWire
import Testing

@Suite struct NumericTests {
    @Test func everyNumericHasAName() {
        for numeric in Numeric.allCases {
            let prefix = (400..<600).contains(numeric.rawValue) ? "ERR_" : ""
            #expect(numeric.name.hasPrefix(prefix) && numeric.name.contains("_"), "\(numeric)")
            #expect(IRCCommand(numeric).rawValue.utf8.count == 3)
            #expect(IRCCommand(numeric).numeric == numeric)
        }
        #expect(Numeric.nicknameInUse.rawValue == 433)
        #expect(Numeric.welcome.name == "RPL_WELCOME" && IRCCommand(.welcome).rawValue == "001")
    }

    @Test(arguments: ["PING", "01", "0001", "+01", "1 1", "\u{661}\u{662}\u{663}", ""])
    func onlyThreeDigitsAreANumber(text: String) {
        #expect(IRCCommand(rawValue: text).code == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
        (1_795_590_495_390, "2026-11-25T07:08:15.390Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
    func timesAreWrittenAndRead(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text && Timestamp(reading: text) == time)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        var failures = 0
        for day in Int64(-10_000)..<140_000 {
            let time = Timestamp(milliseconds: day * 86_400_000 + 1)
            if Timestamp(reading: time.description) != time { failures += 1 }
        }
        #expect(failures == 0)
    }

    @Test(arguments: [
        "", "2026-11-25", "2026-11-25T07:08:15.390", "2026-13-25T07:08:15Z",
        "2026-00-25T07:08:15Z", "2026-11-25T24:08:15Z", "2026-11-25T07:60:15Z",
        "+026-11-25T07:08:15Z", "2026-11-25t07:08:15Z", "2026-11-25T07:08:15,390Z",
        "\u{662}026-11-25T07:08:1Z",
    ])
    func badTimesAreNone(text: String) {
        #expect(Timestamp(reading: text) == nil)
    }

    @Test func timesOutOfRangeAreTheNearest() {
        #expect(Timestamp(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).description == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: -1500).seconds == -2)
        #expect(Timestamp(milliseconds: 0).readable == "1970-01-01 00:00:00 UTC")
    }
}
