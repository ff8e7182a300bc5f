// Every field of every type with what is no number, no place and no time; the description of a
// type says which of its fields are numbers. The rows of HOSTILE, section 10, that concern
// sentences are here by name.

import FairleadNMEAWire
import Testing

/// What each field of a sentence is, in the order of the description.
private struct FieldLister: FieldCoder {
    enum Kind { case number, signed, integer, other }
    var kinds: [Kind] = []
    var isReading: Bool { false }
    var remaining: Int? { nil }
    var nextIsLetter: Bool? { nil }
    mutating func mayEndHere() {}
    mutating func refuse() {}
    mutating func number(_ value: inout NMEANumber?) { kinds.append(.number) }
    mutating func signedNumber(_ value: inout NMEANumber?) { kinds.append(.signed) }
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) { kinds.append(.integer) }
    mutating func signedInteger(_ value: inout Int8?, digits: Int) { kinds.append(.integer) }
    mutating func hexadecimal(_ value: inout UInt8?) { kinds.append(.other) }
    mutating func latitude(_ value: inout Latitude?) { kinds += [.integer, .other] }
    mutating func longitude(_ value: inout Longitude?) { kinds += [.integer, .other] }
    mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) { kinds += [.number, .other] }
    mutating func time(_ value: inout NMEATime?) { kinds.append(.integer) }
    mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool) { kinds.append(.integer) }
    mutating func dayMonthYear(_ value: inout NMEADate?) {
        kinds += [.integer, .integer, .integer]
    }
    mutating func letter<Letter: FieldLetter>(_ value: inout Letter?) { kinds.append(.other) }
    mutating func unit(_ letter: Unicode.Scalar) { kinds.append(.other) }
    mutating func word(_ word: StaticString) { kinds.append(.other) }
    mutating func text(_ value: inout String?) { kinds.append(.other) }
    mutating func reserved() { kinds.append(.other) }
}

private func kinds(_ content: some TypedSentence) -> [FieldLister.Kind] {
    var content = content
    var lister = FieldLister()
    content.code(&lister)
    return lister.kinds
}

@Suite struct HostileFieldTests {
    /// What is no number, whatever `strtod` makes of it.
    static let noNumbers = [
        "-", ".", "-.", "+", "nan", "inf", "1e9", "0x5", "1.2.3", "--1", "1-", "5 5", "+-5",
        String(repeating: "7", count: 400), "." + String(repeating: "0", count: 400),
        "%n%s", "<script>",
    ]

    @Test(arguments: sentenceTable.indices)
    func whatIsNoNumberMakesTheSentenceMalformed(row: Int) {
        let row = sentenceTable[row]
        let written = String(decoding: row.content.serialized(talker: .gps), as: UTF8.self)
        let body = written.dropFirst().split(separator: "*")[0]
        let fields = body.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // A maker's subtype stands before the fields.
        let first = type(of: row.content).kind.rawValue.contains(",") ? 2 : 1
        for (index, kind) in kinds(row.content).enumerated()
        where kind != .other && first + index < fields.count {
            for hostile in Self.noNumbers + ["+5"] where !(kind == .signed && hostile == "+5") {
                var changed = fields
                changed[first + index] = hostile
                let mark = type(of: row.content).kind.isEncapsulated ? "!" : "$"
                let text = line(changed.joined(separator: ","), first: mark)
                let feeding = Feeding(text)
                #expect(feeding.counts.malformed == 1, "\(text)")
                #expect(feeding.delivered.first?.sentence.content == nil, "\(text)")
            }
        }
    }

    @Test func digitsThatAreNotASCIIMakeItMalformed() {
        for digit in ["\u{661}", "\u{FF11}", "\u{B2}"] {
            let feeding = Feeding(line("GPHDT,\(digit),T"))
            #expect(feeding.delivered.isEmpty)
            #expect(feeding.counts.malformed == 1)
        }
    }

    @Test(arguments: [
        "5260.0000,N,00430.0,E", "5206.5,E,00430.0,E", "5206.5,N,00430.0,N", "5206.5,,00430.0,E",
        "5206.5,N,00430.0,", "9000.0001,N,00430.0,E", "9100,N,00430.0,E", "5206.5,n,00430.0,E",
        "5206.5,N,18000.00001,E", "5206.5,N,18100.0,W", "-5206.5,N,00430.0,E",
        "5206.5,NN,00430.0,E", "5206.5,N,00460,E", "5299.9,S,00430.0,E",
        "5206.12345678901234,N,00430.0,E",
        "0.43000005430000050,N,00430.0,E", "0.000000000000000000,S,0,E",
        "9223372036854775807,N,00430.0,E", "922337203685.4775807,N,00430.0,E",
    ])
    func aPlaceIsNeverGuessed(place: String) {
        let feeding = Feeding(line("GPGLL,\(place),101530,A,A"))
        #expect(feeding.delivered.first?.sentence == .malformed(.gll))
    }

