// Any bytes in any cut give the same header, of the same length, or the same fault as whole, and
// a header is what its own encoding gives.
import FairleadWire

/// PROXY protocol headers out of any stream.
enum ProxyHeaderFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var header: ProxyHeader?
        var fault: ProxyFault?
        /// Bytes that were taken.
        var used = 0
    }

    /// The beginnings that mutation would hardly find.
    private static let beginnings: [[UInt8]] = [
        [], Array("PROXY TCP4 ".utf8), Array("PROXY TCP6 ".utf8), Array("PROXY ".utf8),
        [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10, 0x21],
    ]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let beginning = beginnings[input.choice(of: beginnings.count)]
        let maximum = [0, 16, 100, 4096][input.choice(of: 4)]
        let readings = input.cuts().map { read([beginning] + $0, maximum) }
        if let wrong = disagreement(readings) { return wrong }
        guard let header = readings[0].header, header.command == .proxy else { return nil }
        do {
            let again = read([try header.encoded()], .max)
            return again.header == header ? nil : "\(header) is read again as \(again)"
        } catch {
            return "\(error)"
        }
    }

    private static func read(_ chunks: [[UInt8]], _ maximum: Int) -> Reading {
        var parser = ProxyHeaderParser(maximum: maximum)
        var reading = Reading()
        do throws(ProxyFault) {
            for chunk in chunks {
                if case .complete(let header, let used) = try parser.feed(chunk.span) {
                    reading.header = header
                    reading.used += used
                    return reading
                }
                reading.used += chunk.count
            }
        } catch {
            reading.fault = error
            // How much of a chunk was looked at before it was refused says nothing.
            reading.used = 0
        }
        return reading
    }
}
