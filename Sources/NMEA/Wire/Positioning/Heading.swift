/// Where the bow points: not where the way leads, which is the course.
public struct Heading: Hashable, Sendable {
    /// The device that says so, by the name that its assembler was given.
    public var device = ""
    /// The system time at which it came.
    public var received: UTCTime?
    /// Degrees from true north: measured, or the magnetic heading with the variation.
    public var degrees: Double?
    /// Degrees from magnetic north, with the deviation taken into account.
    public var magnetic: Double?
    /// Degrees that magnetic north lies east of true north.
    public var variation: Double?
    /// Degrees, positive with the port side up.
    public var roll: Double?
    /// Degrees, positive with the bow up.
    public var pitch: Double?

    public init() {}
}
