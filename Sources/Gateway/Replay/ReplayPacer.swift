// When the lines of a log are due: each sentence with a time of day tells how long after the last
// one it was said. Midnight is passed, a clock that goes back is no wait, a long silence is made
// short, and a log without any times has a steady pace. It has no clock and keeps nothing but the
// last time.

import FairleadNMEAWire
import FairleadWire

/// Finds the pauses between the lines of a log.
public struct ReplayPacer: Sendable {
    /// How many times faster than it was recorded; nil: as fast as it goes.
    public let speed: Double?
    /// Longer silences are made this long.
    public let longestPause: Duration
    /// Between the lines of a log that tells no times.
    public let untimedPause: Duration

    private var last: Int64?
    private var linesWithoutTime = 0

    /// Lines after which a log is taken for one without times.
    private static let patience = 50
    private static let day: Int64 = 86_400_000_000_000

    public init(
        speed: Double? = 1, longestPause: Duration = .seconds(10),
        untimedPause: Duration = .milliseconds(100)
    ) {
        self.speed = speed
        self.longestPause = longestPause
        self.untimedPause = untimedPause
    }

    /// How long after the line before this one is due.
    public mutating func pause(before line: Span<UInt8>) -> Duration {
        guard let speed else { return .zero }
        guard let time = Self.time(of: line) else {
            guard last == nil else { return .zero }
            linesWithoutTime += 1
            return linesWithoutTime > Self.patience ? untimedPause / speed : .zero
        }
        defer { last = time }
        guard let last else { return .zero }
        var span = time - last
        if span < -Self.day / 2 { span += Self.day }
        return min(.nanoseconds(max(0, span)), longestPause) / speed
    }

    /// The fields that hold the time of day, by the sentences that have it.
    private static let places: [String: Int] = [
        "RMC": 0, "GGA": 0, "GNS": 0, "ZDA": 0, "GST": 0, "GBS": 0, "GRS": 0, "GLL": 4,
    ]

    /// Nanoseconds since midnight; nil for a line that tells no time.
    private static func time(of line: Span<UInt8>) -> Int64? {
        guard let start = line.indices.first(where: { line[$0] == UInt8(ascii: "$") }) else {
            return nil
        }
        let text = String(decoding: line.extracting((start + 1)..<line.count))
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let address = fields.first, address.utf8.count == 5,
            let place = places[String(address.suffix(3))], fields.count > place + 1
        else { return nil }
        let digits = fields[place + 1].prefix { $0 != "*" && $0 != "\r" }
        let isPlain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isPlain, digits.utf8.count >= 6, let number = Double(digits), number < 240_000 else {
            return nil
        }
        let whole = Int64(number)
        let seconds = Double(whole % 100) + (number - Double(whole))
        return (whole / 10_000 * 3600 + whole / 100 % 100 * 60) * 1_000_000_000
            + Int64(seconds * 1e9)
    }
}
