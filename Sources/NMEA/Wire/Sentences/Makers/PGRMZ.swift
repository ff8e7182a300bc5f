/// Garmin: altitude in feet.
///
/// Source: Garmin GPS 18x specification PGRMZ.
public struct PGRMZ: TypedSentence {
    public static var kind: SentenceKind { .pgrmz }

    /// In feet.
    public var altitudeFeet: NMEANumber?
    /// 1 none, 2 the user's altitude, 3 GPS.
    public var fix: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&altitudeFeet)
        fields.unit("f")
        fields.mayEndHere()
        fields.integer(&fix)
    }
}
