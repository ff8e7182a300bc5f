/// How strongly one signal of a satellite is received.
public struct SatelliteSignal: Hashable, Sendable {
    /// The id of NMEA 4.1 within the satellite's system; nil from an older receiver.
    public var id: UInt8?
    /// C/N0 in dB-Hz.
    public var strength: Float

    public init(id: UInt8?, strength: Float) {
        self.id = id
        self.strength = strength
    }

    /// What the id means in a system: `L1 C/A`, `E5a`; nil where it means nothing.
    ///
    /// Source: NMEA 0183 4.11, table of GNSS system and signal ids.
    public func name(in constellation: Constellation) -> String? {
        guard let id else { return nil }
        let names: [String] =
            switch constellation {
            case .gps:
                [
                    "L1 C/A", "L1 P(Y)", "L1 M", "L2 P(Y)", "L2C-M", "L2C-L", "L5-I", "L5-Q",
                ]
            case .glonass: ["G1 C/A", "G1 P", "G2 C/A", "G2 P"]
            case .galileo: ["E5a", "E5b", "E5 a+b", "E6-A", "E6-BC", "L1-A", "L1-BC"]
            case .beidou:
                [
                    "B1I", "B1Q", "B1C", "B1A", "B2-a", "B2-b", "B2 a+b", "B3I", "B3Q", "B3A",
                    "B2I", "B2Q",
                ]
            case .qzss:
                [
                    "L1 C/A", "L1C (D)", "L1C (P)", "LIS", "L2C-M", "L2C-L", "L5-I", "L5-Q",
                    "L6D", "L6E",
                ]
            case .navic: ["L5-SPS", "S-SPS", "L5-RS", "S-RS", "L1-SPS"]
            case .sbas, .imes: []
            }
        return id >= 1 && Int(id) <= names.count ? names[Int(id) - 1] : nil
    }
}
