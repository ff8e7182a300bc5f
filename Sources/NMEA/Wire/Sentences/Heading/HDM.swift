/// Magnetic heading in degrees.
///
/// Source: NMEA 0183 4.11, 8.3 HDM.
public struct HDM: TypedSentence {
    public static var kind: SentenceKind { .hdm }

    /// Degrees from magnetic north.
    public var heading: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&heading)
        fields.unit("M")
    }
}
