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

    public var remaining: Int? {
        var commas = 0
        for index in position..<max(window.count, position)
        where window[index] == UInt8(ascii: ",") {
            commas += 1
        }
        return commas
    }

    public var nextIsLetter: Bool? {
        let byte = window[position + 1] | 0x20
        return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }

    public mutating func mayEndHere() { mayEnd = true }

    public mutating func refuse() { isMalformed = true }

    public mutating func number(_ value: inout NMEANumber?) {
        value = begin() ? decimal(plus: false) : nil
    }

    public mutating func signedNumber(_ value: inout NMEANumber?) {
        value = begin() ? decimal(plus: true) : nil
    }

    public mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int
    ) {
        value = nil
        guard begin() else { return }
        guard let whole = wholeNumber(), let fitting = Value(exactly: whole), atEnd else {
            return fail()
        }
        value = fitting
    }

    public mutating func signedInteger(_ value: inout Int8?, digits: Int) {
        value = nil
        guard begin() else { return }
        let isNegative = take(UInt8(ascii: "-"))
        guard let whole = wholeNumber(), let fitting = Int8(exactly: whole), atEnd else {
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
        value = arc(90, UInt8(ascii: "N"), UInt8(ascii: "S")).map { Latitude(unchecked: $0) }
    }

    public mutating func longitude(_ value: inout Longitude?) {
        value = arc(180, UInt8(ascii: "E"), UInt8(ascii: "W")).map { Longitude(unchecked: $0) }
    }

    /// `ddmm.mmm` and its hemisphere, as signed minutes.
    @inline(__always)
    private mutating func arc(_ limit: Int64, _ positive: UInt8, _ negative: UInt8) -> NMEANumber? {
        let written = begin() ? decimal(plus: false) : nil
        guard let isNegative = direction(positive, negative) else {
            if written != nil { fail() }
            return nil
        }
        guard let written else { return nil }
        let scale = powerOfTen(Int(written.decimals))
        let degrees = written.units / (100 * scale)
        let minutes = written.units - degrees * 100 * scale
        guard written.decimals <= arcDecimals, written.units >= 0, minutes < 60 * scale else {
            fail()
            return nil
        }
        let total = degrees * 60 * scale + minutes
        guard degrees <= limit, total <= limit * 60 * scale else {
            fail()
            return nil
        }
        return NMEANumber(unchecked: isNegative ? -total : total, written.decimals)
    }

    public mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) {
        let written = begin() ? decimal(plus: false) : nil
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
        guard let hour = pair(), let minute = pair(), let second = pair(),
            let nanosecond = fraction(),
            let time = NMEATime(
                hour: hour, minute: minute, second: second, nanosecond: nanosecond)
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
        position += 1
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
    private mutating func decimal(plus: Bool) -> NMEANumber? {
        while take(UInt8(ascii: " ")) {}
        if atEnd { return nil }
        let isNegative = take(UInt8(ascii: "-"))
        if plus, !isNegative { _ = take(UInt8(ascii: "+")) }
        let start = position
        var units: UInt64 = 0
        var point = -1
        while true {
            let digit = window[position] &- UInt8(ascii: "0")
            if digit < 10 {
                units = units &* 10 &+ UInt64(digit)
            } else if window[position] == UInt8(ascii: "."), point < 0 {
                point = position
            } else {
                break
            }
            position += 1
        }
        let digits = position - start - (point < 0 ? 0 : 1)
        let decimals = point < 0 ? 0 : position - point - 1
        // Up to 18 digits nothing has overflowed.
        guard digits > 0, digits <= 18, atEnd else { return longDecimal(start, isNegative) }
        let signed = Int64(truncatingIfNeeded: units)
        return NMEANumber(
            unchecked: isNegative ? -signed : signed, Int8(truncatingIfNeeded: decimals))
    }

    /// A number of more than 18 digits: leading zeros, or a 19th that still fits.
    @inline(never)
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

    /// Digits alone, at most nine; leaves what follows them.
    @inline(__always)
    private mutating func wholeNumber() -> UInt32? {
        var value: UInt32 = 0
        let start = position
        while true {
            let digit = window[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt32(digit)
            position += 1
        }
        let digits = position - start
        return digits > 0 && digits <= 9 ? value : nil
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
        var value = 0
        let start = position
        while true {
            let digit = window[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ Int(digit)
            position += 1
        }
        let digits = position - start
        guard digits <= 9, atEnd else { return nil }
        return value * Int(powerOfTen(9 - digits))
    }
}
