import FairleadEngine
import FairleadWire

/// Which settings are tried on a line whose speed nobody knows, and in which order.
public struct SpeedPlan: Hashable, Sendable {
    /// Frames of a byte on the wire beside the usual 8N1.
    public enum Frame: Hashable, Sendable, CaseIterable {
        /// Seven bits and even parity.
        case sevenEven
        /// Eight bits and two stop bits: told apart from 8N1 only by a strict receiver.
        case eightTwoStops
    }

    /// The eight usual speeds, the likeliest first: modules leave their makers with 9600, marine
    /// instruments with 4800 (NMEA 0183) or 38400 (0183-HS), boards with 115200.
    public static let usualSpeeds = [9600, 4800, 38400, 115_200, 57600, 19200, 230_400, 460_800]
    /// The usual ones and 921600.
    public static let allSpeeds = usualSpeeds + [921_600]

    /// What is tried, in this order.
    public var candidates: [SerialSettings]

    public init(candidates: [SerialSettings]) {
        self.candidates = candidates
    }

    /// Speeds with 8N1, then with the frames that were asked for.
    public init(speeds: [Int] = Self.allSpeeds, alsoTrying frames: [Frame] = []) {
        candidates = speeds.map { SerialSettings(baud: $0) }
        for frame in frames {
            candidates += speeds.map { speed in
                switch frame {
                case .sevenEven: SerialSettings(baud: speed, dataBits: 7, parity: .even)
                case .eightTwoStops: SerialSettings(baud: speed, stopBits: 2)
                }
            }
        }
    }

    /// The same with one in front: what was right the last time.
    func beginning(with settings: SerialSettings?) -> SpeedPlan {
        guard let settings, candidates.contains(settings) else { return self }
        return SpeedPlan(candidates: [settings] + candidates.filter { $0 != settings })
    }
}
