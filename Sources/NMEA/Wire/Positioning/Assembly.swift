// What FixAssembler keeps. A value of its own, so that one sentence costs one check of exclusive
// access, not one for each field that it touches; and without callbacks, which could come back
// into it. What follows from a sentence is appended to a list.

/// The state of an assembler, and what each sentence does to it.
struct Assembly {
    /// Who sent a sentence, and when.
    struct Arrival {
        var talker: Talker
        var received: UTCTime?
    }

    let device: String
    /// What is to be told.
    var events: [PositioningEvent] = []
    private var epoch = Epoch()
    /// The places of the sentences in this epoch, one bit each.
    private var present: UInt64 = 0
    private var last: CycleLearner.Place?
    private var countOfGSA = 0
    private var isEmitted = false
    private var isDirty = false
    /// Between the beginnings of two epochs by the system's time, in nanoseconds.
    private var period: Int64?

    private var learner = CycleLearner()
    private var memory = FixMemory()
    private var now = FixMemory.Moment()
    private var dates = DateKeeper()
    private var rollover = RolloverCheck()
    private var identity = IdentityKeeper()
    private var tracker = SatelliteTracker()
    /// The newest time of day.
    private var clock: NMEATime?
    private var toldTime: NMEATime?
    private var hasFix = false
    /// All sets of GSV have come, and the GSA of the same epoch has not.
    private var owesSky = false

    init(device: String) {
        self.device = device
        epoch.fix.device = device
        identity.name(device)
    }

    var earliest: NMEADate? {
        get { rollover.earliest }
        set { rollover.earliest = newValue }
    }

    /// Takes a sentence; true when there is something to tell.
    mutating func take(_ sentence: Sentence, _ arrival: Arrival) -> Bool {
        if !takeStandard(sentence, arrival) { takeOther(sentence, arrival) }
        return !events.isEmpty
    }

    /// Sends out the epoch that is going on; true when there is something to tell.
    mutating func flush() -> Bool {
        if isDirty { emit() }
        return !events.isEmpty
    }
}

extension Assembly {
    /// The sentences that most receivers send; false for all others.
    @inline(__always)
    private mutating func takeStandard(
        _ sentence: Sentence, _ arrival: Arrival
    ) -> Bool {
        switch sentence {
        case .gsv(let gsv):
            take(gsv, arrival)
            return true
        case .gga(let gga): add(.gga, gga.time, arrival) { $0.add(gga) }
        case .rmc(let rmc):
            note(rmc.date, at: rmc.time, rmc.status == .valid)
            add(.rmc, rmc.time, arrival) { $0.add(rmc) }
        case .gsa(let gsa):
            tracker.add(gsa, from: arrival.talker)
            add(.gsa, nil, arrival) { $0.add(gsa) }
        case .vtg(let vtg): add(.vtg, nil, arrival) { $0.add(vtg) }
        case .gll(let gll): add(.gll, gll.time, arrival) { $0.add(gll) }
        case .gns(let gns): add(.gns, gns.time, arrival) { $0.add(gns) }
        case .gst(let gst): add(.gst, gst.time, arrival) { $0.add(gst) }
        case .gbs(let gbs): add(.gbs, gbs.time, arrival) { $0.add(gbs) }
        case .zda(let zda): take(zda, arrival)
        default: return false
        }
        return true
    }

    @inline(never)
    private mutating func takeOther(
        _ sentence: Sentence, _ arrival: Arrival
    ) {
        if let heading = heading(sentence, arrival) { return events.append(.heading(heading)) }
        if identity.take(sentence) { events.append(.identity(identity.identity)) }
        takeMakers(sentence, arrival)
    }

    private mutating func takeMakers(
        _ sentence: Sentence, _ arrival: Arrival
    ) {
        switch sentence {
        case .pubx00(let pubx): add(.pubx00, pubx.time, arrival) { $0.add(pubx) }
        case .pubx03(let pubx):
            if tracker.add(pubx, at: now.time / 1000) { deliverSky() }
        case .pubx04(let pubx):
            note(pubx.date, at: pubx.time, hasFix)
            rollover.leapSeconds = pubx.leapSeconds.flatMap { Int($0) } ?? rollover.leapSeconds
            tell(pubx.time, arrival)
        case .pgrmf(let pgrmf):
            note(pgrmf.date, at: pgrmf.time, pgrmf.fix.map { $0 > 0 } ?? false)
            rollover.leapSeconds = pgrmf.leapSeconds.map { Int($0) } ?? rollover.leapSeconds
            add(.pgrmf, pgrmf.time, arrival) { $0.add(pgrmf) }
        case .pgrme(let pgrme): add(.pgrme, nil, arrival) { $0.add(pgrme) }
        case .pgrmz(let pgrmz): add(.pgrmz, nil, arrival) { $0.add(pgrmz) }
        case .pgrmm(let pgrmm): memory.datum = pgrmm.datum == "WGS 84" ? nil : pgrmm.datum
        case .dtm(let dtm): memory.datum = dtm.datum == "W84" ? nil : dtm.datum
        case .psrfepe(let psrf): add(.psrfepe, psrf.time, arrival) { $0.add(psrf) }
        case .pqtmepe(let pqtm): add(.pqtmepe, nil, arrival) { $0.add(pqtm) }
        case .pqtmvel(let pqtm): add(.pqtmvel, pqtm.time, arrival) { $0.add(pqtm) }
        case .ptnlggk(let ptnl):
            note(ptnl.date, at: ptnl.time, ptnl.quality.map { $0 > 0 } ?? false)
            add(.ptnlggk, ptnl.time, arrival) { $0.add(ptnl) }
        case .psti030(let psti):
            note(psti.date, at: psti.time, psti.status == .valid)
            add(.psti030, psti.time, arrival) { $0.add(psti) }
        default: break
        }
    }

