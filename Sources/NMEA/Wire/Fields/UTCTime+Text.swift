extension UTCTime {
    /// A moment from ISO 8601, as JSON has it: `2026-11-25T09:30:00.000Z`, with `Z` or `+00:00`
    /// and any number of decimals up to nine. Nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var number = 0
            for byte in bytes[range] {
                let digit = byte &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                number = number * 10 + Int(digit)
            }
            return number
        }
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19)
        else { return nil }
        var end = 19
        var nanosecond = 0
        if bytes[end] == UInt8(ascii: ".") {
            var digits = 20..<20
            while digits.upperBound < bytes.count, bytes[digits.upperBound] &- 48 < 10 {
                digits = 20..<digits.upperBound + 1
            }
            guard (1...9).contains(digits.count), let fraction = number(digits) else { return nil }
            nanosecond = Int(powerOfTen(9 - digits.count)) * fraction
            end = digits.upperBound
        }
        let zone = String(decoding: bytes[end...], as: UTF8.self)
        guard zone == "Z" || zone == "+00:00",
            let date = NMEADate(year: year, month: month, day: day),
            let time = NMEATime(
                hour: hour, minute: minute, second: second, nanosecond: nanosecond)
        else { return nil }
        self.init(date, time)
    }
}
