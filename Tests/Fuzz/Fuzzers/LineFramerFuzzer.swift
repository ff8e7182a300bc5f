// Any bytes in any cut give the same events as whole, and memory is bounded by the maximum.
//
// The callback switches to raw bytes as the lines say, so that the input decides about that too.
import FairleadWire

/// Lines and raw bytes out of any stream.
enum LineFramerFuzzer: Fuzzer {
    private enum Event: Equatable {
        case line([UInt8])
        case raw([UInt8])
        case tooLong(Int)
    }

    private struct Reading: Equatable {
        var events: [Event] = []
        var pending = 0
        /// Whether more memory was held than the maximum explains.
        var isGreedy = false

        mutating func add(_ piece: LineFramer.Piece, _ bytes: [UInt8]) {
            switch (piece, events.last) {
            case (.line, _): events.append(.line(bytes))
            case (.tooLong(let count), _): events.append(.tooLong(count))
            // Raw bytes come in the cut of the chunks.
            case (.raw, .raw(let before)?): events[events.count - 1] = .raw(before + bytes)
            case (.raw, _): events.append(.raw(bytes))
            }
        }
    }

    private static let delimiters: [LineFramer.Delimiter] = [
        .crlf, .lf, .bytes([0]), .bytes(Array("aab".utf8)), .bytes(Array("\n\n\r".utf8)),
        .bytes(Array("abab".utf8)), .bytes(Array("aaaa".utf8)),
    ]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let delimiter = delimiters[input.choice(of: delimiters.count)]
        let maximum = input.choice(of: 64)
        let readings = input.cuts().map { read($0, delimiter, maximum) }
        if readings.contains(where: \.isGreedy) { return "too much memory" }
        return disagreement(readings)
    }

    private static func read(
        _ chunks: [[UInt8]], _ delimiter: LineFramer.Delimiter, _ maximum: Int
    ) -> Reading {
        let framer = LineFramer(delimiter, maximum: maximum)
        var reading = Reading()
        for chunk in chunks {
            framer.feed(chunk.span) { piece, bytes in
                let copy = [UInt8](copying: bytes)
                reading.add(piece, copy)
                if piece == .line, copy.count == 2, copy[0] == UInt8(ascii: "r") {
                    framer.mode = .raw(Int(Int8(bitPattern: copy[1])))
                } else if piece == .line, copy == [UInt8(ascii: "R")] {
                    framer.mode = .raw(nil)
                }
            }
            // An array grows to twice of what it must hold, and to 32 bytes at once.
            if framer.memory > 2 * (maximum + 8) + 64 { reading.isGreedy = true }
        }
        reading.pending = framer.pendingCount
        return reading
    }
}
