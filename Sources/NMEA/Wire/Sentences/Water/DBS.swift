/// Depth below the surface, in three units.
///
/// Source: NMEA 0183 4.11, 8.3 DBS.
public struct DBS: TypedSentence {
    public static var kind: SentenceKind { .dbs }

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