    private mutating func note(_ date: TwoDigitDate?, at time: NMEATime?, _ isReliable: Bool) {
        guard let date, let time else { return }
        dates.note(date, at: time, isReliable: isReliable)
    }

    private mutating func take(
        _ zda: ZDA, _ arrival: Arrival
    ) {
        guard let time = zda.time else { return }
        if let date = zda.date { dates.note(date, at: time, isReliable: hasFix) }
        // An epoch of a receiver that has no fix, and tells the time nowhere else.
        if last != nil, epoch.fix.time == nil { epoch.fix.time = time }
        tell(time, arrival)
    }
}

// Epochs.
extension Assembly {
    /// Adds a sentence to its epoch, which may end the one before and be complete with it.
    @inline(__always)
    private mutating func add(
        _ kind: SentenceKind, _ time: NMEATime?, _ arrival: Arrival, _ add: (inout Epoch) -> Void
    ) {
        var place = learner.place(kind, arrival.talker, kind == .gsa ? countOfGSA : 0)
        if kind != .gsa { tracker.endRunOfGSA() }
        if !belongs(kind, time, place, arrival) {
            next(at: time, arrival)
            if kind == .gsa { place = learner.place(kind, arrival.talker, 0) }
        } else if epoch.fix.time == nil {
            epoch.fix.time = time
        }
        if epoch.fix.received == nil { epoch.fix.received = arrival.received }
        if let time, time != toldTime || !now.hasTime { pass(time, arrival) }
        if kind == .gsa { countOfGSA = min(countOfGSA + 1, 7) }
        if let last, last != place { learner.wasFollowed(last) }
        last = place
        present |= 1 << UInt64(place)
        epoch.newest = arrival.received
        add(&epoch)
        isDirty = true
        if learner.isLast(place) { emit() }
    }

    /// Ends the epoch that is going on and begins the next one.
    @inline(never)
    private mutating func next(at time: NMEATime?, _ arrival: Arrival) {
        if let last { learner.wasLast(last) }
        if isDirty { emit() }
        if owesSky { deliverSky() }
        measurePeriod(until: arrival.received)
        epoch = Epoch()
        epoch.fix.device = device
        epoch.fix.time = time
        (present, last, countOfGSA, isEmitted, isDirty) = (0, nil, 0, false, false)
        now.epoch &+= 1
        now.hasTime = false
    }

    /// Whether a sentence belongs to the epoch that is going on.
    @inline(__always)
    private func belongs(
        _ kind: SentenceKind, _ time: NMEATime?, _ place: CycleLearner.Place, _ arrival: Arrival
    ) -> Bool {
        guard last != nil else { return true }
        let isRepeated = present & 1 << UInt64(place) != 0
        guard let time else {
            if epoch.fix.time == nil, kind != .gsa { return !isRepeated }
            return !comesAfterPause(arrival)
        }
        guard let known = epoch.fix.time else { return !isRepeated }
        return !isRepeated && (time == known || isRounded(time, known))
    }

    /// Whether two times are one: some sentences have fewer decimals than others, rounded or cut.
    private func isRounded(_ time: NMEATime, _ known: NMEATime) -> Bool {
        let difference = known.sinceMidnight - time.sinceMidnight
        // No receiver is faster than a hundred epochs a second.
        if abs(difference) < 10_000_000 { return true }
        return time.nanosecond == 0 && difference > 0 && difference < 1_000_000_000
    }

    /// Whether a sentence without a time comes so late behind a complete epoch that it must be the
    /// first of the next one.
    private func comesAfterPause(_ arrival: Arrival) -> Bool {
        guard isEmitted, !isDirty, let period, let received = arrival.received,
            let newest = epoch.newest
        else { return false }
        let pause = received.nanosecondsSince1970 &- newest.nanosecondsSince1970
        return pause > 20_000_000 && pause > period / 5 * 2
    }

    private mutating func measurePeriod(until received: UTCTime?) {
        guard let received, let before = epoch.fix.received else { return }
        let span = received.nanosecondsSince1970 &- before.nanosecondsSince1970
        if span > 0, span < 20_000_000_000 { period = span }
    }

