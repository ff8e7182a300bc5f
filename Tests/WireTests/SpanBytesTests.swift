import FairleadWire
import Testing

@Suite struct SpanBytesTests {
    @Test func findsTheFirstByteFromEveryStartInEveryLength() {
        var random = SeededRandom(11)
        var disagreement: String?
        // Bytes next to the sought one, and with its high bit, would fool a careless bit trick.
        for sought: UInt8 in [0, 1, 0x0A, 0x7F, 0x80, 0xFF] {
            let others = [sought &+ 1, sought &- 1, sought ^ 0x80, 0, 1, 0xFF]
            for length in 0..<80 {
                let bytes = (0..<length).map { _ in
                    random.next() % 12 == 0 ? sought : others.randomElement(using: &random) ?? 0
                }
                for start in 0...length + 1 {
                    let found = bytes.span.firstIndex(of: sought, from: start)
                    let expected = bytes.indices.first { $0 >= start && bytes[$0] == sought }
                    if found != expected { disagreement = "\(bytes), \(sought) from \(start)" }
                }
            }
        }
        #expect(disagreement == nil)
    }

    @Test func aStartOutsideTheSpanFindsNothingBeyondIt() {
        let bytes: [UInt8] = [1, 2, 3]
        let found = [-5, 0, 3, 4, .max].map { bytes.span.firstIndex(of: 1, from: $0) }
        #expect(found == [0, 0, nil, nil, nil])
    }

    @Test func copiesAndAppendsBytes() {
        let bytes: [UInt8] = [1, 2, 3]
        var copy = [UInt8](copying: bytes.span)
        copy.append(copying: bytes.span.extracting(1..<3))
        copy.append(copying: Span())
        let empty = [UInt8](copying: Span())
        #expect(copy == [1, 2, 3, 2, 3])
        #expect(empty.isEmpty)
    }

    @Test func comparesBytes() {
        let bytes: [UInt8] = [1, 2, 3]
        let rows: [([UInt8], equal: Bool, begins: Bool)] = [
            ([1, 2, 3], true, true), ([1, 2], false, true), ([], false, true),
            ([1, 3], false, false), ([1, 2, 4], false, false), ([1, 2, 3, 4], false, false),
        ]
        for (other, equal, begins) in rows {
            let isEqual = bytes.span.isEqual(to: other.span)
            let starts = bytes.span.starts(with: other.span)
            #expect(isEqual == equal && starts == begins, "\(other)")
        }
    }

    @Test func textThatIsNotUTF8IsReplaced() {
        let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0xA9, 0]
        let text = String(decoding: bytes.span)
        #expect(text == "a\u{FFFD}\u{E9}\0")
    }
}
