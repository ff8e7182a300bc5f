/// The digits at the beginning of eight bytes, read all at once.
struct DigitWord {
    /// How many of the bytes are digits before the first that is none, 0 to 8.
    let count: Int
    /// A digit in each byte, the last of them in the highest, zeros before the first.
    private let digits: UInt64

    @inline(__always)
    init(_ bytes: UInt64) {
        let digits = bytes ^ 0x3030_3030_3030_3030
        // The high bit of each byte above nine; true of the lowest, which is enough.
        let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
        let bits = others.trailingZeroBitCount & 0x78
        count = bits / 8
        self.digits = digits << UInt64(truncatingIfNeeded: 64 - bits)
    }

    /// The number that they are.
    @inline(__always)
    var value: UInt64 {
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
