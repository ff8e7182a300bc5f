import FairleadNMEAWire
import FairleadWire

extension GPSDReports {
    /// Time, position and velocity.
    ///
    /// - Parameters:
    ///   - path: the device by the name that clients know.
    ///   - geometry: of the satellites in use, for the errors in longitude and latitude.
    public static func tpv(_ fix: Fix, path: String, geometry: SkyGeometry? = nil) -> [UInt8] {
        line { json in
            json.member("class", "TPV")
            json.member("device", path)
            if let status = status(fix.quality) { json.member("status", status) }
            json.member("mode", fix.mode.rawValue)
            json.member("time", fix.utc?.description)
            if fix.utc != nil { json.member("ept", 0.005, decimals: 3) }
            guard fix.mode >= .twoDimensional, let place = fix.position else { return }
            position(fix, place, GPSDErrors(fix, geometry), &json)
        }
    }

    private static func position(
        _ fix: Fix, _ place: Coordinate, _ errors: GPSDErrors, _ json: inout JSONWriter
    ) {
        json.member("lat", place.latitude, decimals: 9)
        json.member("lon", place.longitude, decimals: 9)
        json.member("altHAE", fix.ellipsoidalAltitude, decimals: 4)
        json.member("altMSL", fix.altitude, decimals: 4)
        json.member("alt", fix.altitude ?? fix.ellipsoidalAltitude, decimals: 4)
        json.member("epx", errors.longitude, decimals: 3)
        json.member("epy", errors.latitude, decimals: 3)
        json.member("epv", errors.vertical, decimals: 3)
        json.member("track", fix.course, decimals: 4)
        if let course = fix.course, let variation = fix.magneticVariation {
            let magnetic = (course - variation).truncatingRemainder(dividingBy: 360)
            json.member("magtrack", magnetic < 0 ? magnetic + 360 : magnetic, decimals: 4)
        }
        json.member("magvar", fix.magneticVariation, decimals: 1)
        json.member("speed", fix.speed, decimals: 3)
        if fix.mode == .threeDimensional {
            json.member("climb", fix.climb, decimals: 3)
            if let center = fix.earthCentered, fix.ellipsoidalAltitude != nil {
                json.member("ecefx", center.x, decimals: 2)
                json.member("ecefy", center.y, decimals: 2)
                json.member("ecefz", center.z, decimals: 2)
            }
            json.member("geoidSep", fix.geoidSeparation, decimals: 3)
        }
        json.member("eph", errors.horizontal, decimals: 3)
        json.member("sep", errors.spherical, decimals: 3)
        json.member("datum", fix.datum)
        json.member("dgpsAge", fix.correctionAge, decimals: 1)
        json.member("dgpsSta", fix.correctionStation)
    }

    /// The status number; nil for what gpsd leaves out.
    private static func status(_ quality: Fix.Quality?) -> Int? {
        switch quality {
        case .differential: 2
        case .rtkFixed: 3
        case .rtkFloat: 4
        case .deadReckoning: 5
        case .simulated: 8
        case .precise: 9
        case .gps, .manual, nil: nil
        }
    }

    /// Pseudorange error statistics; nil when the receiver tells none.
    public static func gst(_ fix: Fix, path: String) -> [UInt8]? {
        guard let errors = fix.errors, errors.source == .statistics else { return nil }
        return line { json in
            json.member("class", "GST")
            json.member("device", path)
            json.member("time", fix.utc?.description)
            json.member("major", errors.semiMajor, decimals: 3)
            json.member("minor", errors.semiMinor, decimals: 3)
            json.member("orient", errors.orientation, decimals: 3)
            json.member("lat", errors.latitude, decimals: 3)
            json.member("lon", errors.longitude, decimals: 3)
            json.member("alt", errors.altitude, decimals: 3)
        }
    }

    /// Attitude.
    public static func att(_ heading: Heading, path: String) -> [UInt8] {
        line { json in
            json.member("class", "ATT")
            json.member("device", path)
            json.member("time", heading.received?.description)
            json.member("heading", heading.degrees, decimals: 4)
            json.member("mheading", heading.magnetic, decimals: 4)
            json.member("pitch", heading.pitch, decimals: 4)
            json.member("roll", heading.roll, decimals: 4)
        }
    }

    /// The offset between the receiver's time and the system's when it came.
    public static func toff(_ report: TimeReport, path: String) -> [UInt8]? {
        guard let received = report.received else { return nil }
        return line { json in
            json.member("class", "TOFF")
            json.member("device", path)
            for (name, time) in [("real", report.time), ("clock", received)] {
                let nanoseconds = time.nanosecondsSince1970
                json.member("\(name)_sec", nanoseconds / 1_000_000_000)
                json.member("\(name)_nsec", nanoseconds % 1_000_000_000)
            }
        }
    }
}
