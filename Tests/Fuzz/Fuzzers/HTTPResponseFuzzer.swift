// Any bytes in any cut give the same responses and the same fault, and the same when they end.
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Responses out of any stream.
enum HTTPResponseFuzzer: Fuzzer {
    private static let beginnings = [
        "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 304 \r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n",
    ]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let beginning = Array(beginnings[input.choice(of: beginnings.count)].utf8)
        let methods: [HTTPRequest.Method] = [.get, .head, .connect, .post]
        let method = methods[input.choice(of: 4)]
        return disagreement(input.cuts().map { read([beginning] + $0, method) })
    }

    private static func read(_ chunks: [[UInt8]], _ method: HTTPRequest.Method) -> [String] {
        var parser = ResponseParser()
        var events: [String] = []
        var data: [UInt8] = []
        do throws(HTTPFault) {
            try parser.expect(method)
            for chunk in chunks {
                let bytes = chunk.span
                var place = 0
                reading: while true {
                    switch try parser.step(bytes, &place) {
                    case .needsMore: break reading
                    case .head:
                        let head = parser.head
                        events.append("head \(head.status) \(head.framing) \(head.block.fields)")
                    case .data(let range): data.append(copying: bytes.extracting(range))
                    case .end: events.append("end \(data) \(parser.trailers?.count ?? -1)")
                    }
                }
            }
            events.append("\(try parser.inputEnded()) \(data)")
        } catch {
            events.append("fault \(error) \(data)")
        }
        return events
    }
}
