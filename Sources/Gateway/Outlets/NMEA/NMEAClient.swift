// One client of the sentences. It may talk back to the receivers when its first line is AUTH and
// the secret of a token with the scope `control`; then each of its lines that is a whole sentence
// with a right checksum goes to the devices. Without that a sentence is refused, once in words and
// later in silence, and whoever speaks another protocol is of no use here.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// A connection to the outlet.
final class NMEAClient: StreamProtocol {
    private let outlet: NMEAOutlet
    private let lines = LineFramer(.lf, maximum: 1024)
    private var hasSpoken = false
    /// By which it may write; looked up again for each sentence.
    private var token: AccessToken?
    private var wasRefused = false
    /// Sentences of the current second.
    private var second: (start: Instant, count: Int)?

    /// Sentences a second that a client may write.
    private static let rate = 20

    init(_ outlet: NMEAOutlet) { self.outlet = outlet }

    func connectionMade(on transport: any Transport) { outlet.add(transport) }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        guard outlet.listens else { return }
        if !hasSpoken, !bytes.isEmpty, !Self.mayBegin(bytes[0]) { return transport.close() }
        hasSpoken = hasSpoken || !bytes.isEmpty
        lines.feed(bytes) { piece, line in
            guard case .line = piece, !line.isEmpty else { return }
            take(line, transport)
        }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        outlet.remove(transport)
    }

    /// What a sentence, a TAG block, AUTH or an empty line begins with.
    private static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "\\"), UInt8(ascii: "A"), 0x0A,
            0x0D:
            true
        default: false
        }
    }

    private func take(_ line: Span<UInt8>, _ transport: any Transport) {
        switch line[0] {
        case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "\\"): tell(line, transport)
        case UInt8(ascii: "A"): authorize(String(decoding: line), transport)
        default: transport.close()
        }
    }

    private func authorize(_ line: String, _ transport: any Transport) {
        guard line.hasPrefix("AUTH ") else { return transport.close() }
        let secret = String(line.dropFirst(5))
        let verdict =
            outlet.access?.judge(secret, for: .control, from: transport.peerAddress) ?? .refused
        token = nil
        switch verdict {
        case .allowed(let found):
            (token, wasRefused) = (found, false)
            answer("AUTH,OK", transport)
        case .refused, .outOfScope: answer("AUTH,REFUSED", transport)
        case .tooMany: answer("AUTH,LATER", transport)
        }
    }

    private func tell(_ line: Span<UInt8>, _ transport: any Transport) {
        let sentence = [UInt8](copying: line)
        if let token, outlet.access?.knows(token) != true { self.token = nil }
        guard token != nil else {
            if !wasRefused { answer("REFUSED", transport) }
            wasRefused = true
            return
        }
        guard Self.isWhole(sentence) else { return answer("MALFORMED", transport) }
        guard isInTime(transport.reactor.now) else { return answer("LATER", transport) }
        answer(outlet.tell(sentence + [0x0D, 0x0A]) ? "SENT" : "NOBODY", transport)
    }

    /// One sentence, and nothing else, with a right checksum.
    private static func isWhole(_ line: [UInt8]) -> Bool {
        let parser = NMEAParser(policy: .required)
        var whole = 0
        parser.feed((line + [0x0D, 0x0A]).span) { _, bytes in
            if bytes.count == line.count { whole += 1 }
        }
        return whole == 1
    }

    private func isInTime(_ now: Instant) -> Bool {
        guard let second, now.since(second.start) < .seconds(1) else {
            second = (now, 1)
            return true
        }
        self.second?.count += 1
        return second.count < Self.rate
    }

    /// In a sentence of our own, so that it disturbs nobody who reads sentences.
    private func answer(_ words: String, _ transport: any Transport) {
        let body = "PFRLD,\(words)"
        let sum = body.utf8.reduce(0, ^)
        let digits = String(sum, radix: 16, uppercase: true)
        transport.write("$\(body)*\(sum < 16 ? "0" : "")\(digits)\r\n")
    }
}
