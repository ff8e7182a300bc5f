// The description of a type's fields, which reads and writes it, fills it with random values here
// too: so a new type is in the test of the way there and back without another line. Lists, which
// a description cannot make longer, are filled before.

import FairleadNMEAWire

/// Fills the fields of a sentence with random values, the extreme ones among them.
struct RandomCoder: FieldCoder {
    var random: SeededRandom

    init(_ seed: UInt64) { random = SeededRandom(seed) }

    /// As when writing: lists are made before, see `fill`.
    var isReading: Bool { false }
    var remaining: Int? { nil }
    var nextIsLetter: Bool? { nil }

    mutating func mayEndHere() {}
    mutating func refuse() {}
    mutating func unit(_ letter: Unicode.Scalar) {}
    mutating func word(_ word: StaticString) {}
    mutating func reserved() {}

    /// Nil one time in four, for any field.
    private mutating func maybe<Value>(_ make: (inout SeededRandom) -> Value?) -> Value? {
        Int.random(in: 0..<4, using: &random) == 0 ? nil : make(&random)
    }

    static func anyNumber(_ random: inout SeededRandom) -> NMEANumber? {
        let units: Int64 =
            switch Int.random(in: 0..<6, using: &random) {
            case 0: .max
            case 1: -.max
            case 2: 0
            case 3: Int64.random(in: -.max ... .max, using: &random)
            default: Int64.random(in: -99_999...99_999, using: &random)
            }
        return NMEANumber(units: units, decimals: Int.random(in: 0...18, using: &random))
    }

    mutating func number(_ value: inout NMEANumber?) { value = maybe(Self.anyNumber) }

    mutating func signedNumber(_ value: inout NMEANumber?) { value = maybe(Self.anyNumber) }

    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) {
        // Eight digits are the most that a whole number has.
        let most = Value(clamping: 99_999_999)
        value = maybe { random in
            [.min, most, Value.random(in: 0...most, using: &random)].randomElement(using: &random)
        }
    }

    mutating func signedInteger(_ value: inout Int8?, digits: Int) {
        value = maybe { Int8.random(in: -127...127, using: &$0) }
    }

    mutating func hexadecimal(_ value: inout UInt8?) {
        value = maybe { UInt8.random(in: 0...255, using: &$0) }
    }

    private mutating func arc(_ degrees: Int64) -> NMEANumber? {
        maybe { random in
            let decimals = Int.random(in: 0...13, using: &random)
            var limit = degrees * 60
            for _ in 0..<decimals { limit *= 10 }
            let units = [-limit, limit, 0, Int64.random(in: -limit...limit, using: &random)]
                .randomElement(using: &random)
            return units.flatMap { NMEANumber(units: $0, decimals: decimals) }
        }
    }

    mutating func latitude(_ value: inout Latitude?) {
        value = arc(90).flatMap { Latitude(minutes: $0) }
    }

    mutating func longitude(_ value: inout Longitude?) {
        value = arc(180).flatMap { Longitude(minutes: $0) }
    }

    mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) {
        value = maybe(Self.anyNumber)
    }

    mutating func time(_ value: inout NMEATime?) {
        value = maybe { random in
            NMEATime(
                hour: Int.random(in: 0...23, using: &random),
                minute: Int.random(in: 0...59, using: &random),
                second: Int.random(in: 0...60, using: &random),
                nanosecond: [0, 999_999_999, 250_000_000, 1].randomElement(using: &random) ?? 0)
        }
    }

    mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool) {
        value = maybe { random in
            TwoDigitDate(
                year: Int.random(in: 0...99, using: &random),
                month: Int.random(in: 1...12, using: &random),
                day: Int.random(in: 1...28, using: &random))
        }
    }

    mutating func dayMonthYear(_ value: inout NMEADate?) {
        value = maybe { random in
            NMEADate(
                year: Int.random(in: 1...9999, using: &random),
                month: Int.random(in: 1...12, using: &random),
                day: Int.random(in: 1...28, using: &random))
        }
    }

    mutating func letter<Letter: FieldLetter>(_ value: inout Letter?) {
        value = maybe { Letter(rawValue: UInt8.random(in: 0x21...0x7E, using: &$0)) }
    }

    static func anyText(_ random: inout SeededRandom) -> String? {
        let alphabet = [
            "%n%s", "<script>", "\0", "\r\n", "*", ",", "$", "!", "\\", "^", "~", "é", "a", " ",
        ]
        let text = random.some(of: alphabet, upTo: 6).joined()
        return text.isEmpty ? nil : text
    }

    mutating func text(_ value: inout String?) { value = maybe(Self.anyText) }
}

/// A sentence of a type with random values.
func randomSentence<Content: TypedSentence>(_: Content.Type, _ seed: UInt64) -> Content {
    var content = Content()
    var coder = RandomCoder(seed)
    fillLists(of: &content, &coder.random)
    content.code(&coder)
    return content
}

/// Lists have their length before their fields are gone through.
private func fillLists(of content: inout some TypedSentence, _ random: inout SeededRandom) {
    func names() -> [String] {
        (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in
            RandomCoder.anyText(&random)
        }
    }
    func change<Part, Content>(_ content: inout Content, _ body: (inout Part) -> Void) {
        guard var part = content as? Part else { return }
        body(&part)
        if let changed = part as? Content { content = changed }
    }
    change(&content) { (gsa: inout GSA) in
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            gsa.satellites.append(UInt16.random(in: 0...999, using: &random))
        }
    }
    change(&content) { (gsv: inout GSV) in
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            gsv.satellites.append(
                GSV.Satellite(
                    number: UInt16.random(in: 0...999, using: &random),
                    elevation: RandomCoder.anyNumber(&random),
                    azimuth: nil, signalToNoise: RandomCoder.anyNumber(&random)))
        }
    }
    change(&content) { (grs: inout GRS) in
        for index in 0..<12 { grs.residuals[index] = RandomCoder.anyNumber(&random) }
    }
    change(&content) { (rte: inout RTE) in rte.waypoints = names() }
    change(&content) { (pmtk: inout PMTK001) in pmtk.values = names() }
    change(&content) { (xdr: inout XDR) in
        xdr.measurements = names().map {
            XDR.Measurement(type: "C", value: RandomCoder.anyNumber(&random), name: $0)
        }
    }
    change(&content) { (pubx: inout PUBX03) in
        pubx.satellites = names().map { _ in
            var satellite = PUBX03.Satellite()
            satellite.number = 7
            satellite.elevation = RandomCoder.anyNumber(&random)
            return satellite
        }
    }
}
