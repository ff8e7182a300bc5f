import FairleadWire
import Testing

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("10", 10), ("65535", 65_535),
        ("18446744073709551615", UInt64.max),
    ])
    func readsDigits(text: String, value: UInt64) {
        #expect(decimalNumber(text.utf8, atMost: .max) == value)
        #expect(decimalNumber(Array(text.utf8), atMost: value) == value)
        if value > 0 { #expect(decimalNumber(text.utf8, atMost: value - 1) == nil) }
    }

    @Test(arguments: [
        "", "-", "-1", "+1", "-0", "00", "01", " 1", "1 ", "1.0", "1e3", "0x1", "1_000", "a", "1\0",
        "\u{0661}", "18446744073709551616", "99999999999999999999", "184467440737095516150",
    ])
    func refusesEverythingElse(text: String) {
        #expect(decimalNumber(text.utf8, atMost: .max) == nil)
    }

    @Test func aLimitBelowTheFirstDigitRefuses() {
        #expect(decimalNumber("1".utf8, atMost: 0) == nil)
        #expect(decimalNumber("0".utf8, atMost: 0) == 0)
    }

    @Test func hexadecimalDigitsAreTheTwentyTwoOnesOfASCII() {
        let digits = (UInt8.min...UInt8.max).filter { hexadecimalDigit($0) != nil }
        #expect(digits == Array("0123456789ABCDEFabcdef".utf8))
        #expect(digits.compactMap(hexadecimalDigit) == Array(0...15) + Array(10...15))
    }
}
