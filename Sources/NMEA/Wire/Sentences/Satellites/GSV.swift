/// Satellites in view: up to four of them in one sentence of a set.
///
/// Angles are in degrees, signals in dB-Hz. Revision 4.1 added the signal.
/// Source: NMEA 0183 4.11, 8.3 GSV.
public struct GSV: TypedSentence {
    public static var kind: SentenceKind { .gsv }

    /// A satellite and how it is received.
    public struct Satellite: Hashable, Sendable {
        /// As the sentence numbers it.
        public var number: UInt16
        /// Above the horizon, at most 90 degrees.
        public var elevation: NMEANumber?
        /// From true north, 0 to 359 degrees.
        public var azimuth: NMEANumber?
        /// C/N0 in dB-Hz; nil when it is not tracked.
        public var signalToNoise: NMEANumber?

        public init(
            number: UInt16, elevation: NMEANumber? = nil, azimuth: NMEANumber? = nil,
            signalToNoise: NMEANumber? = nil
        ) {
            self.number = number
            self.elevation = elevation
            self.azimuth = azimuth
            self.signalToNoise = signalToNoise
        }
    }

    /// How many sentences the set has.
    public var total: UInt16?
    /// Which of them this is.
    public var number: UInt16?
    /// How many satellites are in view.
    public var inView: UInt16?
    /// Those of this sentence.
    public var satellites = InlineList<4, Satellite>()
    /// Which signal of the talker's system was measured (4.1).
    public var signal: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&total)
        fields.integer(&number)
        fields.integer(&inView, digits: 2)
        if let remaining = fields.remaining {
            guard remaining < 18, remaining % 4 <= 1 else { return fields.refuse() }
            for _ in 0..<remaining / 4 { append(&fields) }
        } else {
            for index in 0..<satellites.count { write(index, &fields) }
        }
        fields.mayEndHere()
        fields.hexadecimal(&signal)
    }

    /// Reads a satellite; four empty fields are none.
    @inline(__always)
    private mutating func append(_ fields: inout some FieldCoder) {
        var number: UInt16?
        var elevation: NMEANumber?
        var azimuth: NMEANumber?
        var signal: NMEANumber?
        fields.integer(&number)
        fields.number(&elevation)
        fields.number(&azimuth)
        fields.number(&signal)
        guard let number else {
            if elevation != nil || azimuth != nil || signal != nil { fields.refuse() }
            return
        }
        satellites.append(
            Satellite(
                number: number, elevation: elevation, azimuth: azimuth, signalToNoise: signal))
    }

    @inline(__always)
    private func write(_ index: Int, _ fields: inout some FieldCoder) {
        guard var satellite = satellites[index] else { return }
        var number: UInt16? = satellite.number
        fields.integer(&number, digits: 2)
        fields.number(&satellite.elevation)
        fields.number(&satellite.azimuth)
        fields.number(&satellite.signalToNoise)
    }
}
