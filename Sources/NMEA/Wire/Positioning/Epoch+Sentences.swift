// What each sentence adds to its epoch. Ranks say whose word counts: GGA names the quality of the
// fix more finely than the mode letters, which older revisions know only in part; and GST is the
// receiver's own statistics of this fix, which makers' estimates are not. What cannot be, a
// dilution below zero or a direction beyond the circle, is not taken; the rest of its sentence is.

private let knot = 1852.0 / 3600
private let kilometreAnHour = 1 / 3.6
private let foot = 0.3048

extension Epoch {
    mutating func add(_ gga: GGA) {
        if let quality = gga.quality { witness(.gga, quality != 0) }
        quality(gga.quality.flatMap { Fix.Quality(gga: $0) }, rank: 9)
        used(gga.satellitesUsed)
        guard gga.quality != 0 else { return }
        place(gga.latitude, gga.longitude)
        altitude(gga.altitude, separation: gga.geoidSeparation)
        fix.dilution.horizontal = fix.dilution.horizontal ?? gga.hdop?.amount
        // A station without an age is what receivers write that have no corrections.
        if gga.correctionAge != nil || fix.quality != .gps {
            corrections(age: gga.correctionAge, station: gga.station)
        }
    }

    mutating func add(_ gns: GNS) {
        let best = best(gns.modes)
        if let best { witness(.gns, best != .notValid) }
        quality(best.flatMap { Fix.Quality($0) }, rank: 8)
        used(gns.satellitesUsed)
        guard best != .notValid else { return }
        place(gns.latitude, gns.longitude)
        altitude(gns.altitude, separation: gns.geoidSeparation)
        fix.dilution.horizontal = fix.dilution.horizontal ?? gns.hdop?.amount
        corrections(age: gns.correctionAge, station: gns.station)
    }

    mutating func add(_ rmc: RMC) {
        let isValid = isValid(rmc.status, rmc.mode)
        if let isValid { witness(.rmc, isValid) }
        quality(rmc.mode.flatMap { Fix.Quality($0) }, rank: 5)
        variation(rmc.magneticVariation)
        guard isValid != false else { return }
        place(rmc.latitude, rmc.longitude)
        speed(rmc.speedKnots, unit: knot)
        course(rmc.course)
    }

    mutating func add(_ gll: GLL) {
        let isValid = isValid(gll.status, gll.mode)
        if let isValid { witness(.gll, isValid) }
        quality(gll.mode.flatMap { Fix.Quality($0) }, rank: 4)
        if isValid != false { place(gll.latitude, gll.longitude) }
    }

    mutating func add(_ vtg: VTG) {
        if let mode = vtg.mode { witness(.vtg, mode != .notValid) }
        guard vtg.mode != .notValid else { return }
        quality(vtg.mode.flatMap { Fix.Quality($0) }, rank: 3)
        speed(vtg.speedKnots, unit: knot, isTimed: false)
        speed(vtg.speedKmh, unit: kilometreAnHour, isTimed: false)
        course(vtg.courseTrue, isTimed: false)
    }

    mutating func add(_ gsa: GSA) {
        guard let mode = gsa.fix.flatMap({ Fix.Mode(rawValue: $0) }) else { return }
        witness(.gsa, mode != .none)
        noteGSA()
        state(mode)
        guard mode != .none else { return }
        fix.dilution.position = gsa.pdop?.amount ?? fix.dilution.position
        fix.dilution.horizontal = gsa.hdop?.amount ?? fix.dilution.horizontal
        fix.dilution.vertical = gsa.vdop?.amount ?? fix.dilution.vertical
    }

    mutating func add(_ gst: GST) {
        var estimate = ErrorEstimate(source: .statistics)
        estimate.semiMajor = gst.semiMajorError?.amount
        estimate.semiMinor = gst.semiMinorError?.amount
        estimate.orientation = gst.orientation?.value(in: 0...360)
        add(estimate, gst.latitudeError, gst.longitudeError, gst.altitudeError, rank: 9)
    }

