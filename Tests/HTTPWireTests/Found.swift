import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// What a parser made of a stream, in a form that does not depend on how it was cut.
enum Found: Hashable, CustomStringConvertible {
    /// Method, target and framing of a request, or status of a response.
    case head(String, BodyFraming)
    case data(String)
    case end([String])
    case fault(Int)

    var description: String {
        switch self {
        case .head(let line, let framing): "head \(line) \(framing)"
        case .data(let text): "data \(text.debugDescription)"
        case .end(let trailers): "end \(trailers)"
        case .fault(let status): "fault \(status)"
        }
    }
}

extension [Found] {
    /// Adds an event; pieces of a body that follow each other are one.
    mutating func add(_ found: Found) {
        if case .data(let more) = found, case .data(let before)? = last {
            self[count - 1] = .data(before + more)
        } else {
            append(found)
        }
    }
}

/// Feeds the pieces to a new request parser.
func requests(_ pieces: [[UInt8]], _ limits: HTTPLimits = HTTPLimits()) -> [Found] {
    var parser = RequestParser(limits: limits)
    var found: [Found] = []
    for piece in pieces {
        let bytes = piece.span
        var place = 0
        do throws(HTTPFault) {
            reading: while true {
                switch try parser.step(bytes, &place) {
                case .needsMore: break reading
                case .head:
                    let head = parser.head
                    found.add(.head("\(head.method) \(head.target)", head.framing))
                case .data(let range):
                    found.add(.data(String(decoding: bytes.extracting(range))))
                case .end: found.add(.end(parser.trailers?.map(\.description) ?? []))
                }
            }
        } catch {
            found.add(.fault(error.status))
            return found
        }
    }
    return found
}

/// Feeds the pieces to a new response parser that awaits an answer to each method.
func responses(
    _ pieces: [[UInt8]], to methods: [HTTPRequest.Method], ends: Bool = false
) -> [Found] {
    var parser = ResponseParser()
    var found: [Found] = []
    var methods = methods[...]
    do throws(HTTPFault) {
        for piece in pieces {
            let bytes = piece.span
            var place = 0
            reading: while true {
                if parser.isIdle, let method = methods.popFirst() { try parser.expect(method) }
                switch try parser.step(bytes, &place) {
                case .needsMore: break reading
                case .head:
                    found.add(.head("\(parser.head.status)", parser.head.framing))
                case .data(let range):
                    found.add(.data(String(decoding: bytes.extracting(range))))
                case .end: found.add(.end(parser.trailers?.map(\.description) ?? []))
                }
            }
        }
        if ends, try parser.inputEnded() { found.add(.end([])) }
    } catch {
        found.add(.fault(error.status))
    }
    return found
}

/// A GET with these field lines, each with its line end, after the Host.
func get(_ fields: String = "", target: String = "/") -> String {
    "GET \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
}

/// A POST with these field lines and this body.
func post(_ fields: String, _ body: String = "") -> String {
    "POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\(body)"
}

/// A chunked POST with these chunks.
func chunked(_ chunks: String) -> String { post("Transfer-Encoding: chunked\r\n", chunks) }
