// Streams as receivers and lines make them, each with what must be counted. Every row is fed
// whole, byte by byte, cut at each point, and in random pieces, always with equal results and
// equal counts.

import FairleadNMEAWire
import FairleadWire
import Testing

private let heading = line("GPHDT,1.5,T")
private let depth = line("SDDPT,2.4,0.0")

/// A stream, how many sentences it has, and what else is counted.
struct ParserRow: Sendable {
    let name: String
    let stream: [UInt8]
    let sentences: Int
    let counts: ParserCounts

    init(
        _ name: String, _ stream: [UInt8], _ sentences: Int,
        _ set: (inout ParserCounts) -> Void = { _ in }
    ) {
        self.name = name
        self.stream = stream
        self.sentences = sentences
        var counts = ParserCounts()
        counts.sentences = sentences
        set(&counts)
        self.counts = counts
    }

    init(
        _ name: String, _ stream: String, _ sentences: Int,
        _ set: (inout ParserCounts) -> Void = { _ in }
    ) {
        self.init(name, Array(stream.utf8), sentences, set)
    }
}

private let rows: [ParserRow] = [
    ParserRow("nothing", "", 0),
    ParserRow("CR LF, LF and CR", "\(heading)$GPHDT,,T*1B\n$GPHDT,,T*1B\r\(depth)", 4),
    ParserRow("glued", String(heading.dropLast()) + depth, 2),
    ParserRow("lower case", "$GPHDT,1.5,T*3c\r\n$GPHDT,,T*1b\r\n", 1) { $0.badChecksum = 1 },
    ParserRow("blanks behind", String(heading.dropLast()) + "  \r\n", 1) { $0.notNMEA = 2 },
    ParserRow("a wrong checksum", "$GPHDT,1.5,T*00\r\n\(depth)", 1) { $0.badChecksum = 1 },
    ParserRow("no checksum at first", "$GPHDT,1.5,T\r\n\(depth)", 2) { $0.missingChecksum = 1 },
    ParserRow("no checksum later", "\(depth)$GPHDT,1.5,T\r\n", 1) { $0.missingChecksum = 1 },
    ParserRow("half a checksum", "$GPHDT,1.5,T*3\r\n\(depth)", 1) { $0.malformed = 1 },
    ParserRow("no digits", "$GPHDT,1.5,T*XY\r\n\(depth)", 1) {
        $0.malformed = 1
        $0.notNMEA = 2
    },
    ParserRow("broken off by another", "$GPHDT,1.\(depth)", 1) { $0.malformed = 1 },
    ParserRow("dollars", "$$$$\(depth)", 1) { $0.malformed = 4 },
    ParserRow("AIS behind a broken one", "$GPHDT,1.\(line("AIVDM,1,1,,A,0,0", first: "!"))", 1) {
        $0.malformed = 1
    },
    ParserRow("NUL between", "\0\0\(heading)\0\(depth)\0", 2) { $0.notNMEA = 4 },
    ParserRow("NUL within", "$GPHDT,1\0.5,T*00\r\n\(depth)", 1) {
        $0.malformed = 1
        $0.notNMEA = 8
    },
    ParserRow(
        "0xFF", [UInt8](repeating: 0xFF, count: 999) + Array(depth.utf8), 1
    ) { $0.notNMEA = 999 },
    ParserRow("binary with a dollar", [0xB5, 0x62, 0x24, 0x01] + Array(depth.utf8), 1) {
        $0.notNMEA = 3
        $0.malformed = 1
    },
    ParserRow("comments", "# $GPHDT,1.5,T\n#\n\(depth)#\u{C1}ngel $\r\n", 1) { $0.notNMEA = 24 },
    ParserRow("no talker", line("HDT,1.5,T") + line("RMC,,V,,,,,,,,,,N"), 2),
    ParserRow("unknown", line("GPZZZ,1") + line("PXYZ,1") + line("GPGSX") + line("QQ,"), 4) {
        $0.unknown = 4
    },
    ParserRow("no address", "$,1*1D\r\n$*00\r\n$ GPHDT*00\r\n", 0) {
        $0.malformed = 2
        $0.badChecksum = 1
    },
    ParserRow("malformed inside", line("GPHDT,x,T"), 1) { $0.malformed = 1 },
    ParserRow("longer than 82", line("GPTXT,01,01,02," + String(repeating: "x", count: 900)), 1),
    ParserRow(
        "as long as allowed", line("GPTXT,01,01,02," + String(repeating: "x", count: 1005)), 1),
    ParserRow(
        "one too long", line("GPTXT,01,01,02," + String(repeating: "x", count: 1006)) + depth, 1
    ) { $0.tooLong = 1 },
    ParserRow("endless", "$" + String(repeating: "A", count: 5000) + depth, 1) { $0.tooLong = 1 },
    ParserRow("a TAG block", line("s:r1,c:1120959341", first: "\\").dropLast() + "\\" + depth, 1),
    ParserRow("a broken TAG block", "\\s:r1*00\\" + depth + "\\s:r1\r\n\\\\" + depth, 2) {
        $0.badTagBlocks = 3
    },
    ParserRow("a TAG block alone", "\\s:x*33\\\r\n" + depth, 1) { $0.badTagBlocks = 1 },
]

