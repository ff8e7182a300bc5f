/// Speeds of a ship along and across, in knots.
///
/// Revision 3.0 added the speeds of the stern.
/// Source: NMEA 0183 4.11, 8.3 VBW.
public struct VBW: TypedSentence {
    public static var kind: SentenceKind { .vbw }

    /// Through the water; negative is astern.
    public var waterAhead: NMEANumber?
    /// Through the water; negative is to port.
    public var waterAcross: NMEANumber?
    /// Whether the water speeds are valid.
    public var waterStatus: Status?
    /// Over ground; negative is astern.
    public var groundAhead: NMEANumber?
    /// Over ground; negative is to port.
    public var groundAcross: NMEANumber?
    /// Whether the ground speeds are valid.
    public var groundStatus: Status?
    /// Of the stern through the water.
    public var sternWaterAcross: NMEANumber?
    /// Whether it is valid.
    public var sternWaterStatus: Status?
    /// Of the stern over ground.
    public var sternGroundAcross: NMEANumber?
    /// Whether it is valid.
    public var sternGroundStatus: Status?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&waterAhead)
        fields.number(&waterAcross)
        fields.letter(&waterStatus)
        fields.number(&groundAhead)
        fields.number(&groundAcross)
        fields.letter(&groundStatus)
        fields.mayEndHere()
        fields.number(&sternWaterAcross)
        fields.letter(&sternWaterStatus)
        fields.number(&sternGroundAcross)
        fields.letter(&sternGroundStatus)
    }
}