    mutating func add(_ gbs: GBS) {
        let estimate = ErrorEstimate(source: .expected)
        add(estimate, gbs.latitudeError, gbs.longitudeError, gbs.altitudeError, rank: 3)
    }

    private mutating func add(
        _ estimate: ErrorEstimate, _ latitude: NMEANumber?, _ longitude: NMEANumber?,
        _ altitude: NMEANumber?, rank: Rank
    ) {
        guard latitude != nil || longitude != nil || altitude != nil else { return }
        var estimate = estimate
        estimate.latitude = latitude?.amount
        estimate.longitude = longitude?.amount
        estimate.altitude = altitude?.amount
        if let north = estimate.latitude, let east = estimate.longitude {
            estimate.horizontal = (north * north + east * east).squareRoot()
        }
        errors(estimate, rank: rank)
    }

    /// Whether a sentence says that its position is valid; nil when it says nothing.
    ///
    /// The status of navigation is not asked: most receivers say V there, for that they do not
    /// judge the safety of navigation.
    private func isValid(_ status: Status?, _ mode: ModeIndicator?) -> Bool? {
        if status == .warning || mode == .notValid { return false }
        return status == .valid || mode != nil ? true : nil
    }

    /// The best mode of several systems; nil when there is none.
    private func best(_ modes: String?) -> ModeIndicator? {
        guard let modes else { return nil }
        let order: [ModeIndicator] = [
            .fixedRTK, .floatRTK, .precise, .differential, .autonomous, .estimated, .manual,
            .simulator, .notValid,
        ]
        return order.first { modes.utf8.contains($0.rawValue) }
    }
}

extension Epoch {
    mutating func add(_ pubx: PUBX00) {
        let status = pubx.status ?? ""
        let hasFix = status != "NF" && status != "TT" && !status.isEmpty
        if !status.isEmpty { witness(.maker, hasFix) }
        used(pubx.satellitesUsed)
        guard hasFix else { return }
        state(status == "G2" || status == "D2" ? .twoDimensional : .threeDimensional)
        quality(Fix.Quality(pubx: status), rank: 6)
        place(pubx.latitude, pubx.longitude)
        ellipsoidal(pubx.altitude?.value)
        speed(pubx.speedKmh, unit: kilometreAnHour)
        course(pubx.course)
        fix.climb = pubx.sinkRate.map { -$0.value } ?? fix.climb
        corrections(age: pubx.correctionAge, station: nil)
        fix.dilution.horizontal = fix.dilution.horizontal ?? pubx.hdop?.amount
        fix.dilution.vertical = fix.dilution.vertical ?? pubx.vdop?.amount
        fix.dilution.time = pubx.tdop?.amount ?? fix.dilution.time
        var estimate = ErrorEstimate(source: .maker)
        estimate.horizontal = pubx.horizontalAccuracy?.amount
        estimate.altitude = pubx.verticalAccuracy?.amount
        errors(estimate, rank: 6)
    }

    mutating func add(_ pgrmf: PGRMF) {
        if let fix = pgrmf.fix { witness(.maker, fix != 0) }
        guard pgrmf.fix != 0 else { return }
        if let fix = pgrmf.fix { state(fix == 1 ? .twoDimensional : .threeDimensional) }
        place(pgrmf.latitude, pgrmf.longitude)
        speed(pgrmf.speedKmh, unit: kilometreAnHour)
        course(pgrmf.course)
        fix.dilution.position = fix.dilution.position ?? pgrmf.pdop?.amount
        fix.dilution.time = pgrmf.tdop?.amount ?? fix.dilution.time
    }

    /// Garmin's errors are those that half of all positions keep: a standard deviation is 1.20
    /// times as much on the ground and 1.48 times as much in height.
    mutating func add(_ pgrme: PGRME) {
        var estimate = ErrorEstimate(source: .maker)
        estimate.horizontal = (pgrme.horizontalError?.amount).map { $0 * 1.2011 }
        estimate.altitude = (pgrme.verticalError?.amount).map { $0 * 1.4826 }
        if estimate.horizontal != nil || estimate.altitude != nil { errors(estimate, rank: 5) }
    }

