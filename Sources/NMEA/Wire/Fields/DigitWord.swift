/// The digits at the beginning of eight bytes, read all at once.
struct DigitWord {
    /// How many of the bytes are digits before the first that is none, 0 to 8.
    let count: Int
    /// A digit in each byte, the last of them in the highest, zeros before the first.
    private let digits: UInt64

    @inline(__always)
    init(_ bytes: UInt64) {
        let digits = bytes ^ Self.zeros
        let bits = Self.others(digits).trailingZeroBitCount & 0x78
        count = bits / 8
        self.digits = digits << UInt64(truncatingIfNeeded: 64 - bits)
    }

    /// Eight digits of nought.
    @inline(__always)
    fileprivate static var zeros: UInt64 { 0x3030_3030_3030_3030 }

    /// The high bit of each byte above nine: true up to the first that is not ASCII.
    @inline(__always)
    fileprivate static func others(_ digits: UInt64) -> UInt64 {
        ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    }

    /// The number that they are.
    @inline(__always)
    var value: UInt64 { Self.value(digits) }

    /// The number of eight digits, one in each byte, the last in the highest.
    @inline(__always)
    fileprivate static func value(_ digits: UInt64) -> UInt64 {
        // Pairs, then fours, then all eight: three multiplications.
        let pairs = (digits &* 10) &+ (digits >> 8)
        let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (low &+ high) >> 32
    }

    /// Of six digits the three numbers of two, in bytes 0, 2 and 4.
    @inline(__always)
    var pairs: UInt64 {
        let six = digits >> 16
        return ((six &* 10) &+ (six >> 8)) & 0x0000_00FF_00FF_00FF
    }
}

/// A short number with or without a point, whole with what follows it in eight bytes.
struct ShortNumber {
    let units: UInt64
    let decimals: Int
    /// How many bytes it has.
    let count: Int

    /// Nil for anything else: an empty field, a sign, a longer number.
    @inline(__always)
    init?(_ bytes: UInt64) {
        let digits = bytes ^ DigitWord.zeros
        let others = DigitWord.others(digits)
        let bits = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & 0x78)
        guard bits > 0, bits < 64 else { return nil }
        if UInt8(truncatingIfNeeded: bytes &>> bits) != UInt8(ascii: ".") {
            units = DigitWord.value(digits &<< (64 &- bits))
            decimals = 0
            count = Int(truncatingIfNeeded: bits / 8)
            return
        }
        let after = others & (others &- 1)
        guard after != 0 else { return nil }
        // The decimals move down over the point; what follows them is moved out above.
        let end = UInt64(truncatingIfNeeded: after.trailingZeroBitCount & 0x78)
        let whole = digits & ~(UInt64.max &<< bits)
        let fraction = (digits &>> (bits &+ 8)) &<< bits
        units = DigitWord.value((whole | fraction) &<< (72 &- end))
        decimals = Int(truncatingIfNeeded: (end &- bits) / 8 &- 1)
        count = Int(truncatingIfNeeded: end / 8)
    }
}
