/// An ellipsoid of revolution, flattened at its poles, and what is measured on it.
///
/// Distances are metres, angles degrees. A `Coordinate` is of WGS 84; another ellipsoid serves for
/// receivers that say so in DTM, and takes the numbers as they are.
public struct Ellipsoid: Sendable {
    /// Metres from the centre to the equator.
    public let equatorialRadius: Double
    /// How much shorter the polar radius is, as a part of the equatorial one.
    public let flattening: Double
    /// Metres from the centre to a pole.
    public let polarRadius: Double

    let thirdFlattening: Double
    let eccentricitySquared: Double
    let secondEccentricitySquared: Double
    let longitudeSeries: LongitudeSeries
    /// The arc on the auxiliary sphere, in radians, below which a distance needs no iteration.
    let shortArc: Double

    /// The ellipsoid of GPS.
    public static let wgs84 = Ellipsoid(radius: 6_378_137, flattening: 1 / 298.257_223_563)

    /// An ellipsoid; nil unless its radius is 1 to 1e12 metres and its flattening 0 (a sphere) to
    /// 1/50, up to where the series are good to 50 nanometres on one of the earth's size.
    public init?(equatorialRadius: Double, flattening: Double) {
        guard (1...1e12).contains(equatorialRadius), (0...0.02).contains(flattening) else {
            return nil
        }
        self.init(radius: equatorialRadius, flattening: flattening)
    }

    private init(radius: Double, flattening f: Double) {
        equatorialRadius = radius
        flattening = f
        polarRadius = radius * (1 - f)
        thirdFlattening = f / (2 - f)
        eccentricitySquared = f * (2 - f)
        secondEccentricitySquared = eccentricitySquared / ((1 - f) * (1 - f))
        longitudeSeries = LongitudeSeries(thirdFlattening: thirdFlattening)
        shortArc = 0.1 * 0x1p-26 / (max(0.001, f) * (1 - f / 2) / 2).squareRoot()
    }
}
