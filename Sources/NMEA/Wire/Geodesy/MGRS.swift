// References of the Military Grid Reference System, as numbers and as text. A reference names a
// square, not a point: coordinates are cut, never rounded (NGA.STND.0037), so that the place is
// always within the square of its reference. Parsing is strict: every letter must exist in its
// zone and its latitude band, and both numbers have the same count of digits. East and west a
// square may lie beyond its zone, since neighbours' grids are drawn there too.

/// A square of the Military Grid Reference System on WGS 84: `31UFU2935103890`.
public struct MGRS: Hashable, Sendable, CustomStringConvertible {
    /// Digits of each number, 0 to 5: squares of 100 kilometres to one metre.
    public let digits: Int

    private let square: MGRSSquare
    /// The south-west corner within the square of 100 kilometres, in sides of this one.
    private let east: Int
    private let north: Int

    /// The length of the square's side in metres.
    public var side: Double { Double(Self.powers[5 - digits]) }

    private static let powers = [1, 10, 100, 1000, 10_000, 100_000]

    /// The square that holds a place; nil unless `digits` is 0 to 5.
    public init?(_ place: Coordinate, digits: Int = 5) {
        guard (0...5).contains(digits) else { return nil }
        self.digits = digits
        if let point = UTM(place) {
            guard let square = MGRSSquare(point, latitude: place.latitude) else { return nil }
            self.square = square
            (east, north) = Self.within(square, point.easting, point.northing, digits)
        } else {
            guard let point = UPS(place), let square = MGRSSquare(point) else { return nil }
            self.square = square
            (east, north) = Self.within(square, point.easting, point.northing, digits)
        }
    }

    private static func within(
        _ square: MGRSSquare, _ easting: Double, _ northing: Double, _ digits: Int
    ) -> (Int, Int) {
        let side = Double(powers[5 - digits])
        func cut(_ metres: Double, _ corner: Int) -> Int {
            let inside = metres - Double(corner) * MGRSSquare.metres
            return min(powers[digits] - 1, max(0, Int(inside / side)))
        }
        return (cut(easting, square.east), cut(northing, square.north))
    }

    /// The text without blanks; the zone has two digits, or none near the poles.
    public var description: String {
        let letters = String(decoding: [square.band, square.column, square.row], as: UTF8.self)
        let zone = square.zone == 0 ? "" : paddedText(square.zone, digits: 2)
        if digits == 0 { return zone + letters }
        return zone + letters + paddedText(east, digits: digits)
            + paddedText(north, digits: digits)
    }

    /// The south-west corner; in the polar regions the lower left one of the grid.
    public var corner: Coordinate { coordinate(offset: 0) }

    /// The middle.
    public var center: Coordinate { coordinate(offset: 0.5) }

    private func coordinate(offset: Double) -> Coordinate {
        let easting = Double(square.east) * MGRSSquare.metres + (Double(east) + offset) * side
        let northing = Double(square.north) * MGRSSquare.metres + (Double(north) + offset) * side
        if square.zone == 0 {
            return PolarStereographic.ups.unproject(
                east: easting - 2_000_000, north: northing - 2_000_000,
                northern: square.isNorthern)
        }
        let degrees = TransverseMercator.utm.unproject(
            east: easting - 500_000, north: square.isNorthern ? northing : northing - 10_000_000)
        return Coordinate(
            limiting: degrees.latitude,
            turning: degrees.longitude + Double(6 * square.zone - 183))
    }
}

// MARK: - Parsing

extension MGRS {
    /// A reference from its text, capitals or not, with at most one blank between its parts:
    /// `31UFU2935103890`, `4q fj 12345 67890`.
    ///
    /// Nil for what is no such text, and for letters that name no square.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 20 else { return nil }
        let zoneDigits = Self.digits(&rest)
        let band = Self.letter(&rest)
        Self.skipBlank(&rest)
        let column = Self.letter(&rest)
        let row = Self.letter(&rest)
        guard zoneDigits.count <= 2, let zone = Self.number(zoneDigits), let band, let column,
            let row, zone > 0 || zoneDigits.isEmpty,
            let square = MGRSSquare(zone: zone, band: band, column: column, row: row),
            let numbers = Self.numbers(rest), let east = Self.number(numbers.0),
            let north = Self.number(numbers.1)
        else { return nil }
        self.square = square
        self.east = east
        self.north = north
        digits = numbers.0.count
    }

    /// The digits of easting and northing, which make up the rest.
    private static func numbers(_ text: ArraySlice<UInt8>) -> (
        ArraySlice<UInt8>, ArraySlice<UInt8>
    )? {
        var rest = text
        skipBlank(&rest)
        let first = digits(&rest)
        if rest.isEmpty {
            guard first.count % 2 == 0, first.count <= 10, !first.isEmpty || text.isEmpty else {
                return nil
            }
            let middle = first.startIndex + first.count / 2
            return (first[..<middle], first[middle...])
        }
        skipBlank(&rest)
        let second = digits(&rest)
        guard rest.isEmpty, first.count == second.count, (1...5).contains(first.count) else {
            return nil
        }
        return (first, second)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.count <= 5 ? digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
    }

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix(while: isDecimalDigit)
        rest = rest[digits.endIndex...]
        return digits
    }

    /// The next character as a capital letter.
    private static func letter(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        guard let first = rest.first else { return nil }
        let capital = first >= UInt8(ascii: "a") ? first & 0xDF : first
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(capital) else { return nil }
        rest = rest.dropFirst()
        return capital
    }

    private static func skipBlank(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
    }
}
