/// How far one meridian is from another, the shorter way, without an error of rounding.
struct LongitudeDifference {
    /// Degrees to the east, -180 to 180.
    var degrees: Double
    /// What rounding took from the degrees.
    var residue: Double

    /// From one longitude to another, both -180 to 180.
    init(from start: Double, to end: Double) {
        let (whole, rest) = Self.exactSum(-start, end)
        var turned = whole
        if whole > 180 || whole == 180 && rest > 0 { turned -= 360 }
        if whole < -180 || whole == -180 && rest < 0 { turned += 360 }
        (degrees, residue) = Self.exactSum(turned, rest)
    }

    /// Whether the way goes west.
    var isWestward: Bool { degrees < 0 || degrees == 0 && residue < 0 }

    var magnitude: LongitudeDifference {
        var positive = self
        if isWestward {
            positive.degrees = 0 - degrees
            positive.residue = 0 - residue
        }
        return positive
    }

    /// How much is missing to 180 degrees.
    var supplement: Double { (180 - degrees) - residue }

    /// The sum of two numbers and what its rounding took from it.
    private static func exactSum(_ u: Double, _ v: Double) -> (Double, Double) {
        let sum = u + v
        let ofU = sum - v
        let ofV = sum - ofU
        return (sum, 0 - ((ofU - u) + (ofV - v)))
    }
}
