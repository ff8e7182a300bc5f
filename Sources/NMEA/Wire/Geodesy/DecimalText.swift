/// A number with so many digits after its point, rounded: `52.3700`.
///
/// A number of more than 15 digits is written as Swift does.
func decimalText(_ value: Double, decimals: Int) -> String {
    let scale = (0..<max(0, min(9, decimals))).reduce(into: 1) { power, _ in power *= 10 }
    let scaled = (abs(value) * Double(scale)).rounded()
    guard scaled < 1e15, let whole = Int(exactly: scaled) else { return "\(value)" }
    let sign = value < 0 && whole > 0 ? "-" : ""
    if scale == 1 { return "\(sign)\(whole)" }
    return "\(sign)\(whole / scale).\(paddedText(whole % scale, digits: decimals))"
}

/// A whole number with noughts before it: `007`.
func paddedText(_ value: Int, digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// Whether a byte is one of `0` to `9`.
func isDecimalDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}
