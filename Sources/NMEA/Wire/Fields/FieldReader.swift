// Reads the fields of one sentence in their order. It stands on the comma before the next field;
// beyond the end of the sentence every byte reads as a comma, so that each loop ends by itself.
// It knows nothing of sentences: only of fields.

import FairleadWire

/// Fills a sentence's fields from its bytes.
public struct FieldReader: FieldCoder {
    /// From the comma after the address up to, but without, the checksum.
    private let window: ByteWindow
    private var position = 0
    private var mayEnd = false
    /// Whether a field was not what the sentence promises.
    private(set) var isMalformed = false

    init(_ window: ByteWindow) {
        self.window = window
    }

    public var isReading: Bool { true }

    public var remaining: Int? {
        window.commas(from: position)
    }

    public var nextIsLetter: Bool? {
        let byte = window[position + 1] | 0x20
        return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }

    public mutating func mayEndHere() { mayEnd = true }

    public mutating func refuse() { isMalformed = true }

    @inline(__always)
    public mutating func number(_ value: inout NMEANumber?) {
        value = begin() ? decimal() : nil
    }

    public mutating func signedNumber(_ value: inout NMEANumber?) {
        value = nil
        guard begin() else { return }
        if take(UInt8(ascii: "+")), window[position] == UInt8(ascii: "-") || atEnd {
            return fail()
        }
        value = decimal()
    }

    @inline(__always)
    public mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) {
        value = nil
        guard begin(), !atEnd else { return }
        let word = DigitWord(window.bytes(at: position))
        position += word.count
        guard word.count > 0, atEnd, let fitting = Value(exactly: word.value) else {
            return fail()
        }
        value = fitting
    }

    public mutating func signedInteger(_ value: inout Int8?, digits: Int) {
        value = nil
        guard begin(), !atEnd else { return }
        let isNegative = take(UInt8(ascii: "-"))
        let word = DigitWord(window.bytes(at: position))
        position += word.count
        guard word.count > 0, atEnd, let fitting = Int8(exactly: word.value) else {
            return fail()
        }
        value = isNegative ? -fitting : fitting
    }

    public mutating func hexadecimal(_ value: inout UInt8?) {
        value = nil
        guard begin(), let first = hexadecimalDigit(window[position]) else {
            if !atEnd { fail() }
            return
        }
        position += 1
        value = first
        if atEnd { return }
        guard let second = hexadecimalDigit(window[position]) else { return fail() }
        position += 1
        value = first << 4 | second
        if !atEnd { fail() }
    }
}

extension FieldReader {
    public mutating func latitude(_ value: inout Latitude?) {
        value = arc(90, UInt8(ascii: "N"), UInt8(ascii: "S")).map { Latitude(fitting: $0) }
    }

    public mutating func longitude(_ value: inout Longitude?) {
        value = arc(180, UInt8(ascii: "E"), UInt8(ascii: "W")).map { Longitude(fitting: $0) }
    }

    /// `ddmm.mmm` and its hemisphere, as signed minutes.
    @inline(__always)
    private mutating func arc(_ limit: Int64, _ positive: UInt8, _ negative: UInt8) -> NMEANumber? {
        let written = begin() ? wideDecimal() : nil
        guard let isNegative = direction(positive, negative) else {
            if written != nil { fail() }
            return nil
        }
        guard let written else { return nil }
        // With more decimals the products below would not fit 64 bits.
        guard written.decimals <= arcDecimals, written.units >= 0 else {
            fail()
            return nil
        }
        let scale = powerOfTen(Int(written.decimals))
        let degrees = written.units / (100 * scale)
        let minutes = written.units - degrees * 100 * scale
        guard degrees <= limit, minutes < 60 * scale else {
            fail()
            return nil
        }
        let total = degrees * 60 * scale + minutes
        guard total <= limit * 60 * scale else {
            fail()
            return nil
        }
        return NMEANumber(fitting: isNegative ? -total : total, written.decimals)
    }

