/// A small random number generator that gives the same numbers for the same seed, everywhere.
///
/// SplitMix64 (Steele, Lea, Flood 2014). For tests only: its numbers can be foretold.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`; 0 when that is not positive.
    public mutating func below(_ limit: Int) -> Int {
        if limit <= 1 { return 0 }
        return Int(truncatingIfNeeded: next() % UInt64(limit))
    }

    /// A number of the range.
    public mutating func pick(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// An element of the list, or nil of an empty one.
    public mutating func pick<Element>(_ list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }

    /// True with this probability.
    public mutating func chance(_ probability: Double) -> Bool {
        if probability <= 0 { return false }
        return Double(next() >> 11) / Double(1 << 53) < probability
    }

    /// A time up to, not including, `limit`.
    public mutating func time(below limit: Duration) -> Duration {
        .nanoseconds(below(Int(clamping: limit.nanoseconds)))
    }

    /// The list in another order.
    public mutating func shuffle<Element>(_ list: inout [Element]) {
        for place in stride(from: list.count - 1, to: 0, by: -1) {
            list.swapAt(place, below(place + 1))
        }
    }
}
