// The one JSON form of what receivers say, for files, streams and pages alike. Names are written
// out, units are those of the values (metres, seconds, degrees), what is not known is left out.
// Degrees have nine decimals: a tenth of a millimetre.

import FairleadWire

extension PositioningEvent {
    /// Writes the event as an object whose `event` says what it is.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .position(let fix): write("position", fix, &json)
            case .noFix(let fix): write("noFix", fix, &json)
            case .movement(let fix): write("movement", fix, &json)
            case .satellites(let sky):
                json.member("event", "satellites")
                sky.writeMembers(to: &json)
            case .time(let report):
                json.member("event", "time")
                report.writeMembers(to: &json)
            case .heading(let heading):
                json.member("event", "heading")
                heading.writeMembers(to: &json)
            case .identity(let identity):
                json.member("event", "identity")
                identity.writeMembers(to: &json)
            }
        }
    }

    private func write(_ name: String, _ fix: Fix, _ json: inout JSONWriter) {
        json.member("event", name)
        fix.writeMembers(to: &json)
    }
}

extension Fix {
    /// Writes what is known as members of an object that is open.
    public func writeMembers(to json: inout JSONWriter) {
        if !device.isEmpty { json.member("device", device) }
        json.member("received", received?.description)
        json.member("time", utc?.description)
        if utc == nil { json.member("timeOfDay", time?.description) }
        dateDoubt?.writeMember(to: &json)
        json.member("mode", mode.rawValue)
        json.member("quality", quality?.name)
        json.member("latitude", position?.latitude, decimals: 9)
        json.member("longitude", position?.longitude, decimals: 9)
        json.member("datum", datum)
        json.member("altitude", altitude, decimals: 4)
        json.member("ellipsoidalAltitude", ellipsoidalAltitude, decimals: 4)
        json.member("geoidSeparation", geoidSeparation, decimals: 4)
        json.member("speed", speed, decimals: 4)
        if isSpeedComputed { json.member("isSpeedComputed", true) }
        json.member("course", course, decimals: 4)
        json.member("climb", climb, decimals: 4)
        if isClimbComputed { json.member("isClimbComputed", true) }
        json.member("magneticVariation", magneticVariation, decimals: 4)
        json.member("heading", heading, decimals: 4)
        dilution.writeMember(to: &json)
        errors?.writeMember(to: &json)
        json.member("correctionAge", correctionAge, decimals: 3)
        json.member("correctionStation", correctionStation)
        json.member("satellitesUsed", satellitesUsed)
        json.member("satellitesSeen", satellitesSeen)
        if isAmended { json.member("isAmended", true) }
    }
}

extension Fix.Quality {
    /// As the JSON form writes it.
    public var name: String {
        switch self {
        case .gps: "gps"
        case .differential: "differential"
        case .precise: "precise"
        case .rtkFixed: "rtkFixed"
        case .rtkFloat: "rtkFloat"
        case .deadReckoning: "deadReckoning"
        case .manual: "manual"
        case .simulated: "simulated"
        }
    }
}

extension Dilution {
    fileprivate func writeMember(to json: inout JSONWriter) {
        if self == Dilution() { return }
        json.key("dilution")
        json.object { json in
            json.member("horizontal", horizontal, decimals: 3)
            json.member("vertical", vertical, decimals: 3)
            json.member("position", position, decimals: 3)
            json.member("time", time, decimals: 3)
            json.member("geometric", geometric, decimals: 3)
        }
    }
}

extension ErrorEstimate {
    fileprivate func writeMember(to json: inout JSONWriter) {
        json.key("errors")
        json.object { json in
            json.member("source", "\(source)")
            json.member("horizontal", horizontal, decimals: 4)
            json.member("latitude", latitude, decimals: 4)
            json.member("longitude", longitude, decimals: 4)
            json.member("altitude", altitude, decimals: 4)
            json.member("semiMajor", semiMajor, decimals: 4)
            json.member("semiMinor", semiMinor, decimals: 4)
            json.member("orientation", orientation, decimals: 2)
        }
    }
}

extension DateDoubt {
    fileprivate func writeMember(to json: inout JSONWriter) {
        json.key("dateDoubt")
        json.object { json in
            json.member("weeks", weeks)
            json.member("isCorrected", isCorrected)
        }
    }
}

extension Sky {
    /// Writes what is known as members of an object that is open.
    public func writeMembers(to json: inout JSONWriter) {
        if !device.isEmpty { json.member("device", device) }
        json.member("time", time?.description)
        json.key("satellites")
        json.array { json in
            for satellite in satellites { satellite.write(to: &json) }
        }
    }
}

extension Satellite {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("constellation", id.constellation.description)
            json.member("number", id.number)
            json.member("nmeaNumber", nmeaNumber)
            json.member("elevation", elevation, decimals: 2)
            json.member("azimuth", azimuth, decimals: 2)
            json.member("isUsed", isUsed)
            json.key("signals")
            json.array { json in
                for index in 0..<signals.count {
                    guard let signal = signals[index] else { continue }
                    json.object { json in
                        json.member("id", signal.id)
                        json.member("name", signal.name(in: id.constellation))
                        json.member("strength", Double(signal.strength), decimals: 1)
                    }
                }
            }
        }
    }
}

extension TimeReport {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        if !device.isEmpty { json.member("device", device) }
        json.member("received", received?.description)
        json.member("time", time.description)
        json.member("isFromFix", isFromFix)
        doubt?.writeMember(to: &json)
    }
}

extension Heading {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        if !device.isEmpty { json.member("device", device) }
        json.member("received", received?.description)
        json.member("degrees", degrees, decimals: 4)
        json.member("magnetic", magnetic, decimals: 4)
        json.member("variation", variation, decimals: 4)
        json.member("roll", roll, decimals: 4)
        json.member("pitch", pitch, decimals: 4)
    }
}

extension ReceiverIdentity {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        if !device.isEmpty { json.member("device", device) }
        json.member("vendor", vendor)
        json.member("product", product)
        json.member("firmware", firmware)
        json.member("text", text)
    }
}
