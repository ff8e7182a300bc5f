import FairleadWire

/// Every way in which the tables feed a stream: whole, byte by byte, and cut at each point.
func cuts(_ stream: [UInt8]) -> [[[UInt8]]] {
    [[stream], stream.map { [$0] }]
        + stream.indices.map { [Array(stream[..<$0]), Array(stream[$0...])] }
}

/// A stream in random pieces, empty ones among them.
func randomCut(_ stream: [UInt8], _ random: inout SeededRandom) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = stream[...]
    while !rest.isEmpty {
        let count = Int.random(in: 0...min(rest.count, 7), using: &random)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
    }
    return pieces
}
