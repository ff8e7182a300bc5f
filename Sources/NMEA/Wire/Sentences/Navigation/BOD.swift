/// The bearing from origin to destination.
///
/// Source: NMEA 0183 4.11, 8.3 BOD.
public struct BOD: TypedSentence {
    public static var kind: SentenceKind { .bod }

    /// In degrees.
    public var bearingTrue: NMEANumber?
    /// In degrees.
    public var bearingMagnetic: NMEANumber?
    /// Waypoint.
    public var destination: String?
    /// Waypoint; missing in a goto.
    public var origin: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&bearingTrue)
        fields.unit("T")
        fields.number(&bearingMagnetic)
        fields.unit("M")
        fields.text(&destination)
        fields.mayEndHere()
        fields.text(&origin)
    }
}
