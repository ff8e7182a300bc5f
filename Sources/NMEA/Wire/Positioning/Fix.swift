/// What a receiver says in one epoch about where it is and how it moves.
///
/// Metres, metres a second and degrees, on WGS 84; nil is what the receiver did not say. Without a
/// fix, the mode is `none`, there is no position, and the rest is what is known nevertheless.
public struct Fix: Hashable, Sendable {
    /// How many dimensions are known.
    public enum Mode: UInt8, Hashable, Sendable, Comparable {
        case none = 1
        case twoDimensional = 2
        case threeDimensional = 3

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// How the position came about; the raw values are those of GGA.
    public enum Quality: UInt8, Hashable, Sendable {
        /// By satellites alone, of whatever system.
        case gps = 1
        /// With differential corrections, SBAS among them.
        case differential = 2
        /// By the precise positioning service.
        case precise = 3
        case rtkFixed = 4
        case rtkFloat = 5
        case deadReckoning = 6
        /// Entered by hand.
        case manual = 7
        case simulated = 8
    }

    /// The device, by the name that its assembler was given.
    public var device = ""
    /// The system time at which the first sentence of the epoch came.
    public var received: UTCTime?
    /// The day of the fix, UTC; nil before the receiver has told one.
    public var date: NMEADate?
    /// The time of day of the fix, UTC.
    public var time: NMEATime?
    /// Whether the day may be wrong by a rollover of the week number.
    public var dateDoubt: DateDoubt?

    public var mode = Mode.none
    public var quality: Quality?
    public var position: Coordinate?
    /// The datum that the receiver uses by its own words (DTM, PGRMM); nil for WGS 84.
    public var datum: String?
    /// Above mean sea level.
    public var altitude: Double?
    /// Above the ellipsoid.
    public var ellipsoidalAltitude: Double?
    /// How far the geoid lies above the ellipsoid.
    public var geoidSeparation: Double?

    /// Over ground.
    public var speed: Double?
    /// Whether the speed was computed from the places of two fixes.
    public var isSpeedComputed = false
    /// Over ground, from true north.
    public var course: Double?
    /// Up.
    public var climb: Double?
    /// Whether the climb was computed from the altitudes of two fixes.
    public var isClimbComputed = false
    /// Degrees that magnetic north lies east of true north.
    public var magneticVariation: Double?
    /// Where the bow points, from true north: the newest of this epoch or the one before.
    public var heading: Double?

    public var dilution = Dilution()
    public var errors: ErrorEstimate?
    /// Of differential corrections, in seconds.
    public var correctionAge: Double?
    /// The reference station that the corrections are from.
    public var correctionStation: UInt16?
    /// How many satellites take part.
    public var satellitesUsed: Int?
    /// How many satellites are in view.
    public var satellitesSeen: Int?
    /// Whether this epoch went out before, and this is more of it: the receiver sent sentences
    /// behind the one that usually is its last.
    public var isAmended = false

    public init() {}
}

extension Fix {
    /// Day and time of day; nil until both are known.
    public var utc: UTCTime? {
        guard let date, let time else { return nil }
        return UTCTime(date, time)
    }

    /// Geocentric coordinates; at the ellipsoid where the altitude above it is not known.
    public var earthCentered: EarthCentered? {
        position.flatMap { Ellipsoid.wgs84.earthCentered($0, height: ellipsoidalAltitude ?? 0) }
    }

    /// The shortest way to a place on the ellipsoid; good to 15 nanometres.
    public func way(to place: Coordinate) -> Geodesic? { position?.geodesic(to: place) }

    /// The locator of radio amateurs; nil unless it has 2, 4, 6, 8 or 10 characters.
    public func maidenhead(characters: Int = 6) -> Maidenhead? {
        position.flatMap { Maidenhead($0, characters: characters) }
    }

    /// Zone, easting and northing; nil beyond 84 degrees north and 80 south.
    public var utm: UTM? { position.flatMap { UTM($0) } }

    /// The square of the military grid, of so many digits for each axis.
    public func mgrs(digits: Int = 5) -> MGRS? {
        position.flatMap { MGRS($0, digits: digits) }
    }

    /// Whether the position lies in a region; nil without one.
    public func isInside(_ fence: some Geofence) -> Bool? { position.map { fence.contains($0) } }
}
