/// The marks of a write queue and what happens at its limit.
public struct WriteLimits: Hashable, Sendable {
    /// What happens to a write that would exceed `maximum`.
    public enum Policy: Hashable, Sendable {
        /// The connection ends with `limitReached`.
        case disconnect
        /// The write is dropped, and counted.
        case drop
        /// What waits is dropped, whole writes only, and the new write takes its place.
        case conflate
    }

    /// Bytes queued at which `writeBlocked` is called.
    public var highWater: Int
    /// Bytes queued at which `writeReady` is called after that.
    public var lowWater: Int
    /// Bytes that are ever queued.
    public var maximum: Int
    public var policy: Policy

    public init(
        highWater: Int = 64 * 1024, lowWater: Int = 16 * 1024, maximum: Int = 16 * 1024 * 1024,
        policy: Policy = .disconnect
    ) {
        self.highWater = highWater
        self.lowWater = min(lowWater, highWater)
        self.maximum = max(maximum, highWater)
        self.policy = policy
    }
}
