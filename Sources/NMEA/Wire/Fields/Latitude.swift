// Latitude and longitude stay what the sentence says: minutes of arc with their decimals, in
// fixed point. So `4404.1237962,N` is written again as it came, and degrees are one exactly
// rounded division away. Degrees as a `Double` would need a choice of decimals on the way back.

/// A latitude as a sentence writes it; 90 degrees is the limit and belongs to it.
public struct Latitude: Hashable, Sendable, CustomStringConvertible {
    /// Minutes of arc north of the equator; negative is south.
    public let minutes: NMEANumber

    /// A latitude; nil beyond a pole or with more than 13 decimals.
    public init?(minutes: NMEANumber) {
        guard isArc(minutes, atMost: 90) else { return nil }
        self.minutes = minutes
    }

    @inline(__always)
    init(fitting minutes: NMEANumber) { self.minutes = minutes }

    /// A latitude rounded to so many decimals of its minutes: 7 are 0.2 mm.
    public init?(degrees: Double, decimals: Int = 7) {
        guard let minutes = NMEANumber(degrees * 60, decimals: decimals) else { return nil }
        self.init(minutes: minutes)
    }

    /// Degrees north of the equator, -90 to 90.
    public var degrees: Double { arcDegrees(minutes) }

    public var description: String { "\(degrees)" }
}

/// A longitude as a sentence writes it; 180 degrees is the limit and belongs to it.
public struct Longitude: Hashable, Sendable, CustomStringConvertible {
    /// Minutes of arc east of Greenwich; negative is west.
    public let minutes: NMEANumber

    /// A longitude; nil beyond 180 degrees or with more than 13 decimals.
    public init?(minutes: NMEANumber) {
        guard isArc(minutes, atMost: 180) else { return nil }
        self.minutes = minutes
    }

    @inline(__always)
    init(fitting minutes: NMEANumber) { self.minutes = minutes }

    /// A longitude rounded to so many decimals of its minutes: 7 are 0.2 mm.
    public init?(degrees: Double, decimals: Int = 7) {
        guard let minutes = NMEANumber(degrees * 60, decimals: decimals) else { return nil }
        self.init(minutes: minutes)
    }

    /// Degrees east of Greenwich, -180 to 180.
    public var degrees: Double { arcDegrees(minutes) }

    public var description: String { "\(degrees)" }
}

/// What a sentence says about a place.
public protocol PositionSentence: TypedSentence {
    var latitude: Latitude? { get }
    var longitude: Longitude? { get }
}

extension PositionSentence {
    /// The place, where the sentence has both halves of it.
    public var coordinate: Coordinate? {
        guard let latitude, let longitude else { return nil }
        return Coordinate(latitude: latitude.degrees, longitude: longitude.degrees)
    }
}

/// The most decimals of a minute: 18 digits hold 180 degrees with them.
let arcDecimals: Int8 = 13

private func isArc(_ minutes: NMEANumber, atMost degrees: Int64) -> Bool {
    minutes.decimals <= arcDecimals
        && minutes.units.magnitude <= degrees * 60 * powerOfTen(Int(minutes.decimals))
}

private func arcDegrees(_ minutes: NMEANumber) -> Double {
    Double(minutes.units) / (60 * Double(powerOfTen(Int(minutes.decimals))))
}
