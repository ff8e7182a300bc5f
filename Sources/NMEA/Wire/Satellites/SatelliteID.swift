// Makers number satellites in ranges of their own, and before revision 4.1 nothing in a sentence
// said which system a number belongs to. The ranges here are those of the standard, of u-blox
// (strict and extended), MediaTek, SiRF, SkyTraq, ST Teseo and Quectel. Where two makers gave
// one number to two systems, the system that the sentence names decides; where it names none,
// the older meaning. A number of no range is no satellite that could be named.

/// A satellite: its system and its number there.
///
/// The number is the PRN of GPS, SBAS (120 to 158) and BeiDou, the slot of GLONASS (1 to 32), the
/// SVID of Galileo and NavIC; QZSS counts from 1.
public struct SatelliteID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let constellation: Constellation
    public let number: UInt16

    public init(_ constellation: Constellation, _ number: UInt16) {
        self.constellation = constellation
        self.number = number
    }

    /// What a sentence means by a number.
    ///
    /// `system` is the one that the sentence names, by its talker or its system id; nil for `GN`
    /// without an id. Nil for a number that belongs to no range.
    public init?(numbered number: UInt16, in system: Constellation?) {
        guard let id = Self.own(number, system) ?? Self.common(number) else { return nil }
        self = id
    }

    /// What PUBX 03 means by a number: its own numbers of Galileo and BeiDou are those of others.
    init?(ublox number: UInt16) {
        switch number {
        case 159...163: self.init(.beidou, number - 158)
        case 211...246: self.init(.galileo, number - 210)
        default: self.init(numbered: number, in: nil)
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.constellation.rawValue, left.number) < (right.constellation.rawValue, right.number)
    }

    /// `GPS 12`.
    public var description: String { "\(constellation) \(number)" }

    /// The ranges that count only where the sentence names the system.
    private static func own(_ number: UInt16, _ system: Constellation?) -> SatelliteID? {
        switch (system, number) {
        case (.glonass, 1...32): SatelliteID(.glonass, number)
        case (.galileo, 1...36): SatelliteID(.galileo, number)
        case (.beidou, 1...64): SatelliteID(.beidou, number)
        case (.beidou, 141...172): SatelliteID(.beidou, number - 140)
        case (.beidou, 173...197): SatelliteID(.beidou, number - 160)
        case (.qzss, 1...10): SatelliteID(.qzss, number)
        case (.qzss, 193...202): SatelliteID(.qzss, number - 192)
        case (.navic, 1...15): SatelliteID(.navic, number)
        default: nil
        }
    }

    /// The ranges that count with any system.
    private static func common(_ number: UInt16) -> SatelliteID? {
        switch number {
        case 1...32: SatelliteID(.gps, number)
        case 33...64: SatelliteID(.sbas, number + 87)
        case 65...96: SatelliteID(.glonass, number - 64)
        case 120...158: SatelliteID(.sbas, number)
        case 173...182: SatelliteID(.imes, number - 172)
        case 183...192: SatelliteID(.qzss, number - 182)
        case 193...200: SatelliteID(.qzss, number - 192)
        case 201...264: SatelliteID(.beidou, number - 200)
        case 301...336: SatelliteID(.galileo, number - 300)
        case 401...464: SatelliteID(.beidou, number - 400)
        default: nil
        }
    }
}
