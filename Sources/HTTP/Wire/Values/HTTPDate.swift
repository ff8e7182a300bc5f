// Dates of HTTP (RFC 9110, 5.6.7) without a calendar library: days since 1970 by the algorithm of
// the proleptic Gregorian calendar. Three forms are read; the one that is prescribed is written.
import FairleadWire

/// A date in whole seconds, as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
public struct HTTPDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since the beginning of 1970, UTC.
    public let seconds: Int64

    public init(seconds: Int64) { self.seconds = seconds }

    public static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.seconds < right.seconds }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The bytes of the date; years 0 to 9999, others at the nearest end.
    public var bytes: [UInt8] {
        // The bounds are the years 1 and 9999: within them no sum can overflow.
        let seconds = min(max(seconds, -62_135_596_800), 253_402_300_799)
        let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let second = Int(seconds - day * 86400)
        let date = Self.civil(day)
        var out: [UInt8] = []
        out.reserveCapacity(29)
        out.append(text: Self.days[Int((day % 7 + 7) % 7)])
        out.append(text: ", ")
        out.append(two: date.day)
        out.append(0x20)
        out.append(text: Self.months[date.month - 1])
        out.append(0x20)
        out.append(two: date.year / 100)
        out.append(two: date.year % 100)
        out.append(0x20)
        out.append(two: second / 3600)
        out.append(UInt8(ascii: ":"))
        out.append(two: second / 60 % 60)
        out.append(UInt8(ascii: ":"))
        out.append(two: second % 60)
        out.append(text: " GMT")
        return out
    }

    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Year, month and day of a day since 1970.
    static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let inEra = shifted - era * 146_097
        let year = (inEra - inEra / 1460 + inEra / 36524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * year + year / 4 - year / 100)
        let part = (5 * inYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (
            Int(year + era * 400 + (month <= 2 ? 1 : 0)), Int(month),
            Int(inYear - (153 * part + 2) / 5 + 1)
        )
    }

    /// The day since 1970 of a date that exists; nil for one that does not.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let inEra = shifted - era * 400
        let part = month > 2 ? month - 3 : month + 9
        let inYear = (153 * part + 2) / 5 + day - 1
        let count = Int64(era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + inYear - 719_468)
        let back = civil(count)
        return back.month == month && back.day == day ? count : nil
    }
}

extension HTTPDate {
    /// Reads a date in any of the three forms that HTTP knows; nil for anything else.
    ///
    /// - Parameter now: decides the century of a year with two digits.
    public init?(_ text: String, now: HTTPDate = HTTPDate(seconds: 1_763_000_000)) {
        let words = text.parts(by: " ", atMost: 8, keepingEmpty: false)
        let parts: (day: Substring, month: Substring, year: Substring, time: Substring)
        switch words.count {
        case 6 where words[5] == "GMT" && words[0].hasSuffix(","):
            parts = (words[1], words[2], words[3], words[4])
        case 4 where words[3] == "GMT" && words[0].hasSuffix("day,"):
            let date = words[1].parts(by: "-", atMost: 4)
            guard date.count == 3, date[2].utf8.count == 2 else { return nil }
            parts = (date[0], date[1], date[2], words[2])
        case 5: parts = (words[2], words[1], words[4], words[3])
        default: return nil
        }
        guard let month = Self.months.firstIndex(of: String(parts.month)),
            let day = Self.number(parts.day, 1...2), var year = Self.number(parts.year, 2...4),
            let second = Self.secondOfDay(parts.time)
        else { return nil }
        if parts.year.utf8.count == 2 {
            let thisYear = Self.civil(now.seconds / 86400).year
            year += thisYear / 100 * 100
            if year > thisYear + 50 { year -= 100 }
        }
        guard let count = Self.day(year, month + 1, day) else { return nil }
        seconds = count * 86400 + Int64(second)
    }

    private static func secondOfDay(_ text: Substring) -> Int? {
        let parts = text.parts(by: ":", atMost: 4)
        guard parts.count == 3, let hour = number(parts[0], 2...2),
            let minute = number(parts[1], 2...2), let second = number(parts[2], 2...2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + min(second, 59)
    }

    /// Digits only, so many.
    private static func number(_ text: Substring, _ count: ClosedRange<Int>) -> Int? {
        guard count.contains(text.utf8.count) else { return nil }
        var number = 0
        for digit in text.utf8 {
            guard ByteClass.isDigit(digit) else { return nil }
            number = number * 10 + Int(digit & 15)
        }
        return number
    }
}
