/// SiRF: estimated errors.
///
/// Source: SiRF NMEA reference manual EPE.
public struct PSRFEPE: TypedSentence {
    public static var kind: SentenceKind { .psrfepe }

    /// UTC.
    public var time: NMEATime?
    /// Whether the fix is valid.
    public var status: Status?
    /// Horizontal dilution of precision.
    public var hdop: NMEANumber?
    /// In metres.
    public var horizontalError: NMEANumber?
    /// In metres.
    public var verticalError: NMEANumber?
    /// In metres a second.
    public var speedError: NMEANumber?
    /// In degrees.
    public var headingError: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.letter(&status)
        fields.number(&hdop)
        fields.number(&horizontalError)
        fields.number(&verticalError)
        fields.number(&speedError)
        fields.number(&headingError)
    }
}
