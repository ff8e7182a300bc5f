// A decimal number exactly as a sentence writes it: whole units and how many of its digits are
// decimals. Nothing is rounded when it is read and nothing is lost when it is written again, so
// that every sentence survives the way there and back; and a reader that needs no `Double` pays
// for no division. Eighteen decimals and 2^63 - 1 units are the limits: a longer number is not
// taken at all, never silently cut. Two numbers are equal when their values are: 1.5 is 1.50.

/// A decimal number as a sentence writes it, exact.
public struct NMEANumber: Sendable {
    /// The number without its decimal point: 1234 for `12.34`.
    public let units: Int64
    /// How many of the digits are decimals, 0 to 18.
    public let decimals: Int8

    /// The most decimals that a number can have.
    public static let maximumDecimals = 18

    @inline(__always)
    init(fitting units: Int64, _ decimals: Int8) {
        self.units = units
        self.decimals = decimals
    }

    /// A number from its digits; nil beyond 18 decimals, and for the lowest `Int64`.
    public init?(units: Int64, decimals: Int = 0) {
        guard (0...Self.maximumDecimals).contains(decimals), units != .min else { return nil }
        self.init(fitting: units, Int8(truncatingIfNeeded: decimals))
    }

    /// A number rounded to so many decimals; nil when it is not finite or has too many digits.
    public init?(_ value: Double, decimals: Int) {
        guard (0...Self.maximumDecimals).contains(decimals), value.isFinite else { return nil }
        let scaled = (value * Double(powerOfTen(decimals))).rounded()
        guard abs(scaled) < 9.2e18 else { return nil }
        self.init(fitting: Int64(scaled), Int8(truncatingIfNeeded: decimals))
    }

    /// The value, correctly rounded.
    public var value: Double {
        @inline(__always) get {
            decimals == 0 ? Double(units) : fraction
        }
    }

    @inline(never)
    private var fraction: Double {
        let scale = powerOfTen(Int(decimals))
        // Both exact: one division rounds once.
        if units.magnitude <= 1 << 53 { return Double(units) / Double(scale) }
        let (quotient, rest) = (UInt128(units.magnitude) << 64).quotientAndRemainder(
            dividingBy: UInt128(scale))
        let magnitude = Double(rest == 0 ? quotient : quotient | 1) * 0x1p-64
        return units < 0 ? -magnitude : magnitude
    }

    /// The number with the opposite sign.
    public static prefix func - (number: Self) -> Self {
        Self(fitting: -number.units, number.decimals)
    }

    /// Without the zeros at the end of its decimals.
    private var shortest: Self {
        var units = units
        var decimals = decimals
        while decimals > 0, units % 10 == 0 {
            units /= 10
            decimals -= 1
        }
        return Self(fitting: units, decimals)
    }
}

extension NMEANumber: Hashable, Comparable {
    public static func == (left: Self, right: Self) -> Bool {
        if left.decimals == right.decimals { return left.units == right.units }
        let (left, right) = (left.shortest, right.shortest)
        return left.units == right.units && left.decimals == right.decimals
    }

    public static func < (left: Self, right: Self) -> Bool {
        let finest = max(left.decimals, right.decimals)
        return left.scaled(to: finest) < right.scaled(to: finest)
    }

    private func scaled(to finest: Int8) -> Int128 {
        Int128(units) * Int128(powerOfTen(Int(finest - decimals)))
    }

    public func hash(into hasher: inout Hasher) {
        let shortest = shortest
        hasher.combine(shortest.units)
        hasher.combine(shortest.decimals)
    }
}

extension NMEANumber: CustomStringConvertible {
    /// The digits as a sentence has them: `-12.340`.
    public var description: String {
        var writer = FieldWriter()
        writer.digits(of: self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension NMEANumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A whole number; the lowest `Int64` becomes its neighbour.
    public init(integerLiteral value: Int64) {
        self.init(fitting: max(value, -.max), 0)
    }

    /// The fewest decimals that give this value again; what has none becomes zero.
    public init(floatLiteral value: Double) {
        let candidates = (0...Self.maximumDecimals).lazy.compactMap { Self(value, decimals: $0) }
        self = candidates.first { $0.value == value } ?? Self(fitting: 0, 0)
    }
}

/// Ten to the power of `exponent`, 0 to 18.
@inline(__always)
func powerOfTen(_ exponent: Int) -> Int64 {
    powersOfTen[min(max(exponent, 0), 18)]
}

private let powersOfTen: InlineArray<19, Int64> = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
    100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    100_000_000_000_000_000, 1_000_000_000_000_000_000,
]
