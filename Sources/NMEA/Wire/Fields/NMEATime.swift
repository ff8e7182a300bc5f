/// A time of day as a sentence writes it, UTC unless the sentence says otherwise.
public struct NMEATime: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 0 to 23.
    public let hour: UInt8
    /// 0 to 59.
    public let minute: UInt8
    /// 0 to 60: a leap second is a second.
    public let second: UInt8
    /// The fraction of the second, below a thousand million.
    public let nanosecond: UInt32

    /// A time; nil when a part is out of its range.
    public init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            (0..<1_000_000_000).contains(nanosecond)
        else { return nil }
        self.hour = UInt8(truncatingIfNeeded: hour)
        self.minute = UInt8(truncatingIfNeeded: minute)
        self.second = UInt8(truncatingIfNeeded: second)
        self.nanosecond = UInt32(truncatingIfNeeded: nanosecond)
    }

    /// Nanoseconds since midnight; 23:59:60 lies after the last second of a day without it.
    public var sinceMidnight: Int64 {
        let seconds = Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
        return seconds * 1_000_000_000 + Int64(nanosecond)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.hour, left.minute, left.second, left.nanosecond)
            < (right.hour, right.minute, right.second, right.nanosecond)
    }

    /// `123519.00`, as a sentence writes it.
    public var description: String {
        var writer = FieldWriter()
        writer.digits(of: self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
