/// Why some rings make no polygon.
public struct PolygonError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with a ring.
    public enum Cause: Hashable, Sendable {
        /// Less than three different places.
        case tooFewPoints
        /// All on one meridian or on one parallel. So is a ring from -180 to 180 degrees: both are
        /// one meridian, and an edge goes the shorter way.
        case withoutArea
        /// The edge after this point goes halfway around the earth, and it is open which way.
        case ambiguousEdge(point: Int)
        /// It goes around the earth's axis, and no pole was named as its inside.
        case goesAroundPole
        /// A pole was named, and the outer ring does not go around the axis.
        case goesAroundNoPole
    }

    public let cause: Cause
    /// 0 for the outer ring, 1 for the first hole.
    public let ring: Int

    init(_ cause: Cause, ring: Int) {
        self.cause = cause
        self.ring = ring
    }

    public var description: String {
        let name = ring == 0 ? "the outer ring" : "hole \(ring)"
        switch cause {
        case .tooFewPoints: return "\(name) has less than three different points"
        case .withoutArea: return "\(name) has no area"
        case .ambiguousEdge(let point):
            return "\(name): the edge after point \(point) goes halfway around the earth"
        case .goesAroundPole: return "\(name) goes around a pole, and none is named"
        case .goesAroundNoPole: return "\(name) goes around no pole, and one is named"
        }
    }
}
