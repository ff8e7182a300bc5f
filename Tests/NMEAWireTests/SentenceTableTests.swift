import FairleadNMEAWire
import Testing

@Suite struct SentenceTableTests {
    @Test func everyTypeHasARow() {
        let kinds = Set(sentenceTable.map { type(of: $0.content).kind })
        #expect(kinds == Set(SentenceKind.allCases))
    }

    @Test(arguments: sentenceTable.indices)
    func aSentenceSaysTheSameInEveryCut(row: Int) throws {
        let row = sentenceTable[row]
        let stream = Array(row.sentence.utf8)
        let expected = Feeding([stream])
        let delivered = try #require(expected.delivered.first)
        #expect(expected.delivered.count == 1)
        #expect(delivered.text == String(row.sentence.dropLast()))
        #expect(isEqual(delivered.sentence.content, row.content), "\(delivered.sentence)")
        for pieces in cuts(stream) {
            let feeding = Feeding(pieces)
            #expect(feeding == expected)
        }
    }

    @Test(arguments: sentenceTable.indices)
    func writtenAgainItSaysTheSame(row: Int) {
        let row = sentenceTable[row]
        let written = row.content.serialized(talker: .gps)
        let text = String(decoding: written, as: UTF8.self)
        #expect(isEqual(content(text), row.content), "\(text)")
    }

    @Test(arguments: sentenceTable.indices)
    func brokenOffAnywhereItIsNeverTakenForWhole(row: Int) {
        let row = sentenceTable[row]
        let bytes = Array(row.sentence.utf8)
        for count in 1..<bytes.count - 2 {
            let broken = bytes.prefix(count) + [0x0D, 0x0A]
            let strict = Feeding([Array(broken)], policy: .required)
            #expect(strict.delivered.isEmpty, "\(count)")
            let counts = strict.counts
            #expect(counts.missingChecksum + counts.malformed + counts.badChecksum == 1)
            // Without a checksum a part may pass for a whole; it must only not end anything.
            let lenient = Feeding([Array(broken), bytes], policy: .optional)
            #expect(isEqual(lenient.delivered.last?.sentence.content, row.content))
        }
    }
}

/// Whether two sentences are of one type and equal.
func isEqual(_ left: (any TypedSentence)?, _ right: any TypedSentence) -> Bool {
    func compare<Content: TypedSentence>(_ right: Content) -> Bool { left as? Content == right }
    return compare(right)
}
