/// SkyTraq: the baseline from base to rover, in metres.
///
/// Source: SkyTraq AN0028 PSTI 032.
public struct PSTI032: TypedSentence {
    public static var kind: SentenceKind { .psti032 }

    /// UTC.
    public var time: NMEATime?
    /// The UTC day.
    public var date: TwoDigitDate?
    /// Whether it is valid.
    public var status: Status?
    /// `F` float or `R` fixed.
    public var mode: ModeIndicator?
    /// In metres.
    public var east: NMEANumber?
    /// In metres.
    public var north: NMEANumber?
    /// In metres.
    public var up: NMEANumber?
    /// In metres.
    public var length: NMEANumber?
    /// From base to rover, in degrees.
    public var course: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.date(&date)
        fields.letter(&status)
        fields.letter(&mode)
        fields.number(&east)
        fields.number(&north)
        fields.number(&up)
        fields.number(&length)
        fields.number(&course)
        fields.mayEndHere()
        fields.reserved()
        fields.reserved()
        fields.reserved()
        fields.reserved()
        fields.reserved()
    }
}
