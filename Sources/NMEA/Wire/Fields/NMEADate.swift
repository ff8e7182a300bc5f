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

    /// The day in the hundred years that begin with `first`.
    public func date(from first: Int) -> NMEADate? {
        let rest = ((Int(year) - first) % 100 + 100) % 100
        return NMEADate(year: first + rest, month: Int(month), day: Int(day))
    }

    public var description: String { "\(day).\(month).\(year)" }
}
