/// Revolutions a minute of a shaft or engine.
///
/// Source: NMEA 0183 4.11, 8.3 RPM.
public struct RPM: TypedSentence {
    public static var kind: SentenceKind { .rpm }

    /// `S` shaft or `E` engine.
    public var source: PlainLetter?
    /// 0 single or centre; odd starboard, even port.
    public var number: UInt8?
    /// Revolutions a minute; negative is counterclockwise.
    public var speed: NMEANumber?
    /// Of the propeller, in percent of the maximum; negative is astern.
    public var pitch: NMEANumber?
    /// Whether it is valid.
    public var status: Status?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&source)
        fields.integer(&number)
        fields.number(&speed)
        fields.number(&pitch)
        fields.letter(&status)
    }
}
