/// Depth below the transducer, in three units.
///
/// Source: NMEA 0183 4.11, 8.3 DBT.
public struct DBT: TypedSentence {
    public static var kind: SentenceKind { .dbt }

    /// In feet.
    public var depthFeet: NMEANumber?
    /// In metres.
    public var depth: NMEANumber?
    /// In fathoms.
    public var depthFathoms: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&depthFeet)
        fields.unit("f")
        fields.number(&depth)
        fields.unit("M")
        fields.number(&depthFathoms)
        fields.unit("F")
    }
}
