// Not every epoch says everything: GSA, with the mode and the dilutions, comes in every fifth one
// of some receivers, the altitude in every fourth of others, the variation once in a while. What
// holds on is remembered here for a short time, by the receiver's own clock, or by a number of
// epochs where there is none. Positions, speeds and courses never are: they belong to one epoch.
// But from two epochs in succession a speed and a climb can be computed, and are said to be.

/// What one epoch says that holds for those that follow.
struct FixMemory {
    /// How long, in milliseconds of the receiver's time.
    static let time: Int64 = 10_000
    /// How long where the receiver tells no time.
    static let epochs: Int64 = 20

    /// When something was said.
    struct Moment {
        /// Milliseconds since the receiver was first heard.
        var time: Int64 = 0
        var epoch: Int64 = 0
        var hasTime = false

        func isRecent(at now: Moment) -> Bool {
            if hasTime, now.hasTime { return now.time - time <= FixMemory.time }
            return now.epoch - epoch <= FixMemory.epochs
        }

        /// How long it is until a later moment, where both are told and it is not too long.
        func seconds(until later: Moment) -> Double? {
            guard hasTime, later.hasTime, later.time > time, later.time - time <= FixMemory.time
            else { return nil }
            return Double(later.time - time) / 1000
        }
    }

    /// A value and when it was said.
    private struct Memory<Value> {
        var value: Value
        var moment: Moment

        func recent(at now: Moment) -> Value? { moment.isRecent(at: now) ? value : nil }
    }

    /// The values of this epoch and the one before: an epoch may go out more than once.
    private struct Pair<Value> {
        private var before: Memory<Value>?
        private var newest: Memory<Value>?

        /// Takes the value of an epoch; the one of the epoch before and how long ago it was.
        mutating func step(_ value: Value, at now: Moment) -> (Value, seconds: Double)? {
            if newest?.moment.epoch != now.epoch { before = newest }
            newest = Memory(value: value, moment: now)
            guard let before, let seconds = before.moment.seconds(until: now) else { return nil }
            return (before.value, seconds)
        }
    }

    private var mode: Memory<Fix.Mode>?
    private var dilution: Memory<Dilution>?
    private var hasAltitude: Memory<Bool>?
    private var variation: Memory<Double>?
    private var heading: Memory<Double>?
    /// The altitudes, for the climb, and the places, for the speed.
    private var altitude = Pair<Double>()
    private var place = Pair<Coordinate>()
    /// The datum that the receiver uses, unless it is WGS 84.
    var datum: String?

    /// Takes a heading from true north.
    mutating func note(heading: Double, at now: Moment) {
        self.heading = Memory(value: heading, moment: now)
    }

    mutating func note(variation: Double, at now: Moment) {
        self.variation = Memory(value: variation, moment: now)
    }

    func variation(at now: Moment) -> Double? { variation?.recent(at: now) }

    /// Fills in what this epoch does not say, and remembers what it says.
    mutating func complete(_ fix: inout Fix, _ epoch: Epoch, at now: Moment) {
        fix.mode = mode(of: epoch, at: now)
        dilute(&fix, epoch, at: now)
        altitudes(&fix, at: now)
        speed(&fix, at: now)
        if let stated = fix.magneticVariation {
            note(variation: stated, at: now)
        } else {
            fix.magneticVariation = variation(at: now)
        }
        if let heading, now.epoch - heading.moment.epoch <= 1 { fix.heading = heading.value }
        fix.datum = datum
        if fix.errors == nil { fix.errors = ErrorEstimate(fix.dilution, fix.quality) }
    }

    /// What holds without a position too.
    func completeWithoutPosition(_ fix: inout Fix, at now: Moment) {
        fix.magneticVariation = fix.magneticVariation ?? variation(at: now)
        if let heading, now.epoch - heading.moment.epoch <= 1 { fix.heading = heading.value }
    }

    /// The fix is lost: nothing is computed from before to after.
    mutating func lose() { (altitude, place) = (Pair(), Pair()) }

    private mutating func mode(of epoch: Epoch, at now: Moment) -> Fix.Mode {
        if let stated = epoch.stated {
            mode = Memory(value: stated, moment: now)
            return max(stated, .twoDimensional)
        }
        if let mode = mode?.recent(at: now), mode != .none { return mode }
        if epoch.hasAltitude { hasAltitude = Memory(value: true, moment: now) }
        return hasAltitude?.recent(at: now) == true ? .threeDimensional : .twoDimensional
    }

    private mutating func dilute(_ fix: inout Fix, _ epoch: Epoch, at now: Moment) {
        if epoch.hasGSA {
            fix.dilution.complete()
            dilution = Memory(value: fix.dilution, moment: now)
        } else if var known = dilution?.recent(at: now) {
            known.horizontal = fix.dilution.horizontal ?? known.horizontal
            known.vertical = fix.dilution.vertical ?? known.vertical
            known.position = fix.dilution.position ?? known.position
            known.time = fix.dilution.time ?? known.time
            fix.dilution = known
        } else {
            fix.dilution.complete()
        }
    }

    /// Both altitudes from one and the separation, and the climb from two in succession.
    private mutating func altitudes(_ fix: inout Fix, at now: Moment) {
        if let separation = fix.geoidSeparation {
            if let altitude = fix.altitude, fix.ellipsoidalAltitude == nil {
                fix.ellipsoidalAltitude = altitude + separation
            } else if let altitude = fix.ellipsoidalAltitude, fix.altitude == nil {
                fix.altitude = altitude - separation
            }
        }
        let newest = fix.altitude ?? fix.ellipsoidalAltitude
        guard fix.mode == .threeDimensional, let newest else { return }
        let step = altitude.step(newest, at: now)
        if fix.climb == nil, let (before, seconds) = step {
            fix.climb = (newest - before) / seconds
            fix.isClimbComputed = true
        }
    }

    /// The speed from two places in succession, where the receiver tells none.
    private mutating func speed(_ fix: inout Fix, at now: Moment) {
        guard let position = fix.position else { return }
        let step = place.step(position, at: now)
        if fix.speed == nil, let (before, seconds) = step {
            fix.speed = before.distance(to: position) / seconds
            fix.isSpeedComputed = true
        }
    }
}
