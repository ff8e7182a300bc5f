import FairleadNMEAWire
import FairleadWire

/// A device as gpsd reports it.
public struct GPSDDevice: Hashable, Sendable {
    /// The node, or what else names it.
    public var path: String
    /// When it last sent something; nil while it is not there.
    public var activated: UTCTime?
    /// `NMEA0183`, `u-blox` …; nil before it is known.
    public var driver: String?
    public var subtype: String?
    /// Bits a second; nil where there is no line.
    public var speed: Int?
    /// `N`, `E` or `O`.
    public var parity = "N"
    public var stopBits = 1
    /// Seconds between two epochs.
    public var cycle: Double?

    public init(path: String) { self.path = path }

    /// What it has sent: 1, positions.
    private static let seenGPS = 1

    /// Writes the members of a DEVICE object that is open.
    func writeMembers(to json: inout JSONWriter) {
        json.member("class", "DEVICE")
        json.member("path", path)
        json.member("driver", driver)
        json.member("subtype", subtype)
        json.member("activated", activated?.description)
        if activated == nil { json.member("activated", 0) }
        if driver != nil { json.member("flags", Self.seenGPS) }
        guard let speed else { return }
        json.member("native", 0)
        json.member("bps", speed)
        json.member("parity", parity)
        json.member("stopbits", stopBits)
        json.member("cycle", cycle, decimals: 2)
    }
}
