/// A whole decimal number: digits only, no sign, no leading zero, not above `limit`.
///
/// `Int(String)` takes "+5" and others besides; protocols do not.
@inlinable
public func decimalNumber(_ digits: some Collection<UInt8>, atMost limit: UInt64) -> UInt64? {
    guard let first = digits.first else { return nil }
    if first == UInt8(ascii: "0"), digits.count > 1 { return nil }
    var value: UInt64 = 0
    for digit in digits {
        guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, spilled) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
        if overflow || spilled || sum > limit { return nil }
        value = sum
    }
    return value
}
