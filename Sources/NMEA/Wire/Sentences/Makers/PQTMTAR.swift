/// Quectel: attitude from two antennas, in degrees.
///
/// Source: Quectel GNSS protocol PQTMTAR.
public struct PQTMTAR: TypedSentence {
    public static var kind: SentenceKind { .pqtmtar }

    /// Of the message.
    public var version: UInt8?
    /// UTC.
    public var time: NMEATime?
    /// 0 none, 4 fixed, 6 dead reckoning.
    public var quality: UInt8?
    /// Of the baseline, in metres.
    public var length: NMEANumber?
    /// In degrees.
    public var pitch: NMEANumber?
    /// In degrees.
    public var roll: NMEANumber?
    /// In degrees.
    public var heading: NMEANumber?
    /// In degrees.
    public var pitchError: NMEANumber?
    /// In degrees.
    public var rollError: NMEANumber?
    /// In degrees.
    public var headingError: NMEANumber?
    /// How many satellites are used.
    public var satellitesUsed: UInt16?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&version)
        fields.time(&time)
        fields.integer(&quality)
        fields.reserved()
        fields.number(&length)
        fields.number(&pitch)
        fields.number(&roll)
        fields.number(&heading)
        fields.number(&pitchError)
        fields.number(&rollError)
        fields.number(&headingError)
        fields.integer(&satellitesUsed, digits: 2)
    }
}
