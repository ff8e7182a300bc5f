/// The datum that positions refer to.
///
/// Source: NMEA 0183 4.11, 8.3 DTM.
public struct DTM: TypedSentence {
    public static var kind: SentenceKind { .dtm }

    /// `W84`, `W72`, `S85`, `P90`, `999` or of the IHO.
    public var datum: String?
    /// Of the local datum.
    public var subdivision: String?
    /// In minutes; positive is north.
    public var latitudeOffset: NMEANumber?
    /// In minutes; positive is east.
    public var longitudeOffset: NMEANumber?
    /// In metres.
    public var altitudeOffset: NMEANumber?
    /// The reference datum.
    public var reference: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&datum)
        fields.text(&subdivision)
        fields.directed(&latitudeOffset, "N", "S")
        fields.directed(&longitudeOffset, "E", "W")
        fields.number(&altitudeOffset)
        fields.text(&reference)
    }
}
