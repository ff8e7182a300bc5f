/// Position of a u-blox receiver, with its accuracy.
///
/// Source: u-blox M8 receiver description PUBX 00.
public struct PUBX00: PositionSentence {
    public static var kind: SentenceKind { .pubx00 }

    /// UTC.
    public var time: NMEATime?
    public var latitude: Latitude?
    public var longitude: Longitude?
    /// Metres above the ellipsoid.
    public var altitude: NMEANumber?
    /// `NF` none, `DR`, `G2`, `G3`, `D2`, `D3` (differential), `RK`, `TT` time only.
    public var status: String?
    /// In metres.
    public var horizontalAccuracy: NMEANumber?
    /// In metres.
    public var verticalAccuracy: NMEANumber?
    /// Over ground, in kilometres an hour.
    public var speedKmh: NMEANumber?
    /// Over ground, true.
    public var course: NMEANumber?
    /// Metres a second; positive is down.
    public var sinkRate: NMEANumber?
    /// In seconds.
    public var correctionAge: NMEANumber?
    /// Horizontal dilution of precision.
    public var hdop: NMEANumber?
    /// Vertical dilution of precision.
    public var vdop: NMEANumber?
    /// Time dilution of precision.
    public var tdop: NMEANumber?
    /// How many satellites are used.
    public var satellitesUsed: UInt16?
    /// Whether it is used.
    public var deadReckoning: UInt8?

    public init() {}

    @inline(__always)
    public mutating func code(_ fields: inout some FieldCoder) {
        fields.time(&time)
        fields.latitude(&latitude)
        fields.longitude(&longitude)
        fields.number(&altitude)
        fields.text(&status)
        fields.number(&horizontalAccuracy)
        fields.number(&verticalAccuracy)
        fields.number(&speedKmh)
        fields.number(&course)
        fields.number(&sinkRate)
        fields.number(&correctionAge)
        fields.number(&hdop)
        fields.number(&vdop)
        fields.number(&tdop)
        fields.integer(&satellitesUsed)
        fields.reserved()
        fields.integer(&deadReckoning)
    }
}
