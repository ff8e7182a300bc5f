import FairleadNMEAWire
import Testing

@Suite struct RoundTripTests {
    static let types = sentenceTable.map { type(of: $0.content) }

    @Test(arguments: types.indices)
    func whatIsWrittenReadsBackEqual(index: Int) {
        func check<Content: TypedSentence>(_ type: Content.Type) {
            for seed in 0..<300 as Range<UInt64> {
                let content = randomSentence(type, seed)
                let bytes = content.serialized(talker: .combined)
                let feeding = Feeding([bytes], policy: .required, maximum: 1 << 16)
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(feeding.delivered.count == 1, "\(text)")
                #expect(isEqual(feeding.delivered.first?.sentence.content, content), "\(text)")
                #expect(bytes.filter { $0 == 0x0A || $0 == 0x0D }.count == 2)
            }
        }
        check(Self.types[index])
    }

    @Test func decimalsAreKeptAsTheyWere() throws {
        for text in ["0", "0.0", "-0.50", "12.340", "000.000", "9223372036854775807"] {
            let row = try #require(content(line("GPHDT,\(text),T")) as? HDT)
            let number = try #require(row.heading)
            #expect(
                Int(number.decimals) == (text.split(separator: ".").dropFirst().first?.count ?? 0))
        }
    }

    @Test func aTypeReadsItsOwnSentenceOnly() {
        let parser = NMEAParser()
        let stream = Array((line("GPHDT,1.5,T") + line("GPHDM,1.5,M")).utf8)
        var read: [HDT?] = []
        parser.feed(stream.span) { view, bytes in read.append(HDT(view, bytes)) }
        #expect(read == [HDT { $0.heading = 1.5 }, nil])
    }
}
