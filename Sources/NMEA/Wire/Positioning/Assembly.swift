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
    private var lastMark: Mark?
    private var countOfGSA = 0
    private var isEmitted = false
    private var isDirty = false
    private var silence = Silence()
    /// Whether the epoch began behind a silence.
    private var isBehindPause = false
    /// A day that a sentence tells, until its epoch has begun.
    private var pendingDate: PendingDate?

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
    /// That GSA belongs to the epoch that comes.
    private var isSkyOfNext = false

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
        silence.end(at: arrival.received)
        if !takeStandard(sentence, arrival) { takeOther(sentence, arrival) }
        return !events.isEmpty
    }

    /// Sends out the epoch that is going on; true when there is something to tell.
    mutating func flush() -> Bool {
        if isDirty { emit() }
        if owesSky { deliverSky() }
        return !events.isEmpty
    }
}

extension Assembly {
    /// A day, and whether the receiver had a fix when it said so.
    private struct PendingDate {
        var date: TwoDigitDate
        var time: NMEATime
        var isReliable: Bool
    }

    /// A sentence as far as epochs are concerned.
    private struct Incoming {
        var kind: SentenceKind
        var time: NMEATime?
        var mark: Mark?
        var place: CycleLearner.Place
        /// Whether the epoch has such a sentence.
        var isPresent: Bool
    }

    /// The sentences that most receivers send; false for all others.
    @inline(__always)
    private mutating func takeStandard(
        _ sentence: Sentence, _ arrival: Arrival
    ) -> Bool {
        switch sentence {
        case .gsv(let gsv):
            take(gsv, arrival)
            return true
        case .gga(let gga):
            add(.gga, gga.time, arrival, marked: Mark(gga)) {
                $0.add(gga)
            }
        case .rmc(let rmc):
            note(rmc.date, at: rmc.time, rmc.status == .valid)
            add(.rmc, rmc.time, arrival, marked: Mark(rmc)) {
                $0.add(rmc)
            }
        case .gsa(let gsa): take(gsa, arrival)
        case .vtg(let vtg): add(.vtg, nil, arrival, marked: Mark(vtg)) { $0.add(vtg) }
        case .gll(let gll):
            add(.gll, gll.time, arrival, marked: Mark(gll)) {
                $0.add(gll)
            }
        case .gns(let gns):
            add(.gns, gns.time, arrival, marked: Mark(gns)) {
                $0.add(gns)
            }
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
        if identity.take(sentence) { events.append(.identity(identity.identity)) }
        if let heading = heading(sentence, arrival) { return events.append(.heading(heading)) }
        takeMakers(sentence, arrival)
    }

    private mutating func takeMakers(
        _ sentence: Sentence, _ arrival: Arrival
    ) {
        switch sentence {
        case .pubx00(let pubx):
            add(.pubx00, pubx.time, arrival, marked: Mark(pubx)) { $0.add(pubx) }
        case .pubx03(let pubx):
            if tracker.add(pubx, at: now.time / 1000) { deliverSky() }
        case .pubx04(let pubx):
            note(pubx.date, at: pubx.time, hasFix)
            applyDate()
            rollover.leapSeconds = pubx.leapSeconds.flatMap { Int($0) } ?? rollover.leapSeconds
            tell(pubx.time, arrival)
        case .pgrmf(let pgrmf):
            note(pgrmf.date, at: pgrmf.time, pgrmf.fix.map { $0 > 0 } ?? false)
            rollover.leapSeconds = pgrmf.leapSeconds.map { Int($0) } ?? rollover.leapSeconds
            add(.pgrmf, pgrmf.time, arrival, marked: Mark(pgrmf)) { $0.add(pgrmf) }
        case .pgrme(let pgrme): add(.pgrme, nil, arrival) { $0.add(pgrme) }
        case .pgrmz(let pgrmz): add(.pgrmz, nil, arrival) { $0.add(pgrmz) }
        case .pgrmm(let pgrmm): memory.datum = pgrmm.datum == "WGS 84" ? nil : pgrmm.datum
        case .dtm(let dtm): memory.datum = dtm.datum == "W84" ? nil : dtm.datum
        case .psrfepe(let psrf): add(.psrfepe, psrf.time, arrival) { $0.add(psrf) }
        case .pqtmepe(let pqtm): add(.pqtmepe, nil, arrival) { $0.add(pqtm) }
        case .pqtmvel(let pqtm): add(.pqtmvel, pqtm.time, arrival) { $0.add(pqtm) }
        case .ptnlggk(let ptnl):
            note(ptnl.date, at: ptnl.time, ptnl.quality.map { $0 > 0 } ?? false)
            add(.ptnlggk, ptnl.time, arrival, marked: Mark(ptnl)) { $0.add(ptnl) }
        case .psti030(let psti):
            note(psti.date, at: psti.time, psti.status == .valid)
            add(.psti030, psti.time, arrival, marked: Mark(psti)) { $0.add(psti) }
        default: break
        }
    }

    private mutating func note(_ date: TwoDigitDate?, at time: NMEATime?, _ isReliable: Bool) {
        guard let date, let time else { return }
        pendingDate = PendingDate(date: date, time: time, isReliable: isReliable)
    }

    /// Notes the day of a sentence, once the epoch before it has gone out.
    @inline(__always)
    private mutating func applyDate() {
        guard let pending = pendingDate else { return }
        pendingDate = nil
        dates.note(pending.date, at: pending.time, isReliable: pending.isReliable)
    }

    private mutating func take(
        _ zda: ZDA, _ arrival: Arrival
    ) {
        guard let time = zda.time else { return }
        if let date = zda.date { dates.note(date, at: time, isReliable: hasFix) }
        // An epoch of a receiver that has no fix, and tells the time nowhere else.
        if last != nil, epoch.fix.time == nil { epoch.fix.time = time }
        if let known = epoch.fix.time, known != time, isRounded(time, known) { return }
        tell(time, arrival)
    }
}

// Epochs.
extension Assembly {
    /// Adds a sentence to its epoch, which may end the one before and be complete with it.
    @inline(__always)
    private mutating func add(
        _ kind: SentenceKind, _ time: NMEATime?, _ arrival: Arrival, marked mark: Mark? = nil,
        _ add: (inout Epoch) -> Void
    ) {
        tracker.endRunOfGSA()
        let place = learner.place(kind, arrival.talker, 0)
        let isPresent = present & 1 << UInt64(place) != 0
        let incoming = Incoming(
            kind: kind, time: time, mark: mark, place: place, isPresent: isPresent)
        // Another epoch may have made room for other places.
        let isOpened = open(incoming, arrival)
        // A second copy says nothing.
        if isPresent, !isOpened, mark != nil { return silence.forget() }
        enter(isOpened ? learner.place(kind, arrival.talker, 0) : place, mark)
        add(&epoch)
        if let last, learner.isLast(last) { emit() }
    }

