/// A system of navigation satellites.
///
/// The raw values are those that u-blox and gpsd use as `gnssid`.
public enum Constellation: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    case gps = 0
    /// Augmentation satellites: WAAS, EGNOS, MSAS, GAGAN …
    case sbas = 1
    case galileo = 2
    case beidou = 3
    /// The Japanese indoor messaging system.
    case imes = 4
    case qzss = 5
    case glonass = 6
    case navic = 7

    /// The system that a field of NMEA 4.1 names: 1 GPS to 6 NavIC; nil for another number.
    ///
    /// Source: NMEA 0183 4.11, table of GNSS system and signal ids.
    public init?(systemID: UInt8) {
        switch systemID {
        case 1: self = .gps
        case 2: self = .glonass
        case 3: self = .galileo
        case 4: self = .beidou
        case 5: self = .qzss
        case 6: self = .navic
        default: return nil
        }
    }

    /// The system whose receiver speaks; nil for `GN` and for whoever is no satellite receiver.
    public init?(talker: Talker) {
        switch talker {
        case .gps: self = .gps
        case .glonass: self = .glonass
        case .galileo: self = .galileo
        case .beidou, .beidouOld: self = .beidou
        case .qzss, .qzssOld: self = .qzss
        case .navic: self = .navic
        default: return nil
        }
    }

    /// `GPS`, `GLONASS`, `Galileo` …
    public var description: String {
        switch self {
        case .gps: "GPS"
        case .sbas: "SBAS"
        case .galileo: "Galileo"
        case .beidou: "BeiDou"
        case .imes: "IMES"
        case .qzss: "QZSS"
        case .glonass: "GLONASS"
        case .navic: "NavIC"
        }
    }
}
