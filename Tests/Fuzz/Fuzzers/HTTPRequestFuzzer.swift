// Any bytes in any cut give the same requests and the same fault; a head that is accepted has one
// meaning: written again from what was understood and read once more it is the same.
import FairleadHTTPWire
import FairleadWire

/// Requests out of any stream.
enum HTTPRequestFuzzer: Fuzzer {
    /// The beginnings that mutation would hardly find.
    private static let beginnings = [
        "", "GET / HTTP/1.1\r\nHost: x\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "GET ",
        "GET http://x/ HTTP/1.1\r\nHost: ", "\r\nOPTIONS * HTTP/1.", "GET / HTTP/1.0\r\n",
    ]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let beginning = Array(beginnings[input.choice(of: beginnings.count)].utf8)
        var limits = HTTPLimits()
        limits.startLine = [20, 64, 8192][input.choice(of: 3)]
        limits.head = [64, 128, 16_384][input.choice(of: 3)]
        limits.fields = [1, 4, 100][input.choice(of: 3)]
        let readings = input.cuts().map { read([beginning] + $0, limits) }
        if let wrong = disagreement(readings.map(\.events)) { return wrong }
        return readings[0].violation
    }

    private struct Reading {
        var events: [String] = []
        var violation: String?

        mutating func add(data: [UInt8]) {
            let text = "data " + data.map { String($0) }.joined(separator: ",")
            if let last = events.last, last.hasPrefix("data") {
                events[events.count - 1] = last + "," + text.dropFirst(5)
            } else {
                events.append(text)
            }
        }
    }

    private static func read(_ chunks: [[UInt8]], _ limits: HTTPLimits) -> Reading {
        var parser = RequestParser(limits: limits)
        var reading = Reading()
        for chunk in chunks {
            let bytes = chunk.span
            var place = 0
            do throws(HTTPFault) {
                reading: while true {
                    switch try parser.step(bytes, &place) {
                    case .needsMore: break reading
                    case .head:
                        let head = parser.head
                        reading.events.append("head \(head.block.bytes) \(head.framing)")
                        reading.violation = reading.violation ?? fault(in: head)
                    case .data(let range):
                        reading.add(data: [UInt8](copying: bytes.extracting(range)))
                    case .end: reading.events.append("end \(parser.trailers?.count ?? -1)")
                    }
                }
            } catch {
                reading.events.append("fault \(error)")
                return reading
            }
        }
        return reading
    }

    /// What is wrong with a head that was accepted.
    private static func fault(in head: RequestHead) -> String? {
        let fields = head.block.fields
        if fields.count != head.block.count { return "a field was lost: \(head.block.bytes)" }
        if head.target.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { return "a target" }
        if head.contentLength != nil, head.framing == .chunked { return "two frames" }
        let ends = head.block.bytes.indices.filter { head.block.bytes[$0] == 0x0A }
        let isStrict = ends.allSatisfy { $0 > 0 && head.block.bytes[$0 - 1] == 0x0D }
        return isStrict ? nil : "a bare line feed"
    }
}
