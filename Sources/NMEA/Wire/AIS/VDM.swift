/// A part of an AIS message that was received from another station.
///
/// Source: NMEA 0183 4.11, 8.3 VDM.
public struct VDM: AISSentence {
    public static var kind: SentenceKind { .vdm }
    public var total: UInt8?
    public var number: UInt8?
    public var sequence: UInt8?
    public var channel: PlainLetter?
    public var payload: String?
    public var fillBits: UInt8?

    public init() {}
}

/// A part of an AIS message of the own station.
///
/// Source: NMEA 0183 4.11, 8.3 VDO.
public struct VDO: AISSentence {
    public static var kind: SentenceKind { .vdo }
    public var total: UInt8?
    public var number: UInt8?
    public var sequence: UInt8?
    public var channel: PlainLetter?
    public var payload: String?
    public var fillBits: UInt8?

    public init() {}
}

/// What VDM and VDO have in common.
public protocol AISSentence: TypedSentence {
    /// How many sentences the message has, 1 to 9.
    var total: UInt8? { get set }
    /// Which of them this is.
    var number: UInt8? { get set }
    /// The message that the parts belong to, 0 to 9; empty when there is one part only.
    var sequence: UInt8? { get set }
    /// `A` or `B`; `1` and `2` with some receivers.
    var channel: PlainLetter? { get set }
    /// Six bits in each character, from `0` to `W` and from a backquote to `w`.
    var payload: String? { get set }
    /// How many bits at the end of the last character mean nothing, 0 to 5.
    var fillBits: UInt8? { get set }
}

extension AISSentence {
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&total)
        fields.integer(&number)
        fields.integer(&sequence)
        fields.letter(&channel)
        fields.text(&payload)
        fields.integer(&fillBits)
    }
}