@Suite struct NMEAParserTests {
    @Test(arguments: rows.indices)
    func everyByteIsDeliveredOrCountedInEveryCut(row: Int) {
        let row = rows[row]
        let whole = Feeding([row.stream])
        #expect(whole.delivered.count == row.sentences, "\(row.name)")
        #expect(whole.counts == row.counts, "\(row.name)")
        var random = SeededRandom(7)
        let pieces = row.stream.count > 300 ? [row.stream.map { [$0] }] : cuts(row.stream)
        for pieces in pieces + [randomCut(row.stream, &random)] {
            let feeding = Feeding(pieces)
            #expect(feeding == whole, "\(row.name)")
        }
    }

    @Test func policiesDecideAboutMissingChecksums() {
        let stream = "$GPHDT,1,T\r\n\(depth)$GPHDT,2,T\r\n"
        #expect(Feeding(stream, policy: .required).delivered.count == 1)
        #expect(Feeding(stream, policy: .optional).delivered.count == 3)
        #expect(Feeding(stream, policy: .learned).delivered.count == 2)
        for policy in [NMEAParser.ChecksumPolicy.required, .optional, .learned] {
            #expect(Feeding(stream, policy: policy).counts.missingChecksum == 2)
        }
    }

    @Test func aSentenceGoesOutWithItsChecksumNotWithItsLine() {
        let feeding = Feeding(String(heading.dropLast()))
        #expect(feeding.delivered.map(\.text) == [String(heading.dropLast())])
    }

    @Test func anUnknownSentenceIsDeliveredAsItCame() {
        let feeding = Feeding(line("PXYZ,a,,b"))
        #expect(feeding.delivered.first?.sentence == .unknown)
        #expect(feeding.delivered.first.map { $0.text + "\r\n" } == line("PXYZ,a,,b"))
    }

    @Test func aViewNamesAddressAndFields() {
        var found: [[String]] = []
        for text in [line("GNGSX,a,,b"), line("PUBX,00,1"), line("GPZZZ"), line("HDT,1,T")] {
            let bytes = Array(text.utf8)
            NMEAParser().feed(bytes.span) { view, bytes in
                found.append(
                    [view.talker.description, view.address(in: bytes)] + view.fields(in: bytes))
            }
        }
        #expect(
            found == [
                ["GN", "GNGSX", "a", "", "b"], ["", "PUBX", "00", "1"], ["GP", "GPZZZ"],
                ["", "HDT", "1", "T"],
            ])
    }

    @Test func anErrorOfTheReceiverLosesNothingTwice() throws {
        struct Stop: Error {}
        let parser = NMEAParser()
        let bytes = Array(heading.utf8)
        let (first, second) = (Array(bytes[..<5]), Array(bytes[5...]))
        parser.feed(first.span) { _, _ in }
        var stops = 0
        do {
            try parser.feed(second.span) { _, _ in throw Stop() }
        } catch {
            stops += 1
        }
        var found = 0
        parser.feed(bytes.span) { _, _ in found += 1 }
        #expect(stops == 1 && found == 1 && parser.counts.sentences == 2)
    }

    @Test func theReceiverMayUseTheParser() {
        let parser = NMEAParser()
        let bytes = Array((heading + depth).utf8)
        var found: [Int] = []
        for byte in bytes {
            let piece = [byte]
            parser.feed(piece.span) { _, _ in
                found.append(parser.counts.sentences)
                parser.reset()
            }
        }
        #expect(found == [1, 2])
    }

    @Test func afterAResetAnotherStreamBegins() {
        let parser = NMEAParser()
        var found = 0
        let (first, second) = (Array("$GPHDT,1".utf8), Array(".5,T*3C\r\n\(depth)".utf8))
        parser.feed(first.span) { _, _ in found += 1 }
        parser.reset()
        parser.feed(second.span) { _, _ in found += 1 }
        #expect(found == 1)
    }
}
