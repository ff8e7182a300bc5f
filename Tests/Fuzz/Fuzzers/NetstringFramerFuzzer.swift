// Any bytes in any cut give the same strings and the same error as whole, what was read is what
// encoding it gives, and memory grows with what has arrived.
import FairleadWire

/// Netstrings out of any stream.
enum NetstringFramerFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var strings: [[UInt8]] = []
        var error: ProtocolError?
    }

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let limits = [0, 1, 9, 10, 100, 70_000, .max]
        let maximum = limits[input.choice(of: limits.count)]
        let cuts = input.cuts()
        var readings: [Reading] = []
        for chunks in cuts {
            var framer = NetstringFramer(maximum: maximum)
            var reading = Reading()
            do {
                for chunk in chunks {
                    try framer.feed(chunk.span) { reading.strings.append([UInt8](copying: $0)) }
                }
            } catch {
                reading.error = error as? ProtocolError
                if reading.error?.side != .remote { return "not the peer's fault: \(error)" }
            }
            if framer.memory > 2 * input.rest.count + 128 { return "too much memory" }
            readings.append(reading)
        }
        return disagreement(readings) ?? mismatch(readings[0].strings, maximum, Array(input.rest))
    }

    /// The form is strict: encoded again, the strings are the beginning of the stream.
    private static func mismatch(
        _ strings: [[UInt8]], _ maximum: Int, _ stream: [UInt8]
    ) -> String? {
        let framer = NetstringFramer(maximum: maximum)
        do {
            let encoded = try strings.flatMap { try framer.encode($0.span) }
            return stream.starts(with: encoded) ? nil : "encoded: \(encoded)"
        } catch {
            return "\(error)"
        }
    }
}
