/// A day as ZDA writes it, with four digits of year.
public struct NMEADate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1 to 9999.
    public let year: UInt16
    /// 1 to 12.
    public let month: UInt8
    /// 1 to the length of the month.
    public let day: UInt8

    /// A day of the Gregorian calendar; nil when there is none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        self.year = UInt16(truncatingIfNeeded: year)
        self.month = UInt8(truncatingIfNeeded: month)
        self.day = UInt8(truncatingIfNeeded: day)
    }

    /// How many days a month has.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    public var description: String { "\(year)-\(month)-\(day)" }
}

// Days are counted in eras of 400 years that begin on the first of March, so that the leap day is
// the last day of a year and no month before it is moved.
extension NMEADate {
    private static let daysOfEra = 146_097
    /// Days from the first of March of the year 0 to the first of January 1970.
    private static let daysBefore1970 = 719_468

    /// How many days after the first of January 1970 it is.
    public var daysSince1970: Int {
        let shifted = Int(year) - (month <= 2 ? 1 : 0)
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * ((Int(month) + 9) % 12) + 2) / 5 + Int(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysOfEra + dayOfEra - Self.daysBefore1970
    }

    /// The day so many days after the first of January 1970; nil beyond the years 1 to 9999.
    public init?(daysSince1970 days: Int) {
        guard (-719_162...2_932_896).contains(days) else { return nil }
        let shifted = days + Self.daysBefore1970
        let (era, day) = (shifted / Self.daysOfEra, shifted % Self.daysOfEra)
        let yearOfEra = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0)
        self.init(
            year: year, month: month < 10 ? month + 3 : month - 9,
            day: dayOfYear - (153 * month + 2) / 5 + 1)
    }

    /// The day so many days later; nil beyond the years 1 to 9999.
    public func advanced(days: Int) -> NMEADate? {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return overflow ? nil : NMEADate(daysSince1970: sum)
    }
}

/// A day as RMC writes it: `ddmmyy`, the century left to whoever reads it.
public struct TwoDigitDate: Hashable, Sendable, CustomStringConvertible {
    /// 0 to 99.
    public let year: UInt8
    /// 1 to 12.
    public let month: UInt8
    /// 1 to the length of the month; the 29th of February where the year divides by four.
    public let day: UInt8

    /// A day of any century; nil when there is none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...99).contains(year),
            let date = NMEADate(year: 2000 + year, month: month, day: day)
        else { return nil }
        self.year = UInt8(truncatingIfNeeded: year)
        self.month = date.month
        self.day = date.day
    }

    /// The day in the hundred years that begin with `first`; nil when there is none such.
    public func date(from first: Int) -> NMEADate? {
        guard (1...9999).contains(first) else { return nil }
        let rest = ((Int(year) - first) % 100 + 100) % 100
        return NMEADate(year: first + rest, month: Int(month), day: Int(day))
    }

    public var description: String { "\(day).\(month).\(year)" }
}
