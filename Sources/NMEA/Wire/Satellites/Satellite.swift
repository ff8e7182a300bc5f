/// A satellite in view.
public struct Satellite: Hashable, Sendable {
    /// Its system and its number there.
    public var id: SatelliteID
    /// The number that the receiver gives to it.
    public var nmeaNumber: UInt16
    /// Degrees above the horizon; nil while it is not known.
    public var elevation: Double?
    /// Degrees from true north; nil while it is not known.
    public var azimuth: Double?
    /// The signals that are tracked, at most eight.
    public var signals = InlineList<8, SatelliteSignal>()
    /// Whether it takes part in the fix.
    public var isUsed = false

    public init(id: SatelliteID, nmeaNumber: UInt16) {
        self.id = id
        self.nmeaNumber = nmeaNumber
    }

    /// Adds a signal, unless it is there: two talkers may tell of one satellite.
    mutating func add(_ signal: SatelliteSignal) {
        for index in 0..<signals.count where signals[index]?.id == signal.id { return }
        signals.append(signal)
    }

    /// C/N0 of its strongest signal in dB-Hz; nil when none is tracked.
    public var strength: Float? {
        var strongest: Float?
        for index in 0..<signals.count {
            guard let signal = signals[index] else { continue }
            strongest = max(strongest ?? signal.strength, signal.strength)
        }
        return strongest
    }
}
