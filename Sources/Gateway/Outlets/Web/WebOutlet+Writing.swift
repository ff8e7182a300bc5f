import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadNMEAWire
import FairleadWire
import HTTPTypes

/// What changes something: only with a token, which no page of another site has.
extension WebOutlet {
    /// The longest body: a few sentences.
    private static let longestBody = 1024
    /// What a browser never sends by itself from a form (B3).
    private static let mediaType = "application/x-nmea"

    /// `POST /v1/devices/write?device=NAME`: sentences with right checksums, for one device.
    func tellDevice(_ exchange: HTTPExchange) {
        if let (status, words) = refusal(exchange) {
            var fields = HTTPFields()
            if status == 401 { fields[.wwwAuthenticate] = "Bearer" }
            return exchange.refuse(status, words, fields: fields)
        }
        guard let name = QueryItems(exchange.head.rawQuery ?? "")["device"],
            let device = hub.device(name)
        else { return exchange.refuse(404, "no such device") }
        var body: [UInt8] = []
        exchange.readBody(upTo: Self.longestBody) {
            body.append(copying: $0)
        } onEnd: { end in
            switch end {
            case .complete: Self.write(body, to: device, exchange)
            case .tooLong: exchange.refuse(413, "at most \(Self.longestBody) bytes")
            case .broken, .abandoned: break
            }
        }
    }

    /// Why a request is not allowed; nil when it is.
    private func refusal(_ exchange: HTTPExchange) -> (Int, String)? {
        let type = exchange.head[.contentType]?.split(separator: ";").first.map { String($0) }
        guard type == Self.mediaType else { return (415, "expected \(Self.mediaType)") }
        let field = exchange.head[.authorization] ?? ""
        guard field.hasPrefix("Bearer "), let access else {
            return (401, "expected a token: Authorization: Bearer")
        }
        let secret = String(field.dropFirst("Bearer ".utf8.count))
        return switch access.judge(secret, for: .control, from: exchange.peerAddress) {
        case .allowed: nil
        case .refused: (401, "an unknown token")
        case .outOfScope: (403, "the token does not allow that")
        case .tooMany: (429, "too many attempts have failed")
        }
    }

    private static func write(
        _ body: [UInt8], to device: GatewayDevice, _ exchange: HTTPExchange
    ) {
        let parser = NMEAParser(policy: .required)
        var sentences: [UInt8] = []
        parser.feed((body + [0x0D, 0x0A]).span) { _, bytes in
            sentences.append(copying: bytes)
            sentences += [0x0D, 0x0A]
        }
        let counts = parser.counts
        guard !sentences.isEmpty, counts.malformed + counts.badChecksum + counts.notNMEA == 0 else {
            return exchange.refuse(400, "expected sentences with checksums")
        }
        guard let writer = device.writer else {
            return exchange.refuse(409, "nothing can be written to this device")
        }
        guard writer(sentences) else { return exchange.refuse(503, "the device takes no more") }
        exchange.respond(HTTPResponse(status: .noContent))
    }
}
