/// Distances travelled, in nautical miles.
///
/// Revision 4.0 added the distances over ground.
/// Source: NMEA 0183 4.11, 8.3 VLW.
public struct VLW: TypedSentence {
    public static var kind: SentenceKind { .vlw }

    /// Through the water.
    public var waterTotal: NMEANumber?
    /// Through the water since the reset.
    public var waterTrip: NMEANumber?
    /// Over ground.
    public var groundTotal: NMEANumber?
    /// Over ground since the reset.
    public var groundTrip: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&waterTotal)
        fields.unit("N")
        fields.number(&waterTrip)
        fields.unit("N")
        fields.mayEndHere()
        fields.number(&groundTotal)
        fields.unit("N")
        fields.number(&groundTrip)
        fields.unit("N")
    }
}
