import FairleadNMEAWire
import FairleadWire

/// A device that the gateway hears, and the newest that it said.
///
/// Confined to the reactor's thread, as all of the gateway.
public final class GatewayDevice {
    /// The name that everybody knows it by: its node, or the endpoint that it is heard on.
    public let name: String
    /// The source that it is from, as the configuration says.
    public let source: String
    /// Whether it makes its positions up.
    public let isSimulated: Bool
    /// Whether it is there.
    public internal(set) var isPresent = false
    /// How it stands, for people.
    public internal(set) var state = "absent"
    /// Bits a second; nil where there is no line.
    public internal(set) var speed: Int?
    /// When it last said anything, by the system's clocks.
    public internal(set) var lastHeard: UTCTime?
    public internal(set) var lastHeardInstant: Instant?

    /// Its newest epoch, with a position or without.
    public internal(set) var epoch: Fix?
    /// When that came, by the clock that nobody sets.
    public internal(set) var epochInstant: Instant?
    /// Its newest epoch with a position.
    public internal(set) var position: Fix?
    public internal(set) var sky: Sky?
    public internal(set) var heading: Heading?
    public internal(set) var identity: ReceiverIdentity?
    /// The sentences of its newest whole epoch, as they came.
    public internal(set) var newestCycle: [UInt8] = []
    /// What its parsers met, since it was first heard.
    public internal(set) var counts = ParserCounts()

    /// Takes bytes for the device, or says that it cannot; nil where nothing can be written.
    var writer: (([UInt8]) -> Bool)?

    /// Whether the device can be told something.
    public var isWritable: Bool { writer != nil }

    init(_ name: String, source: String, isSimulated: Bool) {
        self.name = name
        self.source = source
        self.isSimulated = isSimulated
    }
}
