/// SiRF: a text of the firmware.
///
/// Source: SiRF NMEA reference manual.
public struct PSRFTXT: TypedSentence {
    public static var kind: SentenceKind { .psrftxt }

    /// As it was sent.
    public var text: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&text)
    }
}
