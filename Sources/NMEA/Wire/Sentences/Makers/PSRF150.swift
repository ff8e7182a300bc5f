/// SiRF: whether the receiver may be sent to.
///
/// Source: SiRF NMEA reference manual 150.
public struct PSRF150: TypedSentence {
    public static var kind: SentenceKind { .psrf150 }

    /// 1: awake and ready for commands; 0: about to sleep.
    public var ready: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&ready)
    }
}
