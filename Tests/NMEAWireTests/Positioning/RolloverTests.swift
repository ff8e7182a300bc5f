import FairleadNMEAWire
import Testing

@Suite struct RolloverTests {
    private static let today = NMEADate(year: 2026, month: 11, day: 25)

    /// The first fix of a receiver that is so many weeks behind, on a system that shows today.
    private static func fix(
        weeks: Int, earliest: NMEADate? = nil, system: NMEADate? = today, leapSeconds: String? = nil
    ) -> Fix? {
        guard let day = today?.advanced(days: -7 * weeks), let noon = time(12, 0, 0) else {
            return nil
        }
        let date = [Int(day.day), Int(day.month), Int(day.year) % 100]
            .map { ($0 < 10 ? "0" : "") + "\($0)" }.joined()
        var bodies = [(0, Say.rmc("120000", date: date)), (1000, Say.rmc("120001", date: date))]
        if let leapSeconds {
            bodies.insert((0, "PUBX,04,120000,\(date),1.0,100,\(leapSeconds),0,0,0"), at: 0)
        }
        let timed = bodies.map { (milliseconds: Int64($0.0), body: $0.1) }
        guard let system else { return Track(timed.map(\.body)).epochs.last }
        let start = UTCTime(system, noon).nanosecondsSince1970 / 1_000_000
        return Track(timed: timed, from: start, earliest: earliest).epochs.last
    }

    @Test func oneHintFlagsAndCorrectsNothing() {
        let fix = Self.fix(weeks: 1024)
        #expect(fix?.date?.year == 2007)
        #expect(fix?.dateDoubt == DateDoubt(weeks: 1024, hints: .systemClock, isCorrected: false))
    }

    @Test func twoHintsCorrect() {
        let release = NMEADate(year: 2026, month: 1, day: 1)
        let byRelease = Self.fix(weeks: 1024, earliest: release)
        #expect(byRelease?.date == Self.today)
        #expect(byRelease?.dateDoubt?.hints == [.systemClock, .earliest])
        #expect(byRelease?.dateDoubt?.isCorrected == true)
        let byLeapSeconds = Self.fix(weeks: 1024, leapSeconds: "18")
        #expect(byLeapSeconds?.date == Self.today)
        #expect(byLeapSeconds?.dateDoubt?.hints == [.systemClock, .leapSeconds])
    }

    @Test func twoRolloversAreTwo() {
        let release = NMEADate(year: 2026, month: 1, day: 1)
        let fix = Self.fix(weeks: 2048, earliest: release)
        #expect(fix?.date == Self.today)
        #expect(fix?.dateDoubt?.weeks == 2048)
    }

    @Test func leapSecondsOfTheFirmwareAreNoHint() {
        let fix = Self.fix(weeks: 1024, leapSeconds: "18D")
        #expect(fix?.dateDoubt?.isCorrected == false)
    }

    @Test func aRightDayIsNotDoubted() {
        #expect(Self.fix(weeks: 0)?.dateDoubt == nil)
        #expect(Self.fix(weeks: 1024, system: nil)?.dateDoubt == nil)
    }

    @Test func anOldLogIsNotDoubted() {
        let fix = Self.fix(weeks: 1100, earliest: NMEADate(year: 2026, month: 1, day: 1))
        #expect(fix?.dateDoubt == nil)
        #expect(fix?.date?.year == 2005)
    }
}
