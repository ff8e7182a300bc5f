/// How far off a position may be: standard deviations (68 %) in metres.
public struct ErrorEstimate: Hashable, Sendable {
    /// What an estimate rests on, the better first.
    public enum Source: Hashable, Sendable {
        /// GST, the receiver's own statistics of this fix.
        case statistics
        /// A maker's sentence: PUBX 00, PGRME, PSRFEPE, PQTMEPE, PGGK …
        case maker
        /// GBS, what the receiver expects.
        case expected
        /// The dilutions of precision times a usual error of range: rough.
        case dilution
    }

    public var source: Source
    /// North and south.
    public var latitude: Double?
    /// East and west.
    public var longitude: Double?
    public var altitude: Double?
    /// Of the error ellipse, where GST has one.
    public var semiMajor: Double?
    /// Of the error ellipse, where GST has one.
    public var semiMinor: Double?
    /// Degrees from true north to the major axis.
    public var orientation: Double?
    /// Of the place on the ground: from both axes unless the receiver says it.
    public var horizontal: Double?

    public init(source: Source) { self.source = source }

    /// From dilutions, for errors of range of a usual size.
    ///
    /// Five metres for a position by one receiver alone, one and a half with differential
    /// corrections; a few centimetres and decimetres for RTK, where dilutions say little.
    init?(_ dilution: Dilution, _ quality: Fix.Quality?) {
        guard dilution.horizontal != nil || dilution.vertical != nil else { return nil }
        let range: Double
        switch quality {
        case .gps, nil: range = 5
        case .differential, .precise: range = 1.5
        case .rtkFloat: range = 0.3
        case .rtkFixed: range = 0.015
        case .deadReckoning, .manual, .simulated: return nil
        }
        self.init(source: .dilution)
        horizontal = dilution.horizontal.map { $0 * range }
        altitude = dilution.vertical.map { $0 * range }
        latitude = horizontal.map { $0 * 0.5.squareRoot() }
        longitude = latitude
    }
}
