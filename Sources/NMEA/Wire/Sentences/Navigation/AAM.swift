/// An alarm on arrival at a waypoint.
///
/// Source: NMEA 0183 4.11, 8.3 AAM.
public struct AAM: TypedSentence {
    public static var kind: SentenceKind { .aam }

    /// `A`: within the arrival circle.
    public var circleEntered: Status?
    /// `A`: the perpendicular at the waypoint is passed.
    public var perpendicularPassed: Status?
    /// Of the arrival circle, in nautical miles.
    public var radius: NMEANumber?
    /// Its name.
    public var waypoint: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&circleEntered)
        fields.letter(&perpendicularPassed)
        fields.number(&radius)
        fields.unit("N")
        fields.text(&waypoint)
    }
}
