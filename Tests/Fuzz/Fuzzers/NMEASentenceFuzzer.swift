// Any fields behind any address are malformed or mean something, and what they mean is written so
// that it reads back equal, in one line.
import FairleadNMEAWire
import FairleadWire

/// The decoder of every typed sentence.
enum NMEASentenceFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let kinds = SentenceKind.allCases
        let kind = kinds[input.choice(of: kinds.count)]
        // What would end the sentence is not the decoder's matter.
        let fields = input.rest.filter { (0x20...0x7E).contains($0) && $0 != 0x24 && $0 != 0x2A }
        let address = (kind.isProprietary ? "" : "GP") + kind.rawValue
        let line = framed(Array(address.utf8) + fields, kind)
        guard let first = NMEALine.read(line) else { return nil }
        switch first {
        case .unknown where fields.first == 0x2C: return "\(kind) is unknown"
        case .unknown, .malformed: return nil
        default: break
        }
        guard let content = first.content else { return "\(kind) without content" }
        return NMEALine.difference(content)
    }

    private static func framed(_ body: [UInt8], _ kind: SentenceKind) -> [UInt8] {
        let checksum = body.reduce(0, ^)
        let digits = Array("0123456789ABCDEF".utf8)
        return [kind.isEncapsulated ? 0x21 : 0x24] + body + [
            0x2A, digits[Int(checksum >> 4)], digits[Int(checksum & 15)], 0x0D, 0x0A,
        ]
    }
}

/// One sentence, read and written.
enum NMEALine {
    /// What the only sentence of some bytes says.
    static func read(_ bytes: [UInt8]) -> Sentence? {
        var found: [Sentence] = []
        NMEAParser(policy: .required, maximum: 1 << 16).decode(bytes.span) { _, _, sentence in
            found.append(sentence)
        }
        return found.count == 1 ? found.first : nil
    }

    /// What is wrong with a sentence that is written and read again.
    static func difference(_ content: some TypedSentence) -> String? {
        let written = content.serialized(talker: .gps)
        let text = String(decoding: written, as: UTF8.self)
        if written.filter({ $0 == 0x0A || $0 == 0x0D }).count != 2 { return "not a line: \(text)" }
        guard let again = read(written)?.content else { return "cannot be read: \(text)" }
        if isEqual(again, content) { return nil }
        return "\(text) reads as \(again), not as \(content)"
    }

    private static func isEqual<Content: TypedSentence>(
        _ left: any TypedSentence, _ right: Content
    ) -> Bool {
        left as? Content == right
    }
}
