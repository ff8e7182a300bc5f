/// Garmin: estimated errors in metres.
///
/// Source: Garmin GPS 18x specification PGRME.
public struct PGRME: TypedSentence {
    public static var kind: SentenceKind { .pgrme }

    /// In metres.
    public var horizontalError: NMEANumber?
    /// In metres.
    public var verticalError: NMEANumber?
    /// Of the position, in metres.
    public var sphericalError: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&horizontalError)
        fields.unit("M")
        fields.number(&verticalError)
        fields.unit("M")
        fields.number(&sphericalError)
        fields.unit("M")
    }
}
