// Writes the fields of one sentence in their order. It is given values that their types have
// already made sound, and it keeps the line whole whatever a text holds: what is reserved, a
// control character or not ASCII becomes `^hh`. It knows nothing of sentences: only of fields.

/// Writes a sentence's fields, each after its comma.
public struct FieldWriter: FieldCoder {
    /// What is written so far.
    private(set) var bytes: [UInt8] = []
    /// Where the last field that must be there ends.
    private var required = 0
    private var mayEnd = false

    init() {}

    public var isReading: Bool { false }
    public var remaining: Int? { nil }
    public var nextIsLetter: Bool? { nil }

    public mutating func mayEndHere() { mayEnd = true }

    /// Nothing: what cannot be written cannot be made.
    public mutating func refuse() {}

    /// The fields without those at the end that are empty and need not be there.
    var finished: ArraySlice<UInt8> { bytes.prefix(required) }

    public mutating func number(_ value: inout NMEANumber?) {
        field(value != nil) { if let value { $0.digits(of: value) } }
    }

    public mutating func signedNumber(_ value: inout NMEANumber?) {
        field(value != nil) { writer in
            guard let value else { return }
            if value.units >= 0 { writer.bytes.append(UInt8(ascii: "+")) }
            writer.digits(of: value)
        }
    }

    public mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) {
        field(value != nil) { if let value { $0.digits(UInt64(value), atLeast: digits) } }
    }

    public mutating func signedInteger(_ value: inout Int8?, digits: Int) {
        field(value != nil) { writer in
            guard let value else { return }
            if value < 0 { writer.bytes.append(UInt8(ascii: "-")) }
            writer.digits(UInt64(value.magnitude), atLeast: digits)
        }
    }

    public mutating func hexadecimal(_ value: inout UInt8?) {
        field(value != nil) { writer in
            guard let value else { return }
            if value > 15 { writer.bytes.append(hexadecimalCharacter(value >> 4)) }
            writer.bytes.append(hexadecimalCharacter(value & 15))
        }
    }

    public mutating func latitude(_ value: inout Latitude?) {
        arc(value?.minutes, digits: 2, UInt8(ascii: "N"), UInt8(ascii: "S"))
    }

    public mutating func longitude(_ value: inout Longitude?) {
        arc(value?.minutes, digits: 3, UInt8(ascii: "E"), UInt8(ascii: "W"))
    }

    public mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) {
        field(value != nil) { writer in
            if let value { writer.digits(of: value.units < 0 ? -value : value) }
        }
        direction(value, UInt8(ascii: positive), UInt8(ascii: negative))
    }

    public mutating func time(_ value: inout NMEATime?) {
        field(value != nil) { if let value { $0.digits(of: value) } }
    }

    public mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool) {
        field(value != nil) { writer in
            guard let value else { return }
            let parts = monthFirst ? [value.month, value.day] : [value.day, value.month]
            for part in parts + [value.year] { writer.digits(UInt64(part), atLeast: 2) }
        }
    }

    public mutating func dayMonthYear(_ value: inout NMEADate?) {
        var day = value?.day
        var month = value?.month
        var year = value?.year
        integer(&day, digits: 2)
        integer(&month, digits: 2)
        integer(&year, digits: 4)
    }

    public mutating func letter<Letter: FieldLetter>(_ value: inout Letter?) {
        let byte = value.flatMap { isFieldByte($0.rawValue) ? $0.rawValue : nil }
        field(byte != nil) { if let byte { $0.bytes.append(byte) } }
    }

    public mutating func unit(_ letter: Unicode.Scalar) {
        // It goes with its number, and with that it may be left out.
        field(required == bytes.count) { $0.bytes.append(UInt8(ascii: letter)) }
    }

    public mutating func word(_ word: StaticString) {
        field(required == bytes.count) { $0.bytes.append(contentsOf: word.description.utf8) }
    }

    public mutating func text(_ value: inout String?) {
        field(value?.isEmpty == false) { writer in
            for byte in (value ?? "").utf8 { writer.character(byte) }
        }
    }

    public mutating func reserved() { field(false) { _ in } }
}

extension FieldWriter {
    /// A comma and what comes after it.
    private mutating func field(_ isFilled: Bool, _ write: (inout FieldWriter) -> Void) {
        bytes.append(UInt8(ascii: ","))
        write(&self)
        if isFilled || !mayEnd { required = bytes.count }
    }

    private mutating func arc(
        _ minutes: NMEANumber?, digits: Int, _ positive: UInt8, _ negative: UInt8
    ) {
        field(minutes != nil) { writer in
            guard let minutes else { return }
            let scale = powerOfTen(Int(minutes.decimals))
            let (degrees, rest) = (minutes.units < 0 ? -minutes.units : minutes.units)
                .quotientAndRemainder(dividingBy: 60 * scale)
            writer.digits(UInt64(degrees), atLeast: digits)
            writer.digits(UInt64(rest / scale), atLeast: 2)
            writer.decimals(UInt64(rest % scale), Int(minutes.decimals))
        }
        direction(minutes, positive, negative)
    }

    private mutating func direction(_ value: NMEANumber?, _ positive: UInt8, _ negative: UInt8) {
        field(value != nil) { writer in
            if let value { writer.bytes.append(value.units < 0 ? negative : positive) }
        }
    }

    mutating func digits(of number: NMEANumber) {
        if number.units < 0 { bytes.append(UInt8(ascii: "-")) }
        let scale = UInt64(powerOfTen(Int(number.decimals)))
        digits(number.units.magnitude / scale, atLeast: 1)
        decimals(number.units.magnitude % scale, Int(number.decimals))
    }

    mutating func digits(of time: NMEATime) {
        for part in [time.hour, time.minute, time.second] { digits(UInt64(part), atLeast: 2) }
        var fraction = UInt64(time.nanosecond)
        var count = 9
        while count > 2, fraction % 10 == 0 {
            fraction /= 10
            count -= 1
        }
        decimals(fraction, count)
    }

    private mutating func decimals(_ value: UInt64, _ count: Int) {
        guard count > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        digits(value, atLeast: count)
    }

    private mutating func digits(_ value: UInt64, atLeast count: Int) {
        let text = String(value)
        for _ in 0..<max(count - text.utf8.count, 0) { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: text.utf8)
    }

    /// A byte of text, as `^hh` when it is reserved, a control character or not ASCII.
    private mutating func character(_ byte: UInt8) {
        if isFieldByte(byte) || byte == 0x20 { return bytes.append(byte) }
        bytes.append(UInt8(ascii: "^"))
        bytes.append(hexadecimalCharacter(byte >> 4))
        bytes.append(hexadecimalCharacter(byte & 15))
    }
}

/// The capital hexadecimal digit of a value below 16.
func hexadecimalCharacter(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + (value & 15)
}
