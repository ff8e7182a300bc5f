// Any bytes in any cut give the same messages and the same error as whole, what was read is what
// encoding it gives, and memory grows with what has arrived.
import FairleadWire

/// Messages with a length before them out of any stream.
enum LengthPrefixFramerFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var messages: [[UInt8]] = []
        var error: ProtocolError?
    }

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let prefix = LengthPrefixFramer.Prefix.allCases[input.choice(of: 3)]
        let isLittle = input.choice(of: 2) == 1
        let limits = [0, 1, 7, 255, 256, 70_000, .max]
        let empty = LengthPrefixFramer(
            prefix, littleEndian: isLittle, maximum: limits[input.choice(of: limits.count)])
        let cuts = input.cuts()
        var readings: [Reading] = []
        for chunks in cuts {
            var framer = empty
            var reading = Reading()
            do {
                for chunk in chunks {
                    try framer.feed(chunk.span) { reading.messages.append([UInt8](copying: $0)) }
                }
            } catch {
                reading.error = error as? ProtocolError
                if reading.error?.side != .remote { return "not the peer's fault: \(error)" }
            }
            if framer.memory > 2 * input.rest.count + 128 { return "too much memory" }
            readings.append(reading)
        }
        return disagreement(readings) ?? mismatch(readings[0].messages, empty, Array(input.rest))
    }

    /// Encoded again, the messages are the beginning of the stream.
    private static func mismatch(
        _ messages: [[UInt8]], _ framer: LengthPrefixFramer, _ stream: [UInt8]
    ) -> String? {
        do {
            let encoded = try messages.flatMap { try framer.encode($0.span) }
            return stream.starts(with: encoded) ? nil : "encoded: \(encoded)"
        } catch {
            return "\(error)"
        }
    }
}
