/// Magnetic heading with deviation and variation, in degrees.
///
/// Source: NMEA 0183 4.11, 8.3 HDG.
public struct HDG: TypedSentence {
    public static var kind: SentenceKind { .hdg }

    /// Of the magnetic sensor.
    public var heading: NMEANumber?
    /// Of the compass; positive is east.
    public var deviation: NMEANumber?
    /// Of the earth's field; positive is east.
    public var variation: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&heading)
        fields.directed(&deviation, "E", "W")
        fields.directed(&variation, "E", "W")
    }
}
