/// Tells when a receiver enters and when it leaves a region, without flutter at the edge.
///
/// It enters as soon as a place belongs to the region, and leaves only when one is farther outside
/// than the margin. Give the margin at least the receiver's error.
public struct FenceWatch<Fence: Geofence>: Sendable {
    /// What happened.
    public enum Event: Hashable, Sendable {
        case entered
        case left
    }

    public let fence: Fence
    /// Metres.
    public let margin: Double
    /// How many places in succession must agree; the last of them makes the event.
    public let confirmations: Int
    /// Nil before the first place.
    public private(set) var isInside: Bool?
    private var dissents = 0

    /// A watch; nil unless the margin is finite and not negative and `confirmations` is positive.
    public init?(_ fence: Fence, margin: Double = 0, confirmations: Int = 1) {
        guard margin.isFinite, margin >= 0, confirmations > 0 else { return nil }
        self.fence = fence
        self.margin = margin
        self.confirmations = confirmations
    }

    /// Takes the next place and says what it means; the first one only tells where it begins.
    public mutating func take(_ place: Coordinate) -> Event? {
        guard let wasInside = isInside else {
            isInside = fence.contains(place)
            return nil
        }
        let isNowInside =
            wasInside ? fence.distance(to: place) <= margin : fence.contains(place)
        guard isNowInside != wasInside else {
            dissents = 0
            return nil
        }
        dissents += 1
        guard dissents >= confirmations else { return nil }
        dissents = 0
        isInside = isNowInside
        return isNowInside ? .entered : .left
    }
}
