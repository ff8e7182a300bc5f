/// Angle of the rudders, in degrees.
///
/// Source: NMEA 0183 4.11, 8.3 RSA.
public struct RSA: TypedSentence {
    public static var kind: SentenceKind { .rsa }

    /// Or of the only rudder; negative turns to port.
    public var starboard: NMEANumber?
    /// Whether it is valid.
    public var starboardStatus: Status?
    /// Negative turns to port.
    public var port: NMEANumber?
    /// Whether it is valid.
    public var portStatus: Status?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.number(&starboard)
        fields.letter(&starboardStatus)
        fields.mayEndHere()
        fields.number(&port)
        fields.letter(&portStatus)
    }
}
