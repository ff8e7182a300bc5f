/// MediaTek: a message of the system.
///
/// Source: MediaTek PMTK command packet 010.
public struct PMTK010: TypedSentence {
    public static var kind: SentenceKind { .pmtk010 }

    /// 0 unknown, 1 startup, 2 extended ephemeris, 3 normal.
    public var message: UInt16?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&message, digits: 3)
    }
}
