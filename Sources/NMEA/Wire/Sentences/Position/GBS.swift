/// Detection of a faulty satellite: expected errors in metres.
///
/// Revision 4.1 added system and signal.
/// Source: NMEA 0183 4.11, 8.3 GBS.
public struct GBS: TypedSentence {
    public static var kind: SentenceKind { .gbs }

    /// UTC of the fix.
    public var time: NMEATime?
    /// Expected, in metres.
    public var latitudeError: NMEANumber?
    /// Expected, in metres.
    public var longitudeError: NMEANumber?
    /// Expected, in metres.
    public var altitudeError: NMEANumber?
    /// Most likely failed.
    public var failedSatellite: UInt16?
    /// Of a missed detection.
    public var probability: NMEANumber?
    /// Estimated on the failed satellite, in metres.
    public var bias: NMEANumber?
    /// Standard deviation of the bias.
    public var biasDeviation: NMEANumber?
    /// The GNSS (4.1): 1 GPS, 2 GLONASS, 3 Galileo, 4 BeiDou, 5 QZSS, 6 NavIC.
    public var system: UInt8?
    /// Its signal (4.1).
    public var signal: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.number(&latitudeError)
        fields.number(&longitudeError)
        fields.number(&altitudeError)
        fields.integer(&failedSatellite, digits: 2)
        fields.number(&probability)
        fields.number(&bias)
        fields.number(&biasDeviation)
        fields.mayEndHere()
        fields.hexadecimal(&system)
        fields.hexadecimal(&signal)
    }
}
