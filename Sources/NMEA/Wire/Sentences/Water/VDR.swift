/// Set and drift of the current.
///
/// Source: NMEA 0183 4.11, 8.3 VDR.
public struct VDR: TypedSentence {
    public static var kind: SentenceKind { .vdr }

    /// Degrees from true north.
    public var setTrue: NMEANumber?
    /// Degrees from magnetic north.
    public var setMagnetic: NMEANumber?
    /// In knots.
    public var driftKnots: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&setTrue)
        fields.unit("T")
        fields.number(&setMagnetic)
        fields.unit("M")
        fields.number(&driftKnots)
        fields.unit("N")
    }
}
