/// Satellites of a u-blox receiver.
///
/// Source: u-blox M8 receiver description PUBX 03.
public struct PUBX03: TypedSentence {
    public static var kind: SentenceKind { .pubx03 }

    /// A satellite and how it is received.
    public struct Satellite: Hashable, Sendable {
        /// As u-blox numbers it.
        public var number: UInt16?
        /// `-` not used, `U` used, `e` ephemeris there but not used.
        public var status: PlainLetter?
        /// From true north, in degrees.
        public var azimuth: NMEANumber?
        /// Above the horizon, in degrees.
        public var elevation: NMEANumber?
        /// C/N0 in dB-Hz.
        public var signalToNoise: NMEANumber?
        /// Seconds that the carrier has been locked, at most 64.
        public var lockTime: UInt8?

        public init() {}

        mutating func code(_ fields: inout some FieldCoder) {
            fields.integer(&number)
            fields.letter(&status)
            fields.number(&azimuth)
            fields.number(&elevation)
            fields.number(&signalToNoise)
            fields.integer(&lockTime, digits: 3)
        }
    }

    /// As many as the sentence says that there are.
    public var satellites: [Satellite] = []

    public init() {}

    public mutating func code(_ fields: inout some FieldCoder) {
        var count: UInt16? = UInt16(clamping: satellites.count)
        fields.integer(&count, digits: 2)
        guard let remaining = fields.remaining else {
            for var satellite in satellites.prefix(Int(UInt16.max)) { satellite.code(&fields) }
            return
        }
        guard remaining == 6 * Int(count ?? 0) else { return fields.refuse() }
        for _ in 0..<remaining / 6 {
            var satellite = Satellite()
            satellite.code(&fields)
            satellites.append(satellite)
        }
    }
}
