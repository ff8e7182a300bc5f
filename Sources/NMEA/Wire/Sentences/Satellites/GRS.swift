/// Range residuals of the satellites that GSA names, in its order.
///
/// In metres. Revision 4.1 added system and signal. Source: NMEA 0183 4.11, 8.3 GRS.
public struct GRS: TypedSentence {
    public static var kind: SentenceKind { .grs }

    /// UTC of the fix that the residuals belong to.
    public var time: NMEATime?
    /// 0: they were used in the fix; 1: they were computed after it.
    public var mode: UInt8?
    /// In metres, each in the place that its satellite has in GSA.
    public var residuals = InlineSlots<12, NMEANumber>()
    /// The GNSS (4.1): 1 GPS, 2 GLONASS, 3 Galileo, 4 BeiDou, 5 QZSS, 6 NavIC.
    public var system: UInt8?
    /// Its signal (4.1).
    public var signal: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.integer(&mode)
        for index in 0..<12 {
            var residual = residuals[index]
            fields.number(&residual)
            residuals[index] = residual
        }
        fields.mayEndHere()
        fields.hexadecimal(&system)
        fields.hexadecimal(&signal)
    }
}