    /// The receiver's clock shows another time, or an epoch has its first one.
    @inline(never)
    private mutating func pass(_ time: NMEATime, _ arrival: Arrival) {
        now.hasTime = true
        dates.pass(time)
        if let clock {
            let span = (time.sinceMidnight - clock.sinceMidnight) / 1_000_000
            let day = nanosecondsOfDay / 1_000_000
            let ahead = span < -day / 2 ? span + day : span
            now.time &+= max(0, ahead)
        }
        clock = time
        tell(time, arrival)
    }

    private mutating func tell(
        _ time: NMEATime?, _ arrival: Arrival
    ) {
        guard let time, time != toldTime, let day = dates.date(of: time) else { return }
        toldTime = time
        let (date, doubt) = rollover.check(day, system: arrival.received)
        events.append(
            .time(
                TimeReport(
                    device: device, time: UTCTime(date, time), received: arrival.received,
                    isFromFix: hasFix, doubt: doubt)))
    }

    private mutating func emit() {
        var fix = epoch.fix
        fix.isAmended = isEmitted
        (isEmitted, isDirty) = (true, false)
        if let time = fix.time, let day = dates.date(of: time) {
            (fix.date, fix.dateDoubt) = rollover.check(day, system: fix.received)
        }
        fix.satellitesSeen = tracker.seenCount
        if epoch.hasGSA, let named = tracker.usedCount {
            fix.satellitesUsed = max(fix.satellitesUsed ?? 0, named)
        }
        events.append(judged(&fix))
        if owesSky { deliverSky() }
    }

    /// What an epoch is: a position, none, or only a movement.
    private mutating func judged(_ fix: inout Fix) -> PositioningEvent {
        let isFixed = epoch.isFixed
        if isFixed == true, fix.position != nil {
            memory.complete(&fix, epoch, at: now)
            hasFix = true
            return .position(fix)
        }
        memory.completeWithoutFix(&fix, at: now)
        fix.position = nil
        guard isFixed == false else { return .movement(fix) }
        hasFix = false
        fix.quality = nil
        return .noFix(fix)
    }
}

// Satellites and headings.
extension Assembly {
    private mutating func take(_ gsv: GSV, _ arrival: Arrival) {
        tracker.endRunOfGSA()
        guard tracker.add(gsv, from: arrival.talker, at: now.time / 1000) else { return }
        // Which ones are used is known when the epoch's GSA has come.
        if tracker.usedCount == nil || countOfGSA > 0 {
            deliverSky()
        } else {
            owesSky = true
        }
    }

    private mutating func deliverSky() {
        owesSky = false
        var utc: UTCTime?
        if let clock, let day = dates.date(of: clock) {
            utc = UTCTime(rollover.check(day, system: epoch.fix.received).0, clock)
        }
        events.append(.satellites(tracker.current(device, utc)))
    }

    /// The heading that a sentence tells, if it is of those that do.
    private mutating func heading(_ sentence: Sentence, _ arrival: Arrival) -> Heading? {
        var heading = Heading()
        switch sentence {
        case .hdt(let hdt): heading.degrees = hdt.heading?.value
        case .ths(let ths):
            if ths.mode != ModeIndicator(rawValue: UInt8(ascii: "V")) {
                heading.degrees = ths.heading?.value
            }
        case .hdm(let hdm): heading.magnetic = hdm.heading?.value
        case .hdg(let hdg):
            heading.magnetic = hdg.heading.map { $0.value + (hdg.deviation?.value ?? 0) }
            heading.variation = hdg.variation?.value
        case .pashr(let pashr):
            heading.degrees = pashr.heading?.value
            (heading.roll, heading.pitch) = (pashr.roll?.value, pashr.pitch?.value)
        case .ptnlavr(let avr) where avr.quality != 0:
            heading.degrees = avr.yaw?.value
            heading.roll = avr.roll?.value
        case .pqtmtar(let tar) where tar.quality != 0:
            heading.degrees = tar.heading?.value
            (heading.roll, heading.pitch) = (tar.roll?.value, tar.pitch?.value)
        default: return nil
        }
        return completed(heading, arrival)
    }

    private mutating func completed(_ heading: Heading, _ arrival: Arrival) -> Heading? {
        var heading = heading
        heading.device = device
        heading.received = arrival.received
        if let variation = heading.variation { memory.note(variation: variation, at: now) }
        heading.variation = heading.variation ?? memory.variation(at: now)
        if let magnetic = heading.magnetic {
            heading.magnetic = Self.inCircle(magnetic)
            if let variation = heading.variation {
                heading.degrees = Self.inCircle(magnetic + variation)
            }
        } else if let degrees = heading.degrees, let variation = heading.variation {
            heading.magnetic = Self.inCircle(degrees - variation)
        }
        guard heading.degrees != nil || heading.magnetic != nil else { return nil }
        if let degrees = heading.degrees { memory.note(heading: degrees, at: now) }
        return heading
    }

    /// The same direction between 0 and 360 degrees.
    private static func inCircle(_ degrees: Double) -> Double {
        let rest = degrees.truncatingRemainder(dividingBy: 360)
        return rest < 0 ? rest + 360 : rest
    }
}
