/// True heading in degrees.
///
/// Source: NMEA 0183 4.11, 8.3 HDT.
public struct HDT: TypedSentence {
    public static var kind: SentenceKind { .hdt }

    /// Degrees from true north.
    public var heading: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&heading)
        fields.unit("T")
    }
}
