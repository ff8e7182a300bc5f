import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire

/// One opening of one device: its bytes to the hub, as sentences and as what they mean.
final class SourceStream: StreamProtocol, PositioningReceiver {
    /// The longest cycle that is kept for new clients, in bytes.
    private static let maximumCycle = 16 * 1024

    /// No receiver is rightly before this: with the system's clock it tells weeks that rolled over.
    private static let earliest = NMEADate(year: 2026, month: 1, day: 1)

    private let hub: Hub
    private let device: GatewayDevice
    /// What the device's counts were before this opening.
    private let countsBefore: ParserCounts
    private let ended: (Disconnect) -> Void
    private let canWrite: Bool
    /// Only while the connection stands: each holds the other.
    private var inner: NMEAProtocol?
    private var batch = SentenceBatch()
    private var cycle: [UInt8] = []

    /// What may wait for the device at most.
    private static let maximumQueue = 4096

    /// - Parameters:
    ///   - canWrite: whether what is written reaches the device.
    ///   - ended: called once when the stream is over.
    init(
        _ hub: Hub, _ device: GatewayDevice, canWrite: Bool = false,
        ended: @escaping (Disconnect) -> Void = { _ in }
    ) {
        self.canWrite = canWrite
        self.hub = hub
        self.device = device
        self.ended = ended
        countsBefore = device.counts
    }

    func connectionMade(on transport: any Transport) {
        let inner = NMEAProtocol(device: device.name, to: self)
        inner.reader.assembler.earliest = Self.earliest
        inner.sentenceReceived = { [weak self] _, bytes, _ in self?.take(bytes) }
        inner.connectionMade(on: transport)
        self.inner = inner
        guard canWrite else { return }
        device.writer = { [weak transport] bytes in
            guard let transport, transport.queuedBytes + bytes.count <= Self.maximumQueue else {
                return false
            }
            transport.write(shared: bytes)
            return true
        }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        guard let inner else { return }
        try tell(bytes, to: inner, transport)
        device.counts = countsBefore
        device.counts.add(inner.reader.parser.counts)
        if batch.isEmpty { return }
        let now = UTCTime(nanosecondsSince1970: transport.reactor.kernel.wallClock())
        hub.received(batch, from: device, at: now)
        batch.removeAll()
    }

    /// What the bytes mean goes out before the bytes themselves do.
    private func tell(
        _ bytes: Span<UInt8>, to inner: NMEAProtocol, _ transport: any Transport
    ) throws {
        hub.beginChunk()
        defer { hub.endChunk() }
        try inner.received(bytes, on: transport)
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        inner?.connectionLost(reason, on: transport)
        inner = nil
        if canWrite { device.writer = nil }
        ended(reason)
    }

    func received(_ event: PositioningEvent) {
        switch event {
        case .position, .noFix, .movement:
            device.newestCycle = cycle
            cycle = []
        default: break
        }
        hub.received(event, from: device)
    }

    private func take(_ sentence: Span<UInt8>) {
        batch.append(sentence)
        if cycle.count + sentence.count + 2 > Self.maximumCycle { cycle = [] }
        cycle.append(copying: sentence)
        cycle += [0x0D, 0x0A]
    }
}
