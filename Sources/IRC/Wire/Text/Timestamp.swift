// The wall-clock times of IRC: seconds since 1970 in numerics, ISO 8601 with milliseconds in the
// tag of server-time. Civil dates are computed from days by shifting the year to begin in March
// (Howard Hinnant, "chrono-compatible low-level date algorithms"), for years 0 to 9999.

/// A point in UTC, in milliseconds since 1970.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let milliseconds: Int64

    /// Times out of the years 0 to 9999 are taken as the nearest in them.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// Whole seconds since 1970.
    public var seconds: Int64 { Self.divided(milliseconds, 1000).quotient }

    /// Reads `2026-11-25T07:08:15.000Z`, with or without the fraction.
    public init?(reading text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z") else {
            return nil
        }
        let shape = Array("0000-00-00T00:00:00.000Z".utf8)
        let isShaped = zip(bytes.dropLast(), shape).allSatisfy { byte, form in
            form == 0x30 ? (0x30...0x39).contains(byte) : byte == form
        }
        guard isShaped else { return nil }
        let number = { (range: Range<Int>) in
            bytes[range].reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        }
        let (month, day) = (number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let days = Self.days(number(0..<4), month, day)
        let time = (hour * 60 + minute) * 60 + second
        self.init(
            milliseconds: (days * 86_400 + time) * 1000 + (bytes.count == 24 ? number(20..<23) : 0))
    }

    /// As server-time wants it: `2026-11-25T07:08:15.000Z`.
    public var description: String {
        let (rest, thousandths) = Self.divided(milliseconds, 1000)
        return date + "T" + clock(rest) + "." + Self.padded(thousandths, 3) + "Z"
    }

    /// For people: `2026-11-25 07:08:15 UTC`.
    public var readable: String {
        date + " " + clock(Self.divided(milliseconds, 1000).quotient) + " UTC"
    }

    private var date: String {
        let shifted = Self.divided(milliseconds, 86_400_000).quotient + 719_468
        let (era, ofEra) = Self.divided(shifted, 146_097)
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * month + 2) / 5 + 1
        let civil = month < 10 ? month + 3 : month - 9
        let shownYear = year + era * 400 + (civil <= 2 ? 1 : 0)
        return Self.padded(shownYear, 4) + "-" + Self.padded(civil, 2) + "-" + Self.padded(day, 2)
    }

    private func clock(_ seconds: Int64) -> String {
        let ofDay = Self.divided(seconds, 86_400).remainder
        return [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { Self.padded($0, 2) }
            .joined(separator: ":")
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let (era, ofEra) = divided(year, 400)
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// Division that rounds down, also before 1970.
    private static func divided(_ value: Int64, _ by: Int64) -> (quotient: Int64, remainder: Int64)
    {
        let remainder = (value % by + by) % by
        return ((value - remainder) / by, remainder)
    }

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
