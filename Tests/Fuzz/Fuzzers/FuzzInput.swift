/// The bytes that a fuzzer gets: first its choices, one byte each, then what it reads.
struct FuzzInput {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// A choice between `count` ways.
    mutating func choice(of count: Int) -> Int {
        guard let byte = rest.popFirst() else { return 0 }
        return Int(byte) % count
    }

    /// A number up to 255.
    mutating func number() -> Int { choice(of: 256) }

    /// The remaining bytes as a text; what is not UTF-8 is replaced.
    var text: String { String(decoding: rest, as: UTF8.self) }

    /// The remaining bytes whole, one by one, and in pieces that a choice decides.
    mutating func cuts() -> [[[UInt8]]] {
        var state = UInt32(truncatingIfNeeded: number())
        var pieces: [[UInt8]] = []
        var left = rest
        while !left.isEmpty {
            state = state &* 1_664_525 &+ 1_013_904_223
            let count = min(Int(state >> 28), left.count)
            pieces.append(Array(left.prefix(count)))
            left = left.dropFirst(count)
        }
        return [[Array(rest)], rest.map { [$0] }, pieces]
    }
}

/// What is wrong when the ways to read an input do not agree; nil when they do.
func disagreement<Reading: Equatable>(_ readings: [Reading]) -> String? {
    for reading in readings.dropFirst() where reading != readings[0] {
        return "\(reading), but in another cut \(readings[0])"
    }
    return nil
}
