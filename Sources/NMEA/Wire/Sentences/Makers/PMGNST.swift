/// Magellan: state of the receiver.
///
/// Source: Magellan proprietary PMGNST.
public struct PMGNST: TypedSentence {
    public static var kind: SentenceKind { .pmgnst }

    /// Of the firmware.
    public var version: String?
    /// 2 or 3.
    public var dimensions: UInt8?
    /// `T` or `F`.
    public var hasFix: PlainLetter?
    /// Grows with each sentence.
    public var counter: UInt16?
    /// Left, in hours.
    public var batteryHours: NMEANumber?
    /// Of the clock.
    public var frequencyCompensation: NMEANumber?
    /// That the receiver looks for now.
    public var satellite: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&version)
        fields.integer(&dimensions)
        fields.letter(&hasFix)
        fields.integer(&counter, digits: 3)
        fields.number(&batteryHours)
        fields.signedNumber(&frequencyCompensation)
        fields.integer(&satellite, digits: 2)
    }
}
