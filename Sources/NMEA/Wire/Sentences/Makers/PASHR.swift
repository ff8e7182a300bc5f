/// Attitude of an inertial system, in degrees.
///
/// Source: Ashtech attitude RT300 manual PASHR.
public struct PASHR: TypedSentence {
    public static var kind: SentenceKind { .pashr }

    /// UTC.
    public var time: NMEATime?
    /// True.
    public var heading: NMEANumber?
    /// Positive: the port side is up.
    public var roll: NMEANumber?
    /// Positive: the bow is up.
    public var pitch: NMEANumber?
    /// In metres; positive is up.
    public var heave: NMEANumber?
    /// Standard deviation.
    public var rollError: NMEANumber?
    /// Standard deviation.
    public var pitchError: NMEANumber?
    /// Standard deviation.
    public var headingError: NMEANumber?
    /// 0 no fix, 1 GPS, 2 RTK fixed or float.
    public var quality: UInt8?
    /// 0 aligned by GPS, 1 pre-aligned.
    public var inertialStatus: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.number(&heading)
        fields.unit("T")
        fields.signedNumber(&roll)
        fields.signedNumber(&pitch)
        fields.signedNumber(&heave)
        fields.number(&rollError)
        fields.number(&pitchError)
        fields.number(&headingError)
        fields.mayEndHere()
        fields.integer(&quality)
        fields.integer(&inertialStatus)
    }
}
