/// Cross-track error, measured.
///
/// Revision 2.3 added the mode.
/// Source: NMEA 0183 4.11, 8.3 XTE.
public struct XTE: TypedSentence {
    public static var kind: SentenceKind { .xte }

    /// `V`: a general warning.
    public var status: Status?
    /// `V`: a warning of the cycle lock.
    public var cycleLock: Status?
    /// In nautical miles.
    public var crossTrackError: NMEANumber?
    /// `L` or `R`: to which side to steer.
    public var steer: PlainLetter?
    /// How the position came about (2.3).
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&status)
        fields.letter(&cycleLock)
        fields.number(&crossTrackError)
        fields.letter(&steer)
        fields.unit("N")
        fields.mayEndHere()
        fields.letter(&mode)
    }
}
