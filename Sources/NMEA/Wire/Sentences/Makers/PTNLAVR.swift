/// Trimble: the moving baseline's direction, in degrees.
///
/// Source: Trimble NMEA 0183 messages PTNL AVR.
public struct PTNLAVR: TypedSentence {
    public static var kind: SentenceKind { .ptnlavr }

    /// UTC.
    public var time: NMEATime?
    /// In degrees.
    public var yaw: NMEANumber?
    /// In degrees.
    public var tilt: NMEANumber?
    /// In degrees.
    public var roll: NMEANumber?
    /// In metres.
    public var range: NMEANumber?
    /// 0 none, 1 GPS, 2 RTK float, 3 RTK fixed, 4 DGPS.
    public var quality: UInt8?
    /// Position dilution of precision.
    public var pdop: NMEANumber?
    /// How many satellites are used.
    public var satellitesUsed: UInt16?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.signedNumber(&yaw)
        fields.word("Yaw")
        fields.signedNumber(&tilt)
        fields.word("Tilt")
        fields.signedNumber(&roll)
        fields.word("Roll")
        fields.number(&range)
        fields.integer(&quality)
        fields.number(&pdop)
        fields.integer(&satellitesUsed)
    }
}
