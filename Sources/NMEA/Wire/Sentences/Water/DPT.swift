/// Depth below the transducer, in metres.
///
/// Source: NMEA 0183 4.11, 8.3 DPT.
public struct DPT: TypedSentence {
    public static var kind: SentenceKind { .dpt }

    /// Below the transducer.
    public var depth: NMEANumber?
    /// From the transducer: positive to the waterline, negative to the keel.
    public var offset: NMEANumber?
    /// Of the scale in use (3.0).
    public var maximumRange: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&depth)
        fields.mayEndHere()
        fields.number(&offset)
        fields.number(&maximumRange)
    }
}
