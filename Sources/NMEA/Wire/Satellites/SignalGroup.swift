// GSV comes in sets: so many sentences for the satellites of one talker, and from revision 4.1 one
// set for each signal. A set counts only when it is whole; until then the one before it does.

/// The satellites that one talker sees by one signal.
struct SignalGroup {
    /// A satellite as a set has it.
    struct Entry {
        var id: SatelliteID
        var nmeaNumber: UInt16
        var elevation: Double?
        var azimuth: Double?
        var strength: Float?

        /// What is beyond the sky, or no signal that could be received, is not known.
        @inline(__always)
        init(
            _ id: SatelliteID, _ nmeaNumber: UInt16, _ elevation: NMEANumber?,
            _ azimuth: NMEANumber?, _ strength: NMEANumber?
        ) {
            self.id = id
            self.nmeaNumber = nmeaNumber
            if let degrees = elevation?.value, degrees.magnitude <= 90 { self.elevation = degrees }
            if let degrees = azimuth?.value, degrees >= 0, degrees <= 360 {
                self.azimuth = degrees == 360 ? 0 : degrees
            }
            if let decibels = strength?.value, decibels >= 0, decibels <= 99 {
                self.strength = Float(decibels)
            }
        }
    }

    /// The most sentences that a set can have: with more it is none.
    static let maximumSentences: UInt16 = 20

    let talker: Talker
    let signal: UInt8?
    /// Those of the last whole set.
    private(set) var entries: [Entry] = []
    private var gathered: [Entry] = []
    /// The sentence that comes next; 0 while none can.
    private var next: UInt16 = 0
    private var total: UInt16 = 0

    init(talker: Talker, signal: UInt8?) {
        self.talker = talker
        self.signal = signal
    }

    /// Takes a sentence of the group's sets; true when it makes one whole.
    mutating func add(_ gsv: GSV) -> Bool {
        // Some write a set without satellites as `0,0,00`.
        if gsv.inView == 0, gsv.satellites.isEmpty, gsv.total ?? 0 <= 1 {
            (entries, next) = ([], 0)
            return true
        }
        guard let number = gsv.number, let total = gsv.total, number >= 1, number <= total,
            total <= Self.maximumSentences
        else { return false }
        if number == 1 {
            gathered.removeAll(keepingCapacity: true)
            (self.total, next) = (total, 1)
        }
        guard number == next, total == self.total else {
            next = 0
            return false
        }
        gather(gsv)
        next += 1
        guard number == total else { return false }
        next = 0
        swap(&entries, &gathered)
        return true
    }

    /// Takes a set that came in one piece.
    mutating func replace(_ entries: [Entry]) { self.entries = entries }

    private mutating func gather(_ gsv: GSV) {
        let system = Constellation(talker: talker)
        for index in 0..<gsv.satellites.count {
            guard let satellite = gsv.satellites[index],
                let id = SatelliteID(numbered: satellite.number, in: system)
            else { continue }
            gathered.append(
                Entry(
                    id, satellite.number, satellite.elevation, satellite.azimuth,
                    satellite.signalToNoise))
        }
    }
}

extension NMEANumber {
    /// The value; nil when it is out of a range.
    @inline(__always)
    func value(in range: ClosedRange<Double>) -> Double? {
        let value = value
        return range.contains(value) ? value : nil
    }
}