    mutating func add(_ pgrmz: PGRMZ) {
        if let mode = pgrmz.fix.flatMap({ Fix.Mode(rawValue: $0) }), mode != .none { state(mode) }
        if fix.altitude == nil, let feet = pgrmz.altitudeFeet {
            fix.altitude = feet.value * foot
        }
    }

    mutating func add(_ psrf: PSRFEPE) {
        if let status = psrf.status { witness(.maker, status == .valid) }
        guard psrf.status == .valid else { return }
        var estimate = ErrorEstimate(source: .maker)
        estimate.horizontal = psrf.horizontalError?.amount
        estimate.altitude = psrf.verticalError?.amount
        if estimate.horizontal != nil { errors(estimate, rank: 6) }
    }

    mutating func add(_ pqtm: PQTMEPE) {
        var estimate = ErrorEstimate(source: .maker)
        estimate.latitude = pqtm.northError?.amount
        estimate.longitude = pqtm.eastError?.amount
        estimate.altitude = pqtm.downError?.amount
        estimate.horizontal = pqtm.horizontalError?.amount
        if estimate.horizontal != nil { errors(estimate, rank: 6) }
    }

    mutating func add(_ pqtm: PQTMVEL) {
        speed(pqtm.speed, unit: 1)
        course(pqtm.course)
        fix.climb = pqtm.down.map { -$0.value } ?? fix.climb
    }

    mutating func add(_ ptnl: PTNLGGK) {
        if let quality = ptnl.quality { witness(.maker, quality != 0) }
        used(ptnl.satellitesUsed)
        guard ptnl.quality != 0 else { return }
        quality(Fix.Quality(ptnl: ptnl.quality), rank: 6)
        place(ptnl.latitude, ptnl.longitude)
        if let height = ptnl.height, height.hasPrefix("EHT") {
            ellipsoidal(Double(height.dropFirst(3)).flatMap { abs($0) < 1e8 ? $0 : nil })
        }
        fix.dilution.position = fix.dilution.position ?? ptnl.dop?.amount
    }

    mutating func add(_ psti: PSTI030) {
        if let isValid = isValid(psti.status, psti.mode) { witness(.maker, isValid) }
        guard isValid(psti.status, psti.mode) != false else { return }
        quality(psti.mode.flatMap { Fix.Quality($0) }, rank: 6)
        place(psti.latitude, psti.longitude)
        altitude(psti.altitude, separation: nil)
        fix.climb = psti.upVelocity?.value ?? fix.climb
        corrections(age: psti.correctionAge, station: nil)
    }
}

extension Fix.Quality {
    /// From the quality of GGA; NovAtel writes 9 for corrections by SBAS.
    fileprivate init?(gga quality: UInt8) {
        guard let quality = quality == 9 ? .differential : Self(rawValue: quality) else {
            return nil
        }
        self = quality
    }

    /// From the mode letter of revision 2.3 and later.
    init?(_ mode: ModeIndicator) {
        switch mode {
        case .autonomous: self = .gps
        case .differential: self = .differential
        case .precise: self = .precise
        case .fixedRTK: self = .rtkFixed
        case .floatRTK: self = .rtkFloat
        case .estimated: self = .deadReckoning
        case .manual: self = .manual
        case .simulator: self = .simulated
        default: return nil
        }
    }

    /// From the status of PUBX 00.
    fileprivate init?(pubx status: String) {
        switch status {
        case "DR": self = .deadReckoning
        case "G2", "G3", "RK": self = .gps
        case "D2", "D3": self = .differential
        default: return nil
        }
    }

    /// From the quality of PTNL GGK.
    fileprivate init?(ptnl quality: UInt8?) {
        switch quality {
        case 1: self = .gps
        case 2: self = .rtkFloat
        case 3: self = .rtkFixed
        case 4, 5: self = .differential
        default: return nil
        }
    }
}