    @Test(arguments: [
        ("9000.0,N,18000.0,E", 90.0, 180.0), ("9000,S,18000,W", -90, -180),
        ("0000.0,N,00000.0,W", 0, 0),
        ("8959.9999,S,17959.9999,W", -89.99999833333333333, -179.99999833333334),
        ("5206.,N,430.5,E", 52.1, 4.508333333333334),
    ])
    func theEndsOfTheWorldBelongToIt(place: String, latitude: Double, longitude: Double) throws {
        let gll = try #require(content(line("GPGLL,\(place),101530,A,A")) as? GLL)
        #expect(gll.latitude?.degrees == latitude)
        #expect(gll.longitude?.degrees == longitude)
        #expect(gll.coordinate != nil)
    }

    @Test(arguments: [
        "240000", "126000", "120061", "12345", "1234567", "12:34:56", "123456.1234567890",
        "123456,5", "-12345", " 123456",
    ])
    func aTimeIsNeverGuessed(time: String) {
        let feeding = Feeding(line("GPZDA,\(time),01,01,2020,00,00"))
        #expect(feeding.delivered.first?.sentence == .malformed(.zda))
    }

    @Test(arguments: ["310420", "300220", "290223", "001220", "010020", "0101020", "01012"])
    func aDateIsNeverGuessed(date: String) {
        let feeding = Feeding(line("GPRMC,101530,A,,,,,,,\(date),,,A"))
        #expect(feeding.delivered.first?.sentence == .malformed(.rmc))
    }

    /// HOSTILE G3: a count that says more than there is.
    @Test(arguments: [
        ("PUBX,03,00", true), ("PUBX,03,01", false), ("PUBX,03,255,1,U,1,1,1,1", false),
        ("PUBX,03,02,23,U,045,12,29,010", false), ("PUBX,03,00,23,U,045,12,29,010", false),
        ("PUBX,03,65535,", false), ("PUBX,03,", true),
        ("GPGSV,99,99,255,01,02,003,04", true), ("GPGSV,0,0,0", true),
        ("GPGSV,65535,65535,65535", true), ("GPGSV,65536,1,1", false),
        ("GPGSV,1,1,05,01,02,003,04,01,02,003,04,01,02,003,04,01,02,003,04,01,02,003,04", false),
        ("GPGSV,1,1,01,01,02", false), ("GPRTE,99,0,c,0", true), ("GPXDR,C,1.0,C", false),
        ("GPGSA,A,3,1,2,3,4,5,6,7,8,9,10,11,12,13,1.0,1.0,1.0,1", false),
        ("AIVDM,9,255,1,A,0,0", true), ("AIVDM,256,1,1,A,0,0", false),
    ])
    func countsBeyondWhatThereIsHarmNobody(body: String, isWhole: Bool) {
        let feeding = Feeding(line(body))
        #expect(feeding.delivered.count == 1)
        #expect((feeding.delivered.first?.sentence.content != nil) == isWhole)
    }

    /// HOSTILE G4: a text is a text.
    @Test(arguments: [
        "%n%s%x", "<img src=x onerror=alert(1)>", "%00", "{{7x7}}",
    ])
    func textsAreTakenLiterally(text: String) {
        for body in ["PGRMT,\(text),P,P,R,R,P,C,20,R", "GPTXT,01,01,02,\(text)"] {
            let said = content(line(body))
            #expect((said as? PGRMT)?.product == text || (said as? TXT)?.text == text)
        }
    }

    @Test func nulInATextIsMalformed() {
        let feeding = Feeding(line("GPTXT,01,01,02,a\0b"))
        #expect(feeding.delivered.isEmpty)
        #expect(feeding.counts.malformed == 1)
    }

    /// HOSTILE G2: leaders and lengths of binary families never stall what comes after them.
    @Test func binaryLeadersWithAnyLengthLeadBackToSentences() {
        let good = Array(line("GPHDT,1.5,T").utf8)
        let leaders: [[UInt8]] = [
            [0x02, 0x99, 0x66], [0xB5, 0x62, 0x01, 0x07], [0xA0, 0xA2], [0xD3], [0x10, 0x02],
            [0xA0, 0xA1], [0x24, 0x40], [0xBA, 0xCE],
        ]
        for leader in leaders {
            for length in stride(from: 0, through: 65535, by: 257) {
                let bytes = [UInt8(truncatingIfNeeded: length), UInt8(length >> 8)]
                let feeding = Feeding([leader + bytes, good])
                #expect(feeding.delivered.count == 1, "\(leader) \(length)")
            }
        }
    }
}
