/// Where a target is.
///
/// Source: NMEA 0183 4.11, 8.3 TLL.
public struct TLL: PositionSentence {
    public static var kind: SentenceKind { .tll }

    /// Of the target.
    public var number: UInt16?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// Of the target.
    public var name: String?
    /// UTC.
    public var time: NMEATime?
    /// `L` lost, `Q` query, `T` tracking.
    public var status: PlainLetter?
    /// `R`: a reference target.
    public var isReference: PlainLetter?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&number, digits: 2)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.text(&name)
        fields.time(&time)
        fields.letter(&status)
        fields.letter(&isReference)
    }
}
