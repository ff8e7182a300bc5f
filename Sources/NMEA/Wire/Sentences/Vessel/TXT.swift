/// A line of text, perhaps one of several.
///
/// Source: NMEA 0183 4.11, 8.3 TXT.
public struct TXT: TypedSentence {
    public static var kind: SentenceKind { .txt }

    /// How many sentences the text has.
    public var total: UInt8?
    /// Which of them this is.
    public var number: UInt8?
    /// Of the text; u-blox: 0 error, 1 warning, 2 notice, 7 user.
    public var identifier: UInt8?
    /// As it was sent, unfit to be shown to a browser or terminal as it is.
    public var text: String?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&total, digits: 2)
        fields.integer(&number, digits: 2)
        fields.integer(&identifier, digits: 2)
        fields.text(&text)
    }
}
