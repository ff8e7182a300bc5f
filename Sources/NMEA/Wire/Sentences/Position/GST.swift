/// Error statistics of a fix: standard deviations in metres.
///
/// Source: NMEA 0183 4.11, 8.3 GST.
public struct GST: TypedSentence {
    public static var kind: SentenceKind { .gst }

    /// UTC of the fix.
    public var time: NMEATime?
    /// RMS of the standard deviations of the range inputs.
    public var rangeResidual: NMEANumber?
    /// Of the error ellipse, in metres.
    public var semiMajorError: NMEANumber?
    /// Of the error ellipse, in metres.
    public var semiMinorError: NMEANumber?
    /// Of the ellipse's major axis, in degrees from true north.
    public var orientation: NMEANumber?
    /// In metres.
    public var latitudeError: NMEANumber?
    /// In metres.
    public var longitudeError: NMEANumber?
    /// In metres.
    public var altitudeError: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.number(&rangeResidual)
        fields.number(&semiMajorError)
        fields.number(&semiMinorError)
        fields.number(&orientation)
        fields.number(&latitudeError)
        fields.number(&longitudeError)
        fields.number(&altitudeError)
    }
}
