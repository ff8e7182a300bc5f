/// Quectel: estimated errors in metres.
///
/// Source: Quectel GNSS protocol PQTMEPE.
public struct PQTMEPE: TypedSentence {
    public static var kind: SentenceKind { .pqtmepe }

    /// Of the message.
    public var version: UInt8?
    /// In metres.
    public var northError: NMEANumber?
    /// In metres.
    public var eastError: NMEANumber?
    /// In metres.
    public var downError: NMEANumber?
    /// In metres.
    public var horizontalError: NMEANumber?
    /// In metres.
    public var sphericalError: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&version)
        fields.number(&northError)
        fields.number(&eastError)
        fields.number(&downError)
        fields.number(&horizontalError)
        fields.number(&sphericalError)
    }
}
