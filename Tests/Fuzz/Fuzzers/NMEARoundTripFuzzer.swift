// Whatever values the fields of a sentence have, it is written so that it reads back equal.
import FairleadNMEAWire
import FairleadWire

/// Every typed sentence with any values, the bytes deciding about each.
enum NMEARoundTripFuzzer: Fuzzer {
    private static let types: [any TypedSentence.Type] = SentenceKind.allCases.compactMap {
        sample($0)
    }

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let type = types[input.choice(of: types.count)]
        func check<Content: TypedSentence>(_: Content.Type) -> String? {
            var content = Content()
            var coder = FuzzCoder(input: input)
            content.code(&coder)
            return NMEALine.difference(content)
        }
        return check(type)
    }

    /// The type of a kind, out of a sentence that has all its fields, empty.
    private static func sample(_ kind: SentenceKind) -> (any TypedSentence.Type)? {
        let address = (kind.isProprietary ? "" : "GP") + kind.rawValue
        for commas in 0..<32 {
            let body = Array(address.utf8) + [UInt8](repeating: 0x2C, count: commas)
            let checksum = body.reduce(0, ^)
            let digits = Array("0123456789ABCDEF".utf8)
            let line =
                [kind.isEncapsulated ? 0x21 : 0x24] + body + [
                    0x2A, digits[Int(checksum >> 4)], digits[Int(checksum & 15)],
                ]
            if let content = NMEALine.read(line)?.content { return type(of: content) }
        }
        return nil
    }
}

/// Fills fields from bytes; one byte in each decides whether the field is empty.
private struct FuzzCoder: FieldCoder {
    var input: FuzzInput

    var isReading: Bool { false }
    var remaining: Int? { nil }
    var nextIsLetter: Bool? { nil }
    mutating func mayEndHere() {}
    mutating func refuse() {}
    mutating func unit(_ letter: Unicode.Scalar) {}
    mutating func word(_ word: StaticString) {}
    mutating func reserved() {}

    private var isFilled: Bool { mutating get { input.choice(of: 4) != 0 } }

    /// Up to eight bytes as a number with a sign.
    private mutating func wide() -> Int64 {
        let value = (0..<input.choice(of: 9)).reduce(Int64(0)) { sum, _ in
            sum << 8 | Int64(input.number())
        }
        return input.choice(of: 2) == 0 ? value : ~value
    }

    mutating func number(_ value: inout NMEANumber?) {
        value = isFilled ? NMEANumber(units: wide(), decimals: input.choice(of: 19)) : nil
    }
    mutating func signedNumber(_ value: inout NMEANumber?) { number(&value) }
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) {
        value = isFilled ? Value(clamping: wide().magnitude % 100_000_000) : nil
    }
    mutating func signedInteger(_ value: inout Int8?, digits: Int) {
        value = isFilled ? Int8(clamping: max(wide(), -127)) : nil
    }
    mutating func hexadecimal(_ value: inout UInt8?) {
        value = isFilled ? UInt8(truncatingIfNeeded: wide()) : nil
    }
    private mutating func minutes() -> NMEANumber? {
        isFilled ? NMEANumber(units: wide(), decimals: input.choice(of: 19)) : nil
    }
    mutating func latitude(_ value: inout Latitude?) {
        value = minutes().flatMap { Latitude(minutes: $0) }
    }
    mutating func longitude(_ value: inout Longitude?) {
        value = minutes().flatMap { Longitude(minutes: $0) }
    }
    mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) { number(&value) }
    mutating func time(_ value: inout NMEATime?) {
        let (hour, minute, second) = (input.number(), input.number(), input.number())
        value = NMEATime(
            hour: hour, minute: minute, second: second,
            nanosecond: Int(wide().magnitude % 1_000_000_000))
    }
    mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool) {
        value = TwoDigitDate(year: input.number(), month: input.number(), day: input.number())
    }
    mutating func dayMonthYear(_ value: inout NMEADate?) {
        value = NMEADate(
            year: input.number() << 8 | input.number(), month: input.number(),
            day: input.number())
    }
    mutating func letter<Letter: FieldLetter>(_ value: inout Letter?) {
        value = isFilled ? Letter(rawValue: UInt8(input.number())) : nil
    }
    mutating func text(_ value: inout String?) {
        let bytes = (0..<input.choice(of: 12)).map { _ in UInt8(input.number()) }
        value = bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
