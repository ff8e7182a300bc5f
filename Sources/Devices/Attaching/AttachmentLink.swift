// The protocol of the line itself, between the engine and the protocol that the owner of the device
// gave: it finds the speed, judges the line, and tells the attachment. It must never know what is
// made of the bytes, nor keep anything of one opening for the next but what repeats.
import FairleadEngine
import FairleadWire

/// What listens on the open line of an attachment: looks for the speed first, where that is asked
/// for, and hands everything on from then on.
///
/// What came before the speed was found never reaches the protocol inside, and what is cut off by
/// a hang-up reaches only the protocol of that one opening: the next has its own.
final class AttachmentLink: StreamProtocol {
    /// What the attachment is told.
    enum Event {
        case opened(SerialSettings)
        case trying(SerialSettings)
        /// A round over all settings was in vain.
        case nothingFound(SpeedDetector.Heard)
        /// The first valid sentence, or byte where any will do.
        case proven(SerialSettings)
        /// Something arrived after the speed was known.
        case heard
        case lost(Disconnect)
    }

    private let plan: SpeedPlan?
    private let isPatient: Bool
    private let expectsReceiver: Bool
    private let factory: StreamFactory
    private let told: (AttachmentLink, Event) -> Void
    private weak var transport: (any SerialTransport)?
    private var inner: (any StreamProtocol)?
    private var detector: SpeedDetector?
    private(set) var health: LineHealth
    private(set) var isProven = false

    /// Whether the speed is still looked for.
    var isDetecting: Bool { detector != nil }
    /// The settings in force; nil when the line is not open.
    var settings: SerialSettings? { transport?.settings }

    /// - Parameters:
    ///   - plan: what is tried; nil when the line is set already.
    ///   - repetition: what the line said again and again when it was open before.
    init(
        _ reactor: Reactor, plan: SpeedPlan?, isPatient: Bool, expectsReceiver: Bool,
        repetition: Repetition?, _ factory: @escaping StreamFactory,
        told: @escaping (AttachmentLink, Event) -> Void
    ) {
        self.plan = plan
        self.isPatient = isPatient
        self.expectsReceiver = expectsReceiver
        self.factory = factory
        self.told = told
        health = LineHealth(openedAt: reactor.now, repetition)
    }

    private func tell(_ event: Event) { told(self, event) }

    /// Ends the connection for a reason of ours.
    func end(_ reason: Disconnect) { transport?.abort(reason) }

    func connectionMade(on transport: any Transport) throws {
        guard let line = transport as? any SerialTransport else { return transport.close() }
        self.transport = line
        guard let plan else {
            try start(on: line)
            return tell(.opened(line.settings))
        }
        tell(.opened(line.settings))
        let detector = SpeedDetector(
            plan, on: line.reactor, isPatient: isPatient
        ) { [weak self] settings in
            self?.apply(settings) ?? false
        } ended: { [weak self] outcome in
            self?.detected(outcome)
        }
        self.detector = detector
        detector.begin()
    }

    private func start(on line: any SerialTransport) throws {
        guard let inner = factory(line) else { return line.close() }
        self.inner = inner
        try inner.connectionMade(on: line)
    }

    // MARK: Detection

    private func apply(_ settings: SerialSettings) -> Bool {
        guard let transport else { return false }
        do throws(SystemError) {
            try transport.apply(settings)
            try transport.discard(.input)
        } catch {
            return false
        }
        let actual = transport.settings.baud
        guard abs(actual - settings.baud) * 100 <= settings.baud * 3 else { return false }
        tell(.trying(settings))
        return true
    }

    private func detected(_ outcome: SpeedDetector.Outcome) {
        detector = nil
        switch outcome {
        case .nothing(let heard): tell(.nothingFound(heard))
        case .found(let settings, let kept):
            guard let transport else { return }
            health = LineHealth(openedAt: transport.reactor.now, health.repetition)
            do {
                try start(on: transport)
                prove(settings)
                if !kept.isEmpty { try inner?.received(kept.span, on: transport) }
            } catch {
                transport.abort(Disconnect(thrown: error))
            }
        }
    }

    private func prove(_ settings: SerialSettings) {
        isProven = true
        tell(.proven(settings))
    }

    // MARK: Bytes

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if let detector { return detector.received(bytes) }
        if isProven {
            // Whoever waits for a position does not wait for our judgement of the line.
            defer { judge(bytes, transport) }
            return try inner?.received(bytes, on: transport) ?? ()
        }
        judge(bytes, transport)
        try inner?.received(bytes, on: transport)
    }

    private func judge(_ bytes: Span<UInt8>, _ transport: any Transport) {
        let isValid = health.take(bytes, at: transport.reactor.now) || !expectsReceiver
        if isValid, !isProven, let settings = self.transport?.settings { prove(settings) }
        tell(.heard)
    }

    func writeBlocked(on transport: any Transport) { inner?.writeBlocked(on: transport) }
    func writeReady(on transport: any Transport) { inner?.writeReady(on: transport) }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        detector?.cancel()
        detector = nil
        let inner = inner
        self.inner = nil
        inner?.connectionLost(reason, on: transport)
        tell(.lost(reason))
    }
}
