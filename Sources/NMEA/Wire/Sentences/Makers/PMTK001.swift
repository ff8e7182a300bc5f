/// MediaTek: what became of a command.
///
/// Source: MediaTek PMTK command packet 001.
public struct PMTK001: TypedSentence {
    public static var kind: SentenceKind { .pmtk001 }

    /// The number of the command that is acknowledged.
    public var command: UInt16?
    /// 0 invalid, 1 unsupported, 2 valid but failed, 3 done.
    public var result: UInt8?
    /// Values that some commands answer with, as they were sent.
    public var values: [String] = []

    public init() {}

    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&command, digits: 3)
        fields.integer(&result)
        fields.mayEndHere()
        guard let remaining = fields.remaining else {
            for value in values {
                var text: String? = value
                fields.text(&text)
            }
            return
        }
        for _ in 0..<remaining {
            var text: String?
            fields.text(&text)
            if let text { values.append(text) }
        }
    }
}