    private mutating func take(
        _ gsa: GSA, _ arrival: Arrival
    ) {
        let incoming = Incoming(
            kind: .gsa, time: nil, mark: nil,
            place: learner.place(.gsa, arrival.talker, countOfGSA),
            isPresent: tracker.repeats(gsa, from: arrival.talker))
        _ = open(incoming, arrival)
        enter(learner.place(.gsa, arrival.talker, countOfGSA), nil)
        countOfGSA = min(countOfGSA + 1, 7)
        tracker.add(gsa, from: arrival.talker, at: now.time / 1000)
        epoch.add(gsa)
        if let last, learner.isLast(last) { emit() }
    }

    /// A sentence at its place is the newest of the epoch.
    @inline(__always)
    private mutating func enter(_ place: CycleLearner.Place, _ mark: Mark?) {
        if let last, last != place { learner.wasFollowed(last) }
        (last, lastMark, isDirty) = (place, mark, true)
        silence.forget()
        present |= 1 << UInt64(place)
    }

    /// Begins the epoch that a sentence belongs to, unless it is the one that is going on; true
    /// when it did.
    @inline(__always)
    private mutating func open(
        _ sentence: Incoming, _ arrival: Arrival
    ) -> Bool {
        let isNew = !belongs(sentence)
        if isNew {
            let isBehindPause = silence.isPause
            close()
            begin(at: sentence.time)
            self.isBehindPause = isBehindPause
        } else if epoch.fix.time == nil {
            epoch.fix.time = sentence.time
        }
        if epoch.fix.received == nil { epoch.fix.received = arrival.received }
        applyDate()
        // A time that is cut or rounded is not another one.
        if let time = sentence.time, time == epoch.fix.time {
            pass(time)
            tell(time, arrival)
        }
        return isNew
    }

    /// Whether a sentence belongs to the epoch that is going on.
    @inline(__always)
    private mutating func belongs(_ sentence: Incoming) -> Bool {
        guard let last else { return true }
        guard let known = epoch.fix.time else {
            // What has a time does not join what is complete.
            let isComplete = !isBehindPause && learner.isLast(last)
            return !sentence.isPresent && !silence.isPause && (sentence.time == nil || !isComplete)
        }
        let isNew = sentence.isPresent && (sentence.place != last || sentence.mark != lastMark)
        guard let time = sentence.time else { return !isNew && !silence.isPause }
        if time != known, !isRounded(time, known) { return false }
        return !isNew && (!sentence.isPresent || !silence.isPause)
    }

