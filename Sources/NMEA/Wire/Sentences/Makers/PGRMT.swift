/// Garmin: state of the sensor.
///
/// Source: Garmin GPS 18x specification PGRMT.
public struct PGRMT: TypedSentence {
    public static var kind: SentenceKind { .pgrmt }

    /// Model and version.
    public var product: String?
    /// `P` pass or `F` fail.
    public var romChecksum: PlainLetter?
    /// `P` pass or `F` fail.
    public var receiverFailure: PlainLetter?
    /// `R` retained or `L` lost.
    public var storedData: PlainLetter?
    /// `R` retained or `L` lost.
    public var realTimeClock: PlainLetter?
    /// `P` pass or `F` excessive drift.
    public var oscillator: PlainLetter?
    /// `C` while data are collected.
    public var collecting: PlainLetter?
    /// Of the board, in degrees Celsius.
    public var temperature: NMEANumber?
    /// `R` retained or `L` lost.
    public var configuration: PlainLetter?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.text(&product)
        fields.letter(&romChecksum)
        fields.letter(&receiverFailure)
        fields.letter(&storedData)
        fields.letter(&realTimeClock)
        fields.letter(&oscillator)
        fields.letter(&collecting)
        fields.number(&temperature)
        fields.letter(&configuration)
    }
}
