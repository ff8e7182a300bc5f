// H7: whatever text reaches whatever part of a message that we send, the writer refuses it, or
// the wire has exactly the lines that were planned. Random texts of the bytes that have injected
// lines into others, in every part. 10,000 in each; FAIRLEAD_STRINGS sets another number.
import FairleadHTTPWire
import FairleadWire
import Glibc
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(10))) struct InjectionTests {
    private static let count =
        unsafe getenv("FAIRLEAD_STRINGS").flatMap {
            unsafe Int(String(cString: $0))
        } ?? 10_000

    private static let date = Array("Thu, 01 Jan 1970 00:00:00 GMT".utf8)

    /// Line ends that were written and that were planned; nil when the writer refused.
    private typealias Outcome = (found: Int, planned: Int)?

    /// Each text in one part; some are refused, and some are not.
    private func inject(
        _ seed: UInt64, _ write: (String) -> Outcome
    ) {
        var random = SeededRandom(seed)
        let alphabet: [UInt8] = [0, 9, 10, 13, 32, 58, 65, 97, 127, 0x85, 0xE2, 0x80, 0xA8, 0xFF]
        var accepted = 0
        for _ in 0..<Self.count {
            let text = String(decoding: random.some(of: alphabet, upTo: 8), as: UTF8.self)
            guard let (found, planned) = write(text) else { continue }
            accepted += 1
            if found != planned { Issue.record("\(text.debugDescription): \(found) lines") }
        }
        #expect(accepted > 0)
    }

    private func lineEnds(_ bytes: [UInt8]) -> Int {
        // A lone one counts as much as a pair.
        let feeds = bytes.count { $0 == 10 }
        let returns = bytes.count { $0 == 13 }
        return max(feeds, returns)
    }

    private func response(_ response: HTTPResponse, planned: Int) -> Outcome {
        var writer = ResponseWriter()
        var out: [UInt8] = []
        let request = AnsweredRequest(method: .get)
        do {
            try writer.begin(response, to: request, length: 0, date: Self.date, into: &out)
        } catch {
            return out.isEmpty ? nil : (-1, 0)
        }
        return (lineEnds(out), planned)
    }

    @Test func inAReasonPhrase() {
        inject(1) { text in
            response(
                HTTPResponse(status: HTTPResponse.Status(code: 299, reasonPhrase: text)),
                planned: 4)
        }
    }

    @Test func inAFieldsNameAndValue() {
        inject(2) { response(HTTPResponse(status: .ok, headerFields: [.server: $0]), planned: 5) }
        inject(3) { text in
            guard let name = HTTPField.Name(text) else { return nil }
            return response(HTTPResponse(status: .ok, headerFields: [name: "a"]), planned: 5)
        }
    }

    @Test func inATrailerAndAnInterimResponse() {
        inject(4) { text in
            var writer = ResponseWriter()
            var out: [UInt8] = []
            do {
                try writer.begin(
                    HTTPResponse(status: .ok), to: AnsweredRequest(method: .get), length: nil,
                    date: [], into: &out)
                try writer.end([.server: text], into: &out)
            } catch { return nil }
            return (lineEnds(out), 6)
        }
        inject(5) { text in
            var out: [UInt8] = []
            let hints = HTTPResponse(
                status: HTTPResponse.Status(code: 103, reasonPhrase: text),
                headerFields: [.server: text])
            do { try ResponseWriter().interim(hints, into: &out) } catch { return nil }
            return (lineEnds(out), 3)
        }
    }

    @Test func inAnUpgrade() {
        inject(6) { text in
            var writer = ResponseWriter()
            var out: [UInt8] = []
            let fields: HTTPFields = [.secWebSocketProtocol: text]
            do { try writer.switchProtocols(to: text, fields, into: &out) } catch { return nil }
            return (lineEnds(out), 5)
        }
        inject(7) { text in
            request(WebSocketHandshake.request(key: text, protocols: [text, text]), 6)
        }
    }

    private func request(
        _ fields: HTTPFields, _ more: Int, method: HTTPRequest.Method = .get,
        authority: String = "x",
        path: String = "/"
    ) -> Outcome {
        var writer = RequestWriter()
        var out: [UInt8] = []
        let request = HTTPRequest(
            method: method, scheme: "http", authority: authority, path: path, headerFields: fields)
        do {
            try writer.begin(request, length: nil, hasBody: false, into: &out)
        } catch {
            return out.isEmpty ? nil : (-1, 0)
        }
        let hasLength = [.post, .put, .patch].contains(method)
        return (lineEnds(out), 2 + more + (hasLength ? 1 : 0))
    }

    @Test func inARequestLine() {
        inject(8) { request([:], 1, path: "/" + $0) }
        inject(9) { request([:], 1, path: $0.isEmpty ? "/" : $0 + "/") }
        inject(10) { request([:], 1, authority: "x" + $0) }
        inject(11) { text in
            HTTPRequest.Method(text).flatMap { request([:], 1, method: $0) }
        }
        inject(12) { text in
            HTTPURL("http://x/" + text).flatMap {
                request([:], 1, authority: $0.hostField, path: $0.target)
            }
        }
        inject(13) { text in
            HTTPURL("http://x\(text)/").flatMap {
                request([:], 1, authority: $0.hostField, path: $0.target)
            }
        }
        inject(14) { text in
            HTTPURL("http://x/a")?.resolving(text).flatMap {
                request([:], 1, authority: $0.hostField, path: $0.target)
            }
        }
    }

    @Test func inARequestsFields() {
        inject(15) { request([.userAgent: $0], 2) }
        inject(16) { text in
            guard let name = HTTPField.Name("X" + text) else { return nil }
            return request([name: text], 2)
        }
    }

    /// What a chunk holds is counted, not looked for.
    @Test func inAChunk() {
        inject(17) { text in
            let chunk = ResponseWriter.chunk(Array(text.utf8))
            if text.isEmpty { return (chunk.count, 0) }
            let head = Array("\(String(text.utf8.count, radix: 16))\r\n".utf8)
            let isWhole =
                chunk.starts(with: head) && chunk.count == head.count + text.utf8.count + 2
            return (isWhole ? 0 : 1, 0)
        }
    }

    /// An event is read again as one event, whatever is in it.
    @Test func inAnEventStream() {
        inject(18) { text in
            let event = ServerSentEvent(text, name: text, id: text)
            var parser = EventStreamParser()
            var count = 0
            let bytes = event.bytes + ServerSentEvent("end").bytes
            parser.feed(bytes.span) { _ in count += 1 }
            return (count, 2)
        }
    }

    @Test func inAProblemDocument() {
        inject(19) { text in
            let json = ProblemDocument(status: 400, detail: text).json
            return (json.dropLast().contains { $0 == 10 || $0 == 13 || $0 == 0x3C } ? 1 : 0, 0)
        }
    }

    @Test func inACloseFrame() {
        inject(20) { text in
            let frame = WebSocketWriter.close(.normal, reason: text)
            return (frame.count - 2 - Int(frame[1]), 0)
        }
    }
}
