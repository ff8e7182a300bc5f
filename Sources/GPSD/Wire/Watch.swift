import FairleadWire

/// What a client has asked to be sent.
public struct Watch: Hashable, Sendable {
    public var enable = false
    public var json = false
    public var nmea = false
    /// 0: nothing; 1: packets in hexadecimal; 2: the bytes.
    public var raw = 0
    public var scaled = false
    public var split24 = false
    public var timing = false
    public var pps = false
    /// The only device that is watched; nil for all.
    public var device: String?

    public init() {}

    /// Applies a change by gpsd's rules: who does not say otherwise wants to watch; formats keep
    /// what they were; all else falls back to false, and to all devices.
    public mutating func apply(_ change: WatchChange) {
        enable = change.enable ?? true
        json = change.json ?? json
        nmea = change.nmea ?? nmea
        raw = change.raw.map { min(max($0, 0), 2) } ?? raw
        scaled = change.scaled ?? false
        split24 = change.split24 ?? false
        timing = change.timing ?? false
        pps = change.pps ?? false
        device = change.device
    }

    /// Whether reports of a device are wanted.
    public func includes(_ path: String) -> Bool { device == nil || device == path }

    /// Writes the WATCH report.
    public func write(to report: inout JSONWriter) {
        report.object { json in
            json.member("class", "WATCH")
            json.member("enable", enable)
            json.member("json", self.json)
            json.member("nmea", nmea)
            json.member("raw", raw)
            json.member("scaled", scaled)
            json.member("timing", timing)
            json.member("split24", split24)
            json.member("pps", pps)
            json.member("device", device)
        }
    }
}
