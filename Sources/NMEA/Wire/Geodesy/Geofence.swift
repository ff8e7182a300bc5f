/// A region of the earth that a receiver can be inside of.
public protocol Geofence: Sendable {
    /// What encloses the region: where it is not, the region is not.
    var box: CoordinateBox { get }

    /// Whether a place belongs to the region, its edge included.
    func contains(_ place: Coordinate) -> Bool

    /// Metres from a place outside to the region; 0 for a place that belongs to it.
    func distance(to place: Coordinate) -> Double
}
