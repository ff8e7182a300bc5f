// JSON that is written once and read by others: straight to bytes, without a tree in between. The
// one place where text becomes JSON, so that nothing can break out of its string. The caller says
// what begins and ends; commas and colons come by themselves.

/// Writes JSON (RFC 8259) as UTF-8.
///
/// A key without a value, a value without its key or an end without a beginning is the caller's
/// mistake; the text is then not JSON, but nothing traps.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    /// Whether a value came before on this level.
    private var needsComma = false

    public init() {}

    /// A writer with room for so many bytes.
    public init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// What has been written, and what ends its line.
    public consuming func line(end: [UInt8] = [0x0A]) -> [UInt8] {
        bytes.append(contentsOf: end)
        return bytes
    }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// What has been written as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Opens an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }
    /// Closes the object that is open.
    public mutating func endObject() { end(UInt8(ascii: "}")) }
    /// Opens an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }
    /// Closes the array that is open.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// An object with what `body` writes.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginObject()
        try body(&self)
        endObject()
    }

    /// An array with what `body` writes.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginArray()
        try body(&self)
        endArray()
    }

    /// The name of the value that comes next.
    public mutating func key(_ name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a text, escaped.
    ///
    /// Beside what JSON does not allow that is what a page or a terminal takes for more than text.
    public mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // Most texts can be copied as they are.
        if text.utf8.contains(where: Self.needsEscape) {
            for byte in text.utf8 { escape(byte) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number.
    @inlinable public mutating func value(_ number: some BinaryInteger) {
        if let small = Int64(exactly: number) { value(small) } else { large("\(number)") }
    }

    /// Writes a whole number of the usual size.
    public mutating func value(_ number: Int64) {
        separate()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(number.magnitude, atLeast: 1)
    }

    @usableFromInline mutating func large(_ digits: String) {
        separate()
        bytes.append(contentsOf: digits.utf8)
    }

    /// A number with as many digits as it takes to read it back; `null` unless it is finite.
    public mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        separate()
        let text = number == 0 ? "0" : number.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    /// A number with so many decimals at most, zeros at the end left out.
    public mutating func value(_ number: Double, decimals: Int) {
        var left = min(max(decimals, 0), 15)
        var scale: UInt64 = 1
        for _ in 0..<left { scale *= 10 }
        let scaled = number.magnitude * Double(scale)
        guard scaled < 9e15 else { return value(number) }
        // Not `rounded()`: that is a call into the mathematics library, which Wire does without.
        var whole = UInt64(scaled + 0.5)
        let isNegative = number < 0 && whole > 0
        separate()
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        while left > 0, whole % 10 == 0 {
            whole /= 10
            scale /= 10
            left -= 1
        }
        digits(whole / scale, atLeast: 1)
        if left == 0 { return }
        bytes.append(UInt8(ascii: "."))
        digits(whole % scale, atLeast: left)
    }

    /// Writes `true` or `false`.
    public mutating func value(_ isTrue: Bool) {
        separate()
        bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// A value that is JSON already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }
}

// Members whose names have been written before; nil writes nothing.
extension JSONWriter {
    /// The name of the value that comes next.
    public mutating func key(_ name: JSONKey) {
        separate()
        bytes.append(contentsOf: name.bytes)
        needsComma = false
    }

    /// Writes a whole number with its name.
    public mutating func member(_ name: JSONKey, _ number: Int64) {
        key(name)
        value(number)
    }

    /// Writes a number with its name and at most so many decimals.
    public mutating func member(_ name: JSONKey, _ number: Double?, decimals: Int) {
        guard let number, number.isFinite else { return }
        key(name)
        value(number, decimals: decimals)
    }

    /// Writes `true` or `false` with its name.
    public mutating func member(_ name: JSONKey, _ isTrue: Bool) {
        key(name)
        value(isTrue)
    }
}

// A member of an object; nil writes nothing.
extension JSONWriter {
    /// Writes a text with its name.
    public mutating func member(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        value(text)
    }

    /// Writes a whole number with its name.
    @inlinable
    public mutating func member(_ name: String, _ number: (some BinaryInteger)?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    /// Writes a number with its name and at most so many decimals.
    public mutating func member(_ name: String, _ number: Double?, decimals: Int) {
        guard let number, number.isFinite else { return }
        key(name)
        value(number, decimals: decimals)
    }

    /// Writes `true` or `false` with its name.
    public mutating func member(_ name: String, _ isTrue: Bool?) {
        guard let isTrue else { return }
        key(name)
        value(isTrue)
    }
}

extension JSONWriter {
    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// So many digits, with zeros in front.
    private mutating func digits(_ number: UInt64, atLeast count: Int) {
        // The largest number has twenty.
        var reversed = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var left = number
        var used = 0
        while left > 0, used < 20 {
            reversed[used] = UInt8(ascii: "0") + UInt8(left % 10)
            left /= 10
            used += 1
        }
        for place in (0..<min(max(used, count), 20)).reversed() { bytes.append(reversed[place]) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "&"):
            true
        default: false
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        // Controls, and what opens markup where JSON stands in a page.
        case 0..<0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
            bytes.append(contentsOf: #"\u00"#.utf8)
            bytes.append(lowercaseHexadecimal(byte >> 4))
            bytes.append(lowercaseHexadecimal(byte & 15))
        default: bytes.append(byte)
        }
    }

    private func lowercaseHexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
