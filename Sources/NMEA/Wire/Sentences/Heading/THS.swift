/// True heading in degrees, and how it came about.
///
/// Source: NMEA 0183 4.11, 8.3 THS.
public struct THS: TypedSentence {
    public static var kind: SentenceKind { .ths }

    /// Degrees from true north.
    public var heading: NMEANumber?
    /// `A`, `E`, `M`, `S`, or `V` for not valid.
    public var mode: ModeIndicator?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&heading)
        fields.letter(&mode)
    }
}
