/// Quectel: velocities in metres a second.
///
/// Source: Quectel GNSS protocol PQTMVEL.
public struct PQTMVEL: TypedSentence {
    public static var kind: SentenceKind { .pqtmvel }

    /// Of the message.
    public var version: UInt8?
    /// UTC.
    public var time: NMEATime?
    /// In metres a second.
    public var north: NMEANumber?
    /// In metres a second.
    public var east: NMEANumber?
    /// In metres a second.
    public var down: NMEANumber?
    /// Over ground, in metres a second.
    public var speed: NMEANumber?
    /// Over ground, in degrees.
    public var course: NMEANumber?
    /// In metres a second.
    public var speedError: NMEANumber?
    /// In degrees.
    public var courseError: NMEANumber?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&version)
        fields.time(&time)
        fields.number(&north)
        fields.number(&east)
        fields.number(&down)
        fields.number(&speed)
        fields.number(&course)
        fields.number(&speedError)
        fields.number(&courseError)
    }
}
