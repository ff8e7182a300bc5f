import FairleadWire

/// The number of a parameter: digits only, below what any time or count of ours can be.
func number(_ text: String) -> Int? {
    decimalNumber(text.utf8, atMost: 1 << 40).map { Int(clamping: $0) }
}