    public mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) {
        let written = begin() ? decimal() : nil
        let isNegative = direction(UInt8(ascii: positive), UInt8(ascii: negative))
        value = written
        guard let written else { return }
        // Nought has no direction; anything else needs one, and has no other sign.
        guard written.units == 0 || (isNegative != nil && written.units > 0) else { return fail() }
        if isNegative == true { value = -written }
    }

    /// The field of a direction: whether it is the negative one; nil when empty.
    private mutating func direction(_ positive: UInt8, _ negative: UInt8) -> Bool? {
        guard begin(), !atEnd else { return nil }
        let letter = window[position]
        position += 1
        guard letter == positive || letter == negative, atEnd else {
            fail()
            return nil
        }
        return letter == negative
    }

    public mutating func time(_ value: inout NMEATime?) {
        value = nil
        guard begin(), !atEnd else { return }
        let word = DigitWord(window.bytes(at: position))
        guard word.count == 6 else { return fail() }
        position += 6
        let pairs = word.pairs
        guard let nanosecond = fraction(),
            let time = NMEATime(
                hour: Int(pairs & 0xFF), minute: Int(pairs >> 16 & 0xFF),
                second: Int(pairs >> 32 & 0xFF), nanosecond: nanosecond)
        else { return fail() }
        value = time
    }

    public mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool) {
        value = nil
        guard begin(), !atEnd else { return }
        guard let first = pair(), let second = pair(), let year = pair(), atEnd else {
            return fail()
        }
        // Several receivers write a date that they do not know as zeros.
        if first == 0, second == 0, year == 0 { return }
        value = TwoDigitDate(
            year: year, month: monthFirst ? first : second, day: monthFirst ? second : first)
        if value == nil { fail() }
    }

    public mutating func dayMonthYear(_ value: inout NMEADate?) {
        var day: UInt8?
        var month: UInt8?
        var year: UInt16?
        integer(&day)
        integer(&month)
        integer(&year)
        value = nil
        guard day ?? 0 != 0 || month ?? 0 != 0 || year ?? 0 != 0 else { return }
        value = NMEADate(year: Int(year ?? 0), month: Int(month ?? 0), day: Int(day ?? 0))
        if value == nil { fail() }
    }
}

extension FieldReader {
    public mutating func letter<Letter: FieldLetter>(_ value: inout Letter?) {
        value = nil
        guard begin(), !atEnd else { return }
        let byte = window[position]
        position += 1
        guard isFieldByte(byte), atEnd else { return fail() }
        value = Letter(byte: byte)
    }

    public mutating func unit(_ letter: Unicode.Scalar) {
        guard begin(), !atEnd else { return }
        let byte = window[position]
        position += 1
        // Some write feet as `F` where the standard has `f`.
        if byte | 0x20 != UInt8(ascii: letter) | 0x20 || !atEnd { fail() }
    }

    public mutating func word(_ word: StaticString) {
        guard begin(), !atEnd else { return }
        for scalar in word.description.unicodeScalars where !take(UInt8(ascii: scalar)) {
            return fail()
        }
        if !atEnd { fail() }
    }

    public mutating func text(_ value: inout String?) {
        value = nil
        guard begin(), !atEnd else { return }
        let start = position
        while !atEnd, window[position] != UInt8(ascii: "^") { position += 1 }
        value = atEnd ? window.text(start, position) : escapedText(from: start)
    }

    /// Text with bytes written as `^hh`; bytes that are no UTF-8 are taken as ISO 8859-1.
    private mutating func escapedText(from start: Int) -> String {
        position = start
        var bytes: [UInt8] = []
        while !atEnd {
            bytes.append(take(UInt8(ascii: "^")) ? escaped() : window[position])
            position += 1
        }
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
    }

    /// The byte after `^`; leaves the last digit for the caller to pass over.
    private mutating func escaped() -> UInt8 {
        guard let high = hexadecimalDigit(window[position]),
            let low = hexadecimalDigit(window[position + 1])
        else {
            position -= 1
            return UInt8(ascii: "^")
        }
        position += 1
        return high << 4 | low
    }

    public mutating func reserved() {
        if begin() { skip() }
    }
}

extension FieldReader {
    /// Whether the field is over.
    @inline(__always)
    private var atEnd: Bool { window[position] == UInt8(ascii: ",") }

    /// Steps over the comma to the next field; false when there is none.
    @inline(__always)
    private mutating func begin() -> Bool {
        guard position < window.count else {
            if !mayEnd { isMalformed = true }
            return false
        }
        position &+= 1
        return true
    }

    /// The field is not what it must be.
    @inline(never)
    private mutating func fail() {
        isMalformed = true
        skip()
    }

    /// Goes to the comma that ends the field.
    private mutating func skip() {
        while !atEnd { position += 1 }
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard window[position] == byte, !atEnd else { return false }
        position += 1
        return true
    }

    /// A decimal number up to the end of the field; nil for an empty field.
    @inline(__always)
    private mutating func decimal() -> NMEANumber? {
        var found = Self.shortDecimal(window, position)
        if found.decimals < 0, !atEnd { found = Self.decimal(window, position) }
        position = found.end
        if found.decimals >= 0 { return NMEANumber(fitting: found.units, found.decimals) }
        return atEnd ? nil : unusualDecimal()
    }

