// Any bytes in any cut give the same sentences and counts, every byte that is not part of one is
// counted by its cause, and what is delivered is within the limit.
import FairleadNMEAWire
import FairleadWire

/// Sentences out of any stream.
enum NMEAParserFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var sentences: [[UInt8]] = []
        var meanings: [Sentence] = []
        var tagBlocks: [TagBlock?] = []
        var counts = ParserCounts()
        var messages: [AISMessage] = []
        var isUnbounded = false
    }

    private static let policies: [NMEAParser.ChecksumPolicy] = [.required, .optional, .learned]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let policy = policies[input.choice(of: policies.count)]
        let maximum = 16 + input.choice(of: 128)
        let readings = input.cuts().map { read($0, policy, maximum) }
        for reading in readings {
            if reading.counts.sentences != reading.sentences.count { return "miscounted" }
            if reading.sentences.contains(where: { $0.count > maximum }) { return "too long" }
            if reading.isUnbounded { return "too many AIS messages wait" }
        }
        return disagreement(readings)
    }

    private static func read(
        _ chunks: [[UInt8]], _ policy: NMEAParser.ChecksumPolicy, _ maximum: Int
    ) -> Reading {
        let parser = NMEAParser(policy: policy, maximum: maximum)
        var reassembler = AISReassembler()
        var reading = Reading()
        var now = Instant(nanoseconds: 0)
        for chunk in chunks {
            parser.decode(chunk.span) { view, bytes, sentence in
                reading.sentences.append([UInt8](copying: bytes))
                reading.meanings.append(sentence)
                reading.tagBlocks.append(view.tagBlock(in: bytes))
                now = now + .seconds(1)
                if case .vdm(let vdm) = sentence,
                    let message = reassembler.add(vdm, from: view.talker, at: now)
                {
                    reading.messages.append(message)
                }
            }
        }
        reading.counts = parser.counts
        reading.isUnbounded = reassembler.pendingCount > AISReassembler.maximumGroups
        return reading
    }
}
