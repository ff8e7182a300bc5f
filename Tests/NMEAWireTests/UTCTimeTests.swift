import FairleadNMEAWire
import Testing

@Suite struct UTCTimeTests {
    @Test func everyDayIsFoundAgain() {
        var day = -719_162
        while day < 2_932_896 {
            #expect(NMEADate(daysSince1970: day)?.daysSince1970 == day)
            day += 97
        }
        #expect(NMEADate(year: 1970, month: 1, day: 1)?.daysSince1970 == 0)
        #expect(NMEADate(year: 2000, month: 2, day: 29)?.daysSince1970 == 11_016)
        #expect(NMEADate(daysSince1970: 2_932_896)?.description == "9999-12-31")
        #expect(NMEADate(daysSince1970: -719_162)?.description == "1-1-1")
        #expect(NMEADate(daysSince1970: 2_932_897) == nil)
        #expect(NMEADate(daysSince1970: .min) == nil)
    }

    @Test func daysAreAddedUpToTheEndsOfTheCalendar() {
        let day = NMEADate(year: 2024, month: 2, day: 28)
        #expect(day?.advanced(days: 1)?.description == "2024-2-29")
        #expect(day?.advanced(days: 2)?.description == "2024-3-1")
        #expect(day?.advanced(days: .max) == nil)
        #expect(day?.advanced(days: .min) == nil)
    }

    @Test(arguments: [0, 1, -1, 1_795_599_000_123_456_789, Int64.max, Int64.min])
    func everyMomentIsFoundAgain(nanoseconds: Int64) {
        let moment = UTCTime(nanosecondsSince1970: nanoseconds)
        #expect(moment?.nanosecondsSince1970 == nanoseconds)
    }

    @Test func spansBeyondTheirLimitAreTheLimit() {
        let first = UTCTime(nanosecondsSince1970: .min)
        let last = UTCTime(nanosecondsSince1970: .max)
        if let first, let last {
            #expect(last.nanoseconds(since: first) == .max)
            #expect(first.nanoseconds(since: last) == .min)
            #expect(last.nanoseconds(since: last) == 0)
        } else {
            Issue.record("no moments")
        }
    }

    @Test func aLeapSecondLiesBehindItsDay() throws {
        let day = try #require(NMEADate(year: 2016, month: 12, day: 31))
        let next = try #require(NMEADate(year: 2017, month: 1, day: 1))
        let leap = UTCTime(day, try #require(time(23, 59, 60)))
        let midnight = UTCTime(next, try #require(time(0, 0, 0)))
        #expect(leap < midnight)
        #expect(leap.nanosecondsSince1970 == midnight.nanosecondsSince1970)
        #expect(leap.description == "2016-12-31T23:59:60.000Z")
    }

    @Test(arguments: [Int.min, -1, 0, 10_000, Int.max])
    func aCenturyOfNoCalendarHasNoDays(first: Int) {
        #expect(TwoDigitDate(year: 26, month: 11, day: 25)?.date(from: first) == nil)
    }

    @Test func twoDigitsAreReadInTheCenturyThatIsMeant() {
        let day = TwoDigitDate(year: 26, month: 11, day: 25)
        #expect(day?.date(from: 1980)?.year == 2026)
        #expect(day?.date(from: 1926)?.year == 1926)
        #expect(day?.date(from: 1927)?.year == 2026)
        #expect(TwoDigitDate(year: 0, month: 2, day: 29)?.date(from: 1900) == nil)
    }
}
