/// Quectel: the firmware's version.
///
/// Source: Quectel GNSS protocol PQTMVERNO.
public struct PQTMVERNO: TypedSentence {
    public static var kind: SentenceKind { .pqtmverno }

    /// Its name.
    public var version: String?
    /// As `yyyy/mm/dd`.
    public var buildDate: String?
    /// As `hh:mm:ss`.
    public var buildTime: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&version)
        fields.text(&buildDate)
        fields.text(&buildTime)
    }
}
