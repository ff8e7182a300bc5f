/// MediaTek: the firmware's release.
///
/// Source: MediaTek PMTK command packet 705.
public struct PMTK705: TypedSentence {
    public static var kind: SentenceKind { .pmtk705 }

    /// Of the firmware.
    public var release: String?
    /// Its number.
    public var build: String?
    /// Of the product.
    public var model: String?
    /// Of the kit that it was made with.
    public var version: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&release)
        fields.text(&build)
        fields.text(&model)
        fields.mayEndHere()
        fields.text(&version)
    }
}