    /// Whether two times are one: some sentences have fewer decimals than others, rounded or cut.
    private func isRounded(_ time: NMEATime, _ known: NMEATime) -> Bool {
        var difference = known.sinceMidnight - time.sinceMidnight
        // Midnight is between them; a leap second is not.
        if difference > nanosecondsOfDay / 2, known.second < 60 { difference -= nanosecondsOfDay }
        // No receiver is faster than a hundred epochs a second.
        if abs(difference) < 10_000_000 { return true }
        return time.nanosecond == 0 && difference > 0 && difference < 1_000_000_000
    }

    private mutating func close() {
        if let last { learner.wasLast(last) }
        if isDirty { emit() }
        if isSkyOfNext {
            isSkyOfNext = false
        } else if owesSky || tracker.isUseChanged {
            deliverSky()
        }
    }

    private mutating func begin(at time: NMEATime?) {
        epoch = Epoch()
        epoch.fix.device = device
        epoch.fix.time = time
        (present, last, countOfGSA, isEmitted, isDirty) = (0, nil, 0, false, false)
        learner.makeRoom()
        tracker.beginEpoch()
        now.epoch &+= 1
        now.hasTime = false
    }

    /// The receiver's clock shows a time.
    @inline(__always)
    private mutating func pass(_ time: NMEATime) {
        now.hasTime = true
        guard clock != time else { return }
        dates.pass(time)
        if let clock {
            let span = (time.sinceMidnight - clock.sinceMidnight) / 1_000_000
            let day = nanosecondsOfDay / 1_000_000
            let ahead = max(0, span < -day / 2 ? span + day : span)
            now.time &+= ahead
            silence.measure(period: ahead)
        }
        clock = time
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
        if tracker.forgetStale(at: now.time / 1000) { owesSky = true }
        fix.satellitesSeen = tracker.seenCount
        if epoch.hasGSA, let named = tracker.usedCount {
            fix.satellitesUsed = max(fix.satellitesUsed ?? 0, named)
        }
        switch judge(&fix) {
        case .position: events.append(.position(fix))
        case .loss: events.append(.noFix(fix))
        case .movement: events.append(.movement(fix))
        case .nothing: break
        }
        if owesSky, !isSkyOfNext { deliverSky() }
    }

    /// What an epoch tells.
    private enum Meaning { case position, loss, movement, nothing }

    /// Completes a fix by what holds from before, and says what it is.
    private mutating func judge(_ fix: inout Fix) -> Meaning {
        let isFixed = epoch.isFixed
        if isFixed == true, fix.position != nil {
            memory.complete(&fix, epoch, at: now)
            hasFix = true
            return .position
        }
        memory.completeWithoutPosition(&fix, at: now)
        guard isFixed == false else {
            let isMoving = fix.speed != nil || fix.course != nil || fix.climb != nil
            let isHigh = fix.altitude != nil || fix.ellipsoidalAltitude != nil
            return isMoving || isHigh ? .movement : .nothing
        }
        hasFix = false
        memory.lose()
        Epoch.strip(&fix)
        return .loss
    }
}

// Satellites and headings.
extension Assembly {
    private mutating func take(_ gsv: GSV, _ arrival: Arrival) {
        tracker.endRunOfGSA()
        guard tracker.add(gsv, from: arrival.talker, at: now.time / 1000) else { return }
        // Which ones are used is known when the epoch's GSA has come.
        let isOfNext = last != nil && silence.isPause
        if tracker.usedCount == nil || (countOfGSA > 0 && !isOfNext) {
            deliverSky()
        } else {
            (owesSky, isSkyOfNext) = (true, isOfNext)
        }
    }

    private mutating func deliverSky() {
        (owesSky, isSkyOfNext) = (false, false)
        var utc: UTCTime?
        if let clock, let day = dates.date(of: clock) {
            utc = UTCTime(rollover.check(day, system: epoch.fix.received).0, clock)
        }
        events.append(.satellites(tracker.current(device, utc)))
    }

    /// The heading that a sentence tells, if it is of those that do.
    private mutating func heading(_ sentence: Sentence, _ arrival: Arrival) -> Heading? {
        guard var heading = Heading(sentence) else { return nil }
        heading.device = device
        heading.received = arrival.received
        if let variation = heading.variation { memory.note(variation: variation, at: now) }
        heading.complete(memory.variation(at: now))
        if let degrees = heading.degrees { memory.note(heading: degrees, at: now) }
        return heading
    }
}
