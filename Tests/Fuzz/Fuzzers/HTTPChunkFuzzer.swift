// A body that was written in chunks is read as it was, in any cut; and whatever stands between the
// chunks, what is read never depends on the cut and never costs more than the limits allow.
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Chunked bodies, made of the input and made by the input.
enum HTTPChunkFuzzer: Fuzzer {
    private static let head = Array(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let isWritten = input.choice(of: 2) == 0
        let cuts = input.cuts()
        if isWritten { return writtenAndRead(cuts) }
        return disagreement(cuts.map { read([head] + $0) })
    }

    private static func writtenAndRead(_ cuts: [[[UInt8]]]) -> String? {
        for pieces in cuts {
            var writer = RequestWriter()
            var out: [UInt8] = []
            do throws(HTTPFault) {
                let request = HTTPRequest(method: .post, scheme: nil, authority: "x", path: "/")
                try writer.begin(request, length: nil, hasBody: true, into: &out)
                for piece in pieces { try writer.write(piece.span, into: &out) }
                try writer.end([.server: "x"], into: &out)
            } catch {
                return "\(error)"
            }
            let expected = "\(Array(pieces.joined())) end 1"
            for reading in [read([out]), read(out.map { [$0] })] where reading != expected {
                return "\(reading), but written was \(expected)"
            }
        }
        return nil
    }

    private static func read(_ chunks: [[UInt8]]) -> String {
        var limits = HTTPLimits()
        limits.chunkExtensions = 20
        limits.trailers = 64
        var parser = RequestParser(limits: limits)
        var data: [UInt8] = []
        for chunk in chunks {
            let bytes = chunk.span
            var place = 0
            do throws(HTTPFault) {
                reading: while true {
                    switch try parser.step(bytes, &place) {
                    case .needsMore: break reading
                    case .head: break
                    case .data(let range): data.append(copying: bytes.extracting(range))
                    case .end: return "\(data) end \(parser.trailers?.count ?? -1)"
                    }
                }
            } catch {
                return "\(data) fault \(error)"
            }
        }
        return "\(data)"
    }
}
