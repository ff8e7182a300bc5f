import FairleadNMEAWire
import Testing

@Suite struct DayTests {
    private static func days(_ track: Track) -> [String] {
        track.epochs.map { $0.utc?.description ?? "none" }
    }

    @Test func midnightComesBeforeTheNewDayIsTold() {
        let bodies = [
            Say.rmc("235958", date: "311226"), Say.gga("235958"), Say.gga("235959"),
            Say.rmc("235959", date: "311226"), Say.gga("000000"),
            Say.rmc("000000", date: "010127"), Say.gga("000001"),
        ]
        let track = Track(bodies)
        #expect(
            Self.days(track) == [
                "2026-12-31T23:59:58.000Z", "2026-12-31T23:59:59.000Z",
                "2027-01-01T00:00:00.000Z", "2027-01-01T00:00:01.000Z",
            ])
        #expect(track.times.map(\.time.description) == Self.days(track))
    }

    @Test func midnightMayLieBetweenTheSentencesOfOneEpoch() {
        let bodies = [
            Say.rmc("235959.995", date: "311226"), Say.gga("000000.00"), Say.vtg(),
            Say.rmc("000000.995", date: "010127"),
        ]
        let track = Track(bodies)
        #expect(Self.days(track) == ["2026-12-31T23:59:59.995Z", "2027-01-01T00:00:00.995Z"])
        #expect(track.positions.first?.altitude == 12.3)
    }

    @Test func dayIsCarriedOnWithoutADate() {
        let hours = [0, 6, 12, 18, 23]
        var bodies = [Say.rmc("060000", date: "270226")]
        for _ in 0..<3 {
            bodies += hours.map { Say.gga("\($0 < 10 ? "0" : "")\($0)3000") }
        }
        let days = Track(bodies).epochs.dropFirst(6).map { $0.date?.description }
        // The first of the hours lies before the date: of the same day.
        #expect(
            days == [28, 28, 28, 28, 28].map { "2026-2-\($0)" } + (0..<5).map { _ in "2026-3-1" })
    }

    @Test func yearsOfTwoDigitsLieBetween1980And2079() {
        let rows = [("060180", 1980), ("311299", 1999), ("010100", 2000), ("251179", 2079)]
        for (date, year) in rows {
            #expect(Track([Say.rmc("120000", date: date)]).epochs.first?.date?.year == UInt16(year))
        }
    }

    @Test func aYearInFullSaysWhichCenturyIsMeant() {
        let bodies = [
            Say.rmc("120000", date: "010179"), Say.rmc("120001", date: "010179"),
            "GPZDA,120002,01,01,2085,,", Say.rmc("120002", date: "010185"),
            Say.rmc("120003", date: "010190"),
        ]
        let years = Track(bodies).epochs.map { $0.date?.year }
        #expect(years == [2079, 2079, 2085, 2090])
    }

    @Test(arguments: ["9999", "0001", "1979", "2200"])
    func aYearThatNoReceiverCanMeanIsNotTaken(year: String) {
        let bodies = [
            Say.rmc("120000"), Say.rmc("120001"), "GPZDA,120002,25,11,\(year),,",
            Say.rmc("120002"), Say.rmc("120003"),
        ]
        #expect(Track(bodies).epochs.map { $0.date?.year } == [2026, 2026, 2026, 2026])
    }

    @Test func aDayWithoutAFixDoesNotReplaceOneWithAFix() {
        let bodies = [
            Say.rmc("120000", "V", date: "060180", tail: ",,,N"), Say.rmc("120001"),
            Say.rmc("120002"), Say.rmc("120003", "V", date: "060180", tail: ",,,N"),
        ]
        #expect(Track(bodies).epochs.map { $0.date?.year } == [1980, 2026, 2026, 2026])
    }

    @Test func aDateComesFromZDAWhereThereIsNoRMC() {
        let bodies = [
            Say.gga("235959"), "GPZDA,235959,25,11,2026,00,00", Say.gga("000000"),
            "GPZDA,000000,26,11,2026,00,00",
        ]
        #expect(
            Self.days(Track(bodies)) == ["2026-11-25T23:59:59.000Z", "2026-11-26T00:00:00.000Z"])
    }

    @Test func aLeapSecondIsASecond() {
        let bodies = [("235959", "311216"), ("235960", "311216"), ("000000", "010117")].flatMap {
            [Say.rmc($0.0, date: $0.1), Say.gga($0.0)]
        }
        let track = Track(bodies)
        #expect(
            Self.days(track) == [
                "2016-12-31T23:59:59.000Z", "2016-12-31T23:59:60.000Z", "2017-01-01T00:00:00.000Z",
            ])
        #expect(track.times.count == 3)
    }

    @Test func aLogThatIsPlayedAgainHasItsOwnDays() {
        let log = [Say.rmc("230000", date: "251126"), Say.gga("230000")]
        let other = [Say.rmc("100000", date: "010320"), Say.gga("100000")]
        let track = Track(log + other + log)
        #expect(track.epochs.map { $0.date?.year } == [2026, 2020, 2026])
        #expect(track.epochs.map { $0.date?.day } == [25, 1, 25])
    }
}
