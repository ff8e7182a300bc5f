/// A square of the Maidenhead locator system of radio amateurs: `JO22ki`.
///
/// The world is divided into 18 × 18 fields, each into 10 × 10 squares, each into 24 × 24
/// subsquares, and again by 10 and by 24: two characters for each step, longitude first.
public struct Maidenhead: Hashable, Sendable, CustomStringConvertible {
    /// Pairs of characters, 1 to 5.
    private let pairs: Int
    /// The south-west corner, in sides of this square from the south pole and 180 degrees west.
    private let east: Int
    private let north: Int

    private static let divisions = [18, 10, 24, 10, 24]

    /// How many of these squares there are from the date line to the date line, and from pole to
    /// pole.
    private static func count(pairs: Int) -> Int {
        divisions.prefix(pairs).reduce(1, *)
    }

    /// The square that holds a place; nil unless it has 2, 4, 6, 8 or 10 characters.
    ///
    /// A place on an edge belongs to the square north or east of it; the north pole to the last one
    /// below it, and 180 degrees east to the first one, since it is 180 degrees west.
    public init?(_ place: Coordinate, characters: Int = 6) {
        guard characters % 2 == 0, (2...10).contains(characters) else { return nil }
        pairs = characters / 2
        let count = Self.count(pairs: pairs)
        let half = Double(count) / 2
        // The floor is taken before the half is added, which would round what is just below it.
        east = (Int((place.longitude * half / 180).rounded(.down)) + count / 2) % count
        north = min(count - 1, Int((place.latitude * half / 90).rounded(.down)) + count / 2)
    }

    /// A locator from its text; letters may be capitals or not. Nil for what is none.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count % 2 == 0, (2...10).contains(bytes.count) else { return nil }
        var (east, north) = (0, 0)
        for (pair, division) in Self.divisions.prefix(bytes.count / 2).enumerated() {
            guard let first = Self.value(bytes[2 * pair], division),
                let second = Self.value(bytes[2 * pair + 1], division)
            else { return nil }
            east = east * division + first
            north = north * division + second
        }
        pairs = bytes.count / 2
        self.east = east
        self.north = north
    }

    private static func value(_ byte: UInt8, _ division: Int) -> Int? {
        let first = division == 10 ? UInt8(ascii: "0") : UInt8(ascii: "A")
        let capital = division != 10 && byte >= UInt8(ascii: "a") ? byte & 0xDF : byte
        guard capital >= first, Int(capital - first) < division else { return nil }
        return Int(capital - first)
    }

    /// The text: the field in capitals, subsquares in small letters.
    public var description: String {
        var (east, north) = (east, north)
        var bytes: [UInt8] = []
        for pair in (0..<pairs).reversed() {
            let division = Self.divisions[pair]
            let first = pair == 0 ? "A" : division == 10 ? "0" : "a" as Unicode.Scalar
            bytes.append(UInt8(ascii: first) + UInt8(north % division))
            bytes.append(UInt8(ascii: first) + UInt8(east % division))
            east /= division
            north /= division
        }
        return String(decoding: bytes.reversed(), as: UTF8.self)
    }

    /// The south-west corner.
    public var corner: Coordinate { coordinate(offset: 0) }

    /// The middle.
    public var center: Coordinate { coordinate(offset: 0.5) }

    /// The square's height in degrees; its width is twice that.
    public var height: Double { 180 / Double(Self.count(pairs: pairs)) }

    private func coordinate(offset: Double) -> Coordinate {
        let count = Double(Self.count(pairs: pairs))
        return Coordinate(
            limiting: (2 * (Double(north) + offset) - count) * 90 / count,
            turning: (2 * (Double(east) + offset) - count) * 180 / count)
    }
}
