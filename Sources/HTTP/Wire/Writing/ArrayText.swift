import FairleadWire

extension Array where Element == UInt8 {
    /// Appends a number in decimal digits.
    mutating func append(decimal number: Int) {
        if number >= 0, number < 10 { return append(UInt8(truncatingIfNeeded: number) + 0x30) }
        if number >= 100, number < 1000 {
            append(UInt8(truncatingIfNeeded: number / 100) + 0x30)
            append(UInt8(truncatingIfNeeded: number / 10 % 10) + 0x30)
            return append(UInt8(truncatingIfNeeded: number % 10) + 0x30)
        }
        append(contentsOf: String(number).utf8)
    }

    /// Appends a number in hexadecimal digits.
    mutating func append(hexadecimal number: Int) {
        append(contentsOf: String(number, radix: 16).utf8)
    }

    /// Appends two digits.
    mutating func append(two number: Int) {
        append(UInt8(truncatingIfNeeded: number / 10 % 10) + 0x30)
        append(UInt8(truncatingIfNeeded: number % 10) + 0x30)
    }

    /// Appends text.
    @inline(__always)
    mutating func append(text: String) { append(copying: text.utf8.span) }
}