    /// The same for numbers that are seldom short.
    @inline(__always)
    private mutating func wideDecimal() -> NMEANumber? {
        let found = Self.decimal(window, position)
        position = found.end
        if found.decimals >= 0 { return NMEANumber(fitting: found.units, found.decimals) }
        return atEnd ? nil : unusualDecimal()
    }

    /// The most common form: seven bytes with the point, and no more.
    ///
    /// Decimals are negative, and the end is the start, for an empty field and all other forms.
    /// Static and out of line: everything goes and comes in registers.
    @inline(never)
    private static func shortDecimal(
        _ window: ByteWindow, _ start: Int
    ) -> (units: Int64, decimals: Int8, end: Int) {
        var bytes = window.bytes(at: start)
        let isNegative = bytes & 0xFF == UInt8(ascii: "-")
        if isNegative { bytes >>= 8 }
        guard let number = ShortNumber(bytes) else { return (0, -1, start) }
        let end = start &+ number.count &+ (isNegative ? 1 : 0)
        guard window[end] == UInt8(ascii: ",") else { return (0, -1, start) }
        let units = Int64(truncatingIfNeeded: number.units)
        return (
            isNegative ? 0 &- units : units, Int8(truncatingIfNeeded: number.decimals), end
        )
    }

    /// At most eight digits on each side of the point; answers in the same way.
    @inline(never)
    private static func decimal(
        _ window: ByteWindow, _ start: Int
    ) -> (units: Int64, decimals: Int8, end: Int) {
        let first = window.bytes(at: start)
        let isNegative = first & 0xFF == UInt8(ascii: "-")
        let whole = DigitWord(isNegative ? window.bytes(at: start &+ 1) : first)
        guard whole.count > 0 else { return (0, -1, start) }
        var end = start &+ whole.count &+ (isNegative ? 1 : 0)
        var units = Int64(truncatingIfNeeded: whole.value)
        var decimals = 0
        if window[end] == UInt8(ascii: ".") {
            let fraction = DigitWord(window.bytes(at: end &+ 1))
            decimals = fraction.count
            units = units &* powerOfTen(decimals) &+ Int64(truncatingIfNeeded: fraction.value)
            end &+= 1 &+ decimals
        }
        guard window[end] == UInt8(ascii: ",") else { return (0, -1, start) }
        return (isNegative ? -units : units, Int8(truncatingIfNeeded: decimals), end)
    }

    /// A number with blanks before it, with more digits, or with none before its point.
    @inline(never)
    private mutating func unusualDecimal() -> NMEANumber? {
        while take(UInt8(ascii: " ")) {}
        if atEnd { return nil }
        let isNegative = take(UInt8(ascii: "-"))
        return longDecimal(position, isNegative)
    }

    /// A number digit by digit: up to 18 decimals, and as many digits as fit 63 bits.
    private mutating func longDecimal(_ start: Int, _ isNegative: Bool) -> NMEANumber? {
        position = start
        var units: Int64 = 0
        var digits = 0
        var point: Int?
        while !atEnd, position - start < 40 {
            if take(UInt8(ascii: ".")) {
                if point != nil { break }
                point = position
                continue
            }
            let digit = window[position] &- UInt8(ascii: "0")
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            let (sum, spilled) = product.addingReportingOverflow(Int64(digit))
            guard digit < 10, !overflow, !spilled else { break }
            units = sum
            digits += 1
            position += 1
        }
        let decimals = point.map { position - $0 } ?? 0
        guard atEnd, digits > 0, let number = NMEANumber(units: units, decimals: decimals) else {
            fail()
            return nil
        }
        return isNegative ? -number : number
    }

    /// Two digits.
    @inline(__always)
    private mutating func pair() -> Int? {
        let tens = window[position] &- UInt8(ascii: "0")
        let ones = window[position + 1] &- UInt8(ascii: "0")
        guard tens < 10, ones < 10 else { return nil }
        position += 2
        return Int(tens) * 10 + Int(ones)
    }

    /// A point and up to nine decimals, in billionths; zero when there is none.
    @inline(__always)
    private mutating func fraction() -> Int? {
        guard take(UInt8(ascii: ".")) else { return atEnd ? 0 : nil }
        let word = DigitWord(window.bytes(at: position))
        position += word.count
        var value = Int(truncatingIfNeeded: word.value)
        var digits = word.count
        if digits == 8, !atEnd {
            let last = window[position] &- UInt8(ascii: "0")
            guard last < 10 else { return nil }
            value = value * 10 + Int(last)
            digits = 9
            position += 1
        }
        return atEnd ? value * Int(powerOfTen(9 - digits)) : nil
    }
}
