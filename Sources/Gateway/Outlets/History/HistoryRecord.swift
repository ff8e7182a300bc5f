import FairleadNMEAWire

/// A place of a device at a time, or that it had none.
public struct HistoryRecord: Hashable, Sendable {
    public var device: String
    public var time: UTCTime
    /// Whether it was "the position" of the gateway then.
    public var isChosen = false
    /// Nil: the fix was lost.
    public var position: Coordinate?
    /// Above the geoid, in metres.
    public var altitude: Double?
    /// In metres a second.
    public var speed: Double?
    /// Over ground, in degrees from true north.
    public var course: Double?
    /// 1 none, 2 two-dimensional, 3 three-dimensional.
    public var mode: Int
    /// As GGA numbers it: 8 is simulated.
    public var quality: Int?
    /// The horizontal error that is expected, in metres.
    public var error: Double?

    public init(device: String, time: UTCTime, mode: Int = 1) {
        self.device = device
        self.time = time
        self.mode = mode
    }

    /// What a fix says; without a time of its own it has that of its arrival.
    init?(_ fix: Fix, of device: String, isChosen: Bool) {
        guard let time = fix.utc ?? fix.received else { return nil }
        self.init(device: device, time: time, mode: Int(fix.mode.rawValue))
        self.isChosen = isChosen
        guard fix.mode != .none, let place = fix.position else {
            mode = 1
            return
        }
        position = place
        altitude = fix.altitude
        speed = fix.speed
        course = fix.course
        quality = fix.quality.map { Int($0.rawValue) }
        error = fix.errors?.horizontal
    }
}
