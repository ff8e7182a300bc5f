/// Garmin: the map datum.
///
/// Source: Garmin GPS 18x specification PGRMM.
public struct PGRMM: TypedSentence {
    public static var kind: SentenceKind { .pgrmm }

    /// Its name.
    public var datum: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&datum)
    }
}
