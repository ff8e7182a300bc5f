// A day and a time of day, because that is what receivers send and because it is the only form in
// which a leap second exists: 23:59:60 is a time here, and shares its place on the POSIX time line
// with the midnight that follows it.

/// A moment of UTC.
public struct UTCTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let date: NMEADate
    public let time: NMEATime

    public init(_ date: NMEADate, _ time: NMEATime) {
        self.date = date
        self.time = time
    }

    /// The moment so long after 1970 by POSIX; nil beyond the years 1 to 9999.
    public init?(nanosecondsSince1970 nanoseconds: Int64) {
        let (day, rest) = nanoseconds.flooredDivision(by: nanosecondsOfDay)
        let seconds = Int(rest / 1_000_000_000)
        guard let date = NMEADate(daysSince1970: Int(day)),
            let time = NMEATime(
                hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
                nanosecond: Int(rest % 1_000_000_000))
        else { return nil }
        self.init(date, time)
    }

    /// By POSIX; saturated in the years 1677 and 2262.
    public var nanosecondsSince1970: Int64 {
        let (whole, overflow) = Int64(date.daysSince1970).multipliedReportingOverflow(
            by: nanosecondsOfDay)
        let (sum, spilled) = whole.addingReportingOverflow(time.sinceMidnight)
        if overflow || spilled { return date.year < 1970 ? .min : .max }
        return sum
    }

    /// Nanoseconds from an earlier moment to this one, by POSIX; saturated.
    public func nanoseconds(since earlier: UTCTime) -> Int64 {
        let (start, end) = (earlier.nanosecondsSince1970, nanosecondsSince1970)
        let (span, overflow) = end.subtractingReportingOverflow(start)
        return overflow ? (end < start ? .min : .max) : span
    }

    /// Seconds since 1970 by POSIX.
    public var secondsSince1970: Double {
        Double(date.daysSince1970) * 86_400 + Double(time.sinceMidnight) / 1e9
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    /// ISO 8601 with as many decimals as there are, three at least: `2026-11-25T09:30:00.000Z`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(Int(date.year), digits: 4, then: "-", &bytes)
        append(Int(date.month), digits: 2, then: "-", &bytes)
        append(Int(date.day), digits: 2, then: "T", &bytes)
        append(Int(time.hour), digits: 2, then: ":", &bytes)
        append(Int(time.minute), digits: 2, then: ":", &bytes)
        append(Int(time.second), digits: 2, then: ".", &bytes)
        var (decimals, digits) = (Int(time.nanosecond), 9)
        while digits > 3, decimals % 10 == 0 {
            decimals /= 10
            digits -= 1
        }
        append(decimals, digits: digits, then: "Z", &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// So many of a number's last digits, and a sign behind them.
private func append(
    _ number: Int, digits: Int, then sign: Unicode.Scalar, _ bytes: inout [UInt8]
) {
    let start = bytes.count
    var left = number
    for _ in 0..<digits { bytes.append(UInt8(ascii: "0")) }
    for place in (start..<bytes.count).reversed() {
        bytes[place] += UInt8(left % 10)
        left /= 10
    }
    bytes.append(UInt8(ascii: sign))
}

let nanosecondsOfDay: Int64 = 86_400_000_000_000

extension Int64 {
    /// The quotient rounded down, and the rest, which is not negative; `divisor` is above 1.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
