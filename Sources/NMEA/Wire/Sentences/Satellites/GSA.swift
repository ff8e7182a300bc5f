/// Which satellites are used, and the dilutions of precision.
///
/// One sentence for each system, from several of them with talker `GN`. Revision 4.1 added the
/// system. Source: NMEA 0183 4.11, 8.3 GSA.
public struct GSA: TypedSentence {
    public static var kind: SentenceKind { .gsa }

    /// `M` or `A`: whether 2D or 3D is chosen by hand or automatically.
    public var selection: PlainLetter?
    /// 1 no fix, 2 two-dimensional, 3 three-dimensional.
    public var fix: UInt8?
    /// The numbers of the satellites that are used, as the sentence numbers them.
    public var satellites = InlineList<12, UInt16>()
    /// Position dilution of precision.
    public var pdop: NMEANumber?
    /// Horizontal dilution of precision.
    public var hdop: NMEANumber?
    /// Vertical dilution of precision.
    public var vdop: NMEANumber?
    /// The GNSS (4.1): 1 GPS, 2 GLONASS, 3 Galileo, 4 BeiDou, 5 QZSS, 6 NavIC.
    public var system: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.letter(&selection)
        fields.integer(&fix)
        for index in 0..<12 {
            var satellite = satellites[index]
            fields.integer(&satellite, digits: 2)
            if fields.isReading, let satellite { satellites.append(satellite) }
        }
        fields.number(&pdop)
        fields.number(&hdop)
        fields.number(&vdop)
        fields.mayEndHere()
        fields.hexadecimal(&system)
        // With more than twelve numbers one of them would have been taken for the PDOP.
        if let remaining = fields.remaining, remaining > 0 { fields.refuse() }
    }
}
