// What the sentences of one epoch say together. Where several say the same thing, the one with the
// finer resolution counts, and among equal ones the first: so a second copy changes nothing, and
// what a receiver rounds for one sentence does not replace what it wrote in full in another. But
// what has a time counts before what has none, which may be of the epoch before or behind.
// Whether there is a fix is decided by all of them: one that says no is enough, unless another
// sentence of the same kind (GLGGA beside GPGGA, a second GSA) says yes.

/// The sentences of one epoch, added up.
struct Epoch {
    /// The kinds of sentence that say whether there is a fix.
    struct Witnesses: OptionSet {
        let rawValue: UInt16
        static let gga = Witnesses(rawValue: 1)
        static let gns = Witnesses(rawValue: 2)
        static let rmc = Witnesses(rawValue: 4)
        static let gll = Witnesses(rawValue: 8)
        static let gsa = Witnesses(rawValue: 16)
        static let vtg = Witnesses(rawValue: 32)
        static let maker = Witnesses(rawValue: 64)
    }

    /// Which sentence an error estimate or a quality is from: the higher counts.
    typealias Rank = UInt8

    var fix = Fix()
    private var saidYes: Witnesses = []
    private var saidNo: Witnesses = []
    /// The mode that GSA, or a maker's sentence, has; the highest of them.
    private(set) var stated: Fix.Mode?
    private(set) var hasGSA = false
    /// Altitude in this epoch or not, for receivers that do not state the mode.
    var hasAltitude: Bool { fix.altitude != nil || fix.ellipsoidalAltitude != nil }

    private var positionDecimals: Int8 = -1
    private var altitudeDecimals: Int8 = -1
    private var speedDecimals: Int8 = -1
    /// Of the speed, in metres a second; 0 while there is none.
    private var speedUnit = 0.0
    private var courseDecimals: Int8 = -1
    /// Whether speed and course are from a sentence with a time.
    private var isSpeedTimed = false
    private var isCourseTimed = false
    private var qualityRank: Rank = 0
    private var errorRank: Rank = 0

    /// Whether there is a fix: nil when no sentence says so.
    var isFixed: Bool? {
        if !saidNo.subtracting(saidYes).isEmpty { return false }
        if !saidYes.isEmpty || fix.position != nil { return true }
        return nil
    }

    mutating func witness(_ witness: Witnesses, _ isFixed: Bool) {
        if isFixed { saidYes.insert(witness) } else { saidNo.insert(witness) }
    }

    mutating func state(_ mode: Fix.Mode) { stated = max(stated ?? mode, mode) }

    mutating func noteGSA() { hasGSA = true }

    /// Takes a place, unless a finer one is there.
    mutating func place(_ latitude: Latitude?, _ longitude: Longitude?) {
        guard let latitude, let longitude, latitude.minutes.decimals > positionDecimals else {
            return
        }
        positionDecimals = latitude.minutes.decimals
        fix.position = Coordinate(
            latitude: latitude.degrees, longitude: longitude.degrees)
    }

    /// Takes altitudes in metres, unless finer ones are there.
    mutating func altitude(_ altitude: NMEANumber?, separation: NMEANumber?) {
        if let altitude, altitude.decimals > altitudeDecimals {
            altitudeDecimals = altitude.decimals
            fix.altitude = altitude.value
            fix.geoidSeparation = separation?.value ?? fix.geoidSeparation
        } else {
            fix.geoidSeparation = fix.geoidSeparation ?? separation?.value
        }
    }

    /// Takes an altitude above the ellipsoid in metres.
    mutating func ellipsoidal(_ altitude: Double?) {
        fix.ellipsoidalAltitude = altitude ?? fix.ellipsoidalAltitude
    }

    /// Takes a speed in a unit of so many metres a second, unless a finer one is there, or one in
    /// another unit: what a receiver converts is rounded twice.
    mutating func speed(_ speed: NMEANumber?, unit: Double, isTimed: Bool = true) {
        guard let speed, speed.units >= 0 else { return }
        let isFiner =
            speed.decimals > speedDecimals
            || (speed.decimals == speedDecimals && isTimed && !isSpeedTimed)
        guard speedUnit == unit ? isFiner : speedUnit == 0 else { return }
        (speedUnit, speedDecimals, isSpeedTimed) = (unit, speed.decimals, isTimed)
        fix.speed = speed.value * unit
    }

    /// Takes a course from true north, unless a finer one is there.
    mutating func course(_ course: NMEANumber?, isTimed: Bool = true) {
        guard let course, let degrees = course.value(in: 0...360) else { return }
        guard
            course.decimals > courseDecimals
                || (course.decimals == courseDecimals && isTimed && !isCourseTimed)
        else { return }
        (courseDecimals, isCourseTimed) = (course.decimals, isTimed)
        fix.course = degrees == 360 ? 0 : degrees
    }

    mutating func quality(_ quality: Fix.Quality?, rank: Rank) {
        guard let quality, rank > qualityRank else { return }
        qualityRank = rank
        fix.quality = quality
    }

    mutating func errors(_ errors: ErrorEstimate, rank: Rank) {
        guard rank > errorRank else { return }
        errorRank = rank
        fix.errors = errors
    }

    /// Takes a magnetic variation, unless it is none.
    mutating func variation(_ variation: NMEANumber?) {
        fix.magneticVariation = variation?.value(in: -180...180) ?? fix.magneticVariation
    }

    /// There is no fix: what rests on one is not told.
    static func strip(_ fix: inout Fix) {
        (fix.position, fix.quality, fix.errors) = (nil, nil, nil)
        (fix.altitude, fix.ellipsoidalAltitude, fix.geoidSeparation) = (nil, nil, nil)
        (fix.speed, fix.course, fix.climb) = (nil, nil, nil)
        (fix.correctionAge, fix.correctionStation) = (nil, nil)
    }

    mutating func used(_ count: UInt16?) {
        guard let count else { return }
        fix.satellitesUsed = max(fix.satellitesUsed ?? 0, Int(count))
    }

    mutating func corrections(age: NMEANumber?, station: UInt16?) {
        fix.correctionAge = fix.correctionAge ?? age?.amount
        fix.correctionStation = fix.correctionStation ?? station
    }
}

extension NMEANumber {
    /// The value of what cannot be negative, a dilution or an error; nil when it is.
    var amount: Double? { units < 0 ? nil : value }
}
