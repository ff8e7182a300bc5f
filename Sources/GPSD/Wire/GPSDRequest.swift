import FairleadWire

/// What a client asks of a gpsd.
///
/// Source: the JSON protocol of gpsd, version 3.
public enum GPSDRequest: Hashable, Sendable {
    case version
    case devices
    /// The state of the watch, or changes to it.
    case watch(WatchChange?)
    case poll
    /// The state of a device, or a wish to change it.
    case device(DeviceChange?)
    /// A request that is none of these, as it was sent.
    case unknown(String)
    /// A known request whose argument is wrong, and what is wrong with it.
    case malformed(String)
    /// A request that is longer than any; nothing that follows counts.
    case tooLong
    /// Another protocol speaks: the connection is of no use.
    case foreign
}

/// What a client changes in its watch; what it leaves out has its own rules.
public struct WatchChange: Hashable, Sendable {
    public var enable: Bool?
    public var json: Bool?
    public var nmea: Bool?
    public var raw: Int?
    public var scaled: Bool?
    public var split24: Bool?
    public var timing: Bool?
    public var pps: Bool?
    /// The only device that is to be watched.
    public var device: String?

    public init() {}

    init?(_ value: JSONValue) {
        guard case .object = value else { return nil }
        enable = value["enable"]?.bool
        json = value["json"]?.bool
        nmea = value["nmea"]?.bool
        raw = value["raw"]?.integer
        scaled = value["scaled"]?.bool
        split24 = value["split24"]?.bool
        timing = value["timing"]?.bool
        pps = value["pps"]?.bool
        device = value["device"]?.string
    }
}

/// What a client wishes of a device.
public struct DeviceChange: Hashable, Sendable {
    public var path: String?
    /// Bits a second.
    public var speed: Int?
    /// 0: NMEA; 1: the receiver's own protocol.
    public var native: Int?
    /// Seconds between reports.
    public var cycle: Double?
    public var parity: String?
    public var stopBits: Int?

    public init() {}

    init?(_ value: JSONValue) {
        guard case .object = value else { return nil }
        path = value["path"]?.string
        speed = value["bps"]?.integer
        native = value["native"]?.integer
        cycle = value["cycle"]?.number
        parity = value["parity"]?.string
        stopBits = value["stopbits"]?.integer
    }

    /// Whether it asks for a change, not only for the state.
    public var isChange: Bool {
        speed != nil || native != nil || cycle != nil || parity != nil || stopBits != nil
    }
}
