/// MediaTek: a text of the system.
///
/// Source: MediaTek PMTK command packet 011.
public struct PMTK011: TypedSentence {
    public static var kind: SentenceKind { .pmtk011 }

    /// As it was sent.
    public var text: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&text)
    }
}
