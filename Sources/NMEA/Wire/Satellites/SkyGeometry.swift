// Where the satellites in use stand decides how much errors of range become errors of place: the
// inverse of the normal equations, with a clock for all of them. Solved by elimination, because
// four unknowns need no library.

/// Dilutions of precision from where the satellites in use stand.
public struct SkyGeometry: Hashable, Sendable {
    public let east: Double
    public let north: Double
    public let up: Double
    public let time: Double

    public var horizontal: Double { (east * east + north * north).squareRoot() }
    public var position: Double { (horizontal * horizontal + up * up).squareRoot() }
    public var geometric: Double { (position * position + time * time).squareRoot() }

    /// Nil with fewer than four satellites of which the place is known, and where they stand so
    /// that no position can be computed from them.
    public init?(_ sky: Sky) {
        var normal = Self.zero
        var count = 0
        for satellite in sky.satellites where satellite.isUsed {
            guard let elevation = satellite.elevation, let azimuth = satellite.azimuth else {
                continue
            }
            Self.add(elevation: elevation, azimuth: azimuth, &normal)
            count += 1
        }
        guard count >= 4, let inverse = Self.inverseDiagonal(normal) else { return nil }
        east = inverse[0].squareRoot()
        north = inverse[1].squareRoot()
        up = inverse[2].squareRoot()
        time = inverse[3].squareRoot()
    }

    private typealias Row = InlineArray<4, Double>
    private typealias Matrix = InlineArray<4, Row>

    private static var zero: Matrix { Matrix(repeating: Row(repeating: 0)) }

    private static func add(elevation: Double, azimuth: Double, _ normal: inout Matrix) {
        let up = UnitAngle(degrees: elevation)
        let around = UnitAngle(degrees: azimuth)
        let row: Row = [up.cosine * around.sine, up.cosine * around.cosine, up.sine, 1]
        for first in 0..<4 {
            for second in 0..<4 { normal[first][second] += row[first] * row[second] }
        }
    }

    /// The diagonal of the inverse; nil when there is none, or when it is senseless.
    private static func inverseDiagonal(_ matrix: Matrix) -> Row? {
        var diagonal = Row(repeating: 0)
        for column in 0..<4 {
            guard let solution = solve(matrix, unit: column) else { return nil }
            guard solution[column] > 0, solution[column] < 1e6 else { return nil }
            diagonal[column] = solution[column]
        }
        return diagonal
    }

    /// Solves the equations for a column of the unit matrix, with pivots.
    private static func solve(_ matrix: Matrix, unit: Int) -> Row? {
        var rows = matrix
        var right = Row(repeating: 0)
        right[unit] = 1
        for column in 0..<4 {
            var pivot = column
            for row in column..<4 where rows[row][column].magnitude > rows[pivot][column].magnitude
            {
                pivot = row
            }
            guard rows[pivot][column].magnitude > 1e-9 else { return nil }
            rows.swapAt(pivot, column)
            right.swapAt(pivot, column)
            for row in 0..<4 where row != column {
                let factor = rows[row][column] / rows[column][column]
                for other in column..<4 { rows[row][other] -= factor * rows[column][other] }
                right[row] -= factor * right[column]
            }
        }
        for column in 0..<4 { right[column] /= rows[column][column] }
        return right
    }
}
