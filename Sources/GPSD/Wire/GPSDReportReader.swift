import FairleadNMEAWire
import FairleadWire

/// Reads what a gpsd reports.
public enum GPSDReportReader {
    /// The events that a report makes: one, or none for what is not of positions.
    public static func events(of report: JSONValue, received: UTCTime?) -> [PositioningEvent] {
        switch report["class"]?.string {
        case "TPV":
            let fix = fix(report, received)
            return [fix.position == nil ? .noFix(fix) : .position(fix)]
        case "SKY":
            guard report["satellites"]?.array != nil else { return [] }
            return [.satellites(sky(report))]
        case "ATT": return heading(report, received).map { [.heading($0)] } ?? []
        default: return []
        }
    }

    private static func fix(_ report: JSONValue, _ received: UTCTime?) -> Fix {
        var fix = Fix()
        fix.device = report["device"]?.string ?? ""
        fix.received = received
        let time = report["time"]?.string.flatMap { UTCTime($0) }
        (fix.date, fix.time) = (time?.date, time?.time)
        fix.magneticVariation = report["magvar"]?.number
        let mode = report["mode"]?.integer.flatMap { Fix.Mode(exactly: $0) } ?? .none
        guard mode >= .twoDimensional, let latitude = report["lat"]?.number,
            let longitude = report["lon"]?.number,
            let place = Coordinate(latitude: latitude, longitude: longitude)
        else { return fix }
        fix.mode = mode
        fix.position = place
        fix.quality = quality(report["status"]?.integer)
        fix.ellipsoidalAltitude = report["altHAE"]?.number
        fix.altitude = report["altMSL"]?.number ?? report["alt"]?.number
        fix.geoidSeparation = report["geoidSep"]?.number
        fix.speed = report["speed"]?.number
        fix.course = report["track"]?.number
        fix.climb = report["climb"]?.number
        fix.correctionAge = report["dgpsAge"]?.number
        fix.correctionStation = report["dgpsSta"]?.integer.flatMap { UInt16(exactly: $0) }
        fix.errors = errors(report)
        return fix
    }

    /// gpsd tells errors of 95 per cent; here they are standard deviations.
    private static func errors(_ report: JSONValue) -> ErrorEstimate? {
        var estimate = ErrorEstimate(source: .maker)
        estimate.longitude = report["epx"]?.number.map { $0 / 1.96 }
        estimate.latitude = report["epy"]?.number.map { $0 / 1.96 }
        estimate.altitude = report["epv"]?.number.map { $0 / 1.96 }
        estimate.horizontal = report["eph"]?.number.map { $0 / 1.96 }
        return estimate == ErrorEstimate(source: .maker) ? nil : estimate
    }

    private static func quality(_ status: Int?) -> Fix.Quality {
        switch status {
        case 2: .differential
        case 3: .rtkFixed
        case 4: .rtkFloat
        case 5, 6: .deadReckoning
        case 8: .simulated
        case 9: .precise
        default: .gps
        }
    }

    private static func sky(_ report: JSONValue) -> Sky {
        var sky = Sky()
        sky.device = report["device"]?.string ?? ""
        sky.time = report["time"]?.string.flatMap { UTCTime($0) }
        for value in (report["satellites"]?.array ?? []).prefix(256) {
            guard let number = value["PRN"]?.integer.flatMap({ UInt16(exactly: $0) }),
                let id = id(value, number)
            else { continue }
            var satellite = Satellite(id: id, nmeaNumber: number)
            satellite.elevation = value["el"]?.number
            satellite.azimuth = value["az"]?.number
            satellite.isUsed = value["used"]?.bool ?? false
            if let strength = value["ss"]?.number, strength > 0, strength < 100 {
                satellite.signals.append(SatelliteSignal(id: nil, strength: Float(strength)))
            }
            sky.satellites.append(satellite)
        }
        return sky
    }

    private static func id(_ value: JSONValue, _ number: UInt16) -> SatelliteID? {
        guard let system = value["gnssid"]?.integer.flatMap({ UInt8(exactly: $0) }),
            let constellation = Constellation(rawValue: system),
            let own = value["svid"]?.integer.flatMap({ UInt16(exactly: $0) })
        else { return SatelliteID(numbered: number, in: nil) }
        return SatelliteID(constellation, own)
    }

    private static func heading(_ report: JSONValue, _ received: UTCTime?) -> Heading? {
        var heading = Heading()
        heading.device = report["device"]?.string ?? ""
        heading.received = received
        heading.degrees = report["heading"]?.number
        heading.magnetic = report["mheading"]?.number
        heading.pitch = report["pitch"]?.number
        heading.roll = report["roll"]?.number
        return heading.degrees == nil && heading.magnetic == nil ? nil : heading
    }
}

extension Fix.Mode {
    init?(exactly number: Int) {
        guard let raw = UInt8(exactly: number), let mode = Fix.Mode(rawValue: raw) else {
            return nil
        }
        self = mode
    }
}
