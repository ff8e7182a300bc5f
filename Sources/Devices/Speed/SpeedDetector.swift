// Finds the speed of a line by listening, and by nothing else: nothing is written. Each setting
// is listened at until something valid comes, or until it is clear that nothing will:
//
//  - a burst that was heard from its beginning was strange, or over, with nothing valid in it;
//  - so many strange bytes came that a valid frame would have been among them;
//  - the window has passed, which is as long as a receiver that speaks every second needs.
//
// A receiver that mixes protocols may be strange at the right speed; so, when all settings were
// in vain, the next round only goes by the window, a longer one. It must never judge by text
// that looks right: see ReceiverEvidence.
import FairleadEngine
import FairleadWire

/// Tries settings on an open line until a receiver is heard.
final class SpeedDetector {
    /// How a round ended.
    enum Outcome {
        /// A receiver was heard; its bytes that have been taken already are these.
        case found(SerialSettings, kept: [UInt8])
        /// All settings were in vain.
        case nothing(Heard)
    }

    /// How much was heard in a round that was in vain.
    struct Heard {
        let bytes: Int
        let time: Duration
        /// Settings that the line could be given.
        let tried: Int

        /// Whether it was more than any usual line carries for long.
        var isFlood: Bool {
            let perSecond = Int64(bytes) * 1_000_000_000 / max(time.nanoseconds, 1)
            return bytes >= 8192 && perSecond >= 32_768
        }
    }

    /// What is being tried.
    private(set) var settings: SerialSettings?

    private let reactor: Reactor
    private let plan: SpeedPlan
    private let isPatient: Bool
    private let apply: (SerialSettings) -> Bool
    private let ended: (Outcome) -> Void
    private let began: Instant
    private var next = 0
    private var evidence = ReceiverEvidence(keeping: true)
    private var bytesBefore = 0
    private var tried = 0
    private var window: Timer?
    private var gap: Timer?
    /// Whether the line was quiet when the present burst began.
    private var isWhole = false
    /// Whether a burst is under way.
    private var isInBurst = false
    private var bursts = 0

    /// A receiver that speaks every second, and a sentence at 4800, 0.17 s, and how late it may be.
    static let window = Duration.milliseconds(1350)
    static let patientWindow = Duration.milliseconds(2600)
    /// Silence that ends a burst: longer than an adapter gathers bytes, shorter than 5 Hz pause.
    static let gap = Duration.milliseconds(60)
    /// Strange bytes after which a burst that was heard from its beginning is given up.
    private static let strangeInBurst = 24
    /// The same within a burst whose beginning was missed: longer than the rest of a frame.
    private static let strangeInAll = 400

    /// - Parameters:
    ///   - isPatient: not the first round: only the window counts.
    ///   - apply: sets the line; false when the line cannot be set so.
    init(
        _ plan: SpeedPlan, on reactor: Reactor, isPatient: Bool,
        apply: @escaping (SerialSettings) -> Bool, ended: @escaping (Outcome) -> Void
    ) {
        self.plan = plan
        self.reactor = reactor
        self.isPatient = isPatient
        self.apply = apply
        self.ended = ended
        began = reactor.now
    }

    deinit { cancel() }

    /// Begins with the first setting; `ended` may be called from inside.
    func begin() { tryNext() }

    /// Ends it without an outcome.
    func cancel() {
        window?.cancel()
        gap?.cancel()
        settings = nil
    }

    func received(_ bytes: Span<UInt8>) {
        guard let settings else { return }
        if !isInBurst {
            isInBurst = true
            bursts += 1
        }
        if evidence.take(bytes) {
            cancel()
            return ended(.found(settings, kept: evidence.kept))
        }
        gap?.reset(after: Self.gap)
        if evidence.bytes >= LineHealth.flood || !isPatient && isStrange { tryNext() }
    }

    private var isStrange: Bool {
        if evidence.isInFrame || evidence.strangeBytes * 4 < evidence.bytes { return false }
        return evidence.strangeBytes >= (isWhole ? Self.strangeInBurst : Self.strangeInAll)
    }

    private func tryNext() {
        bytesBefore += evidence.bytes
        cancel()
        while next < plan.candidates.count {
            let candidate = plan.candidates[next]
            next += 1
            if apply(candidate) { return listen(candidate) }
        }
        let time = reactor.now.since(began)
        ended(.nothing(Heard(bytes: bytesBefore, time: time, tried: tried)))
    }

    private func listen(_ candidate: SerialSettings) {
        settings = candidate
        tried += 1
        evidence = ReceiverEvidence(keeping: true)
        isWhole = false
        // Until it is quiet, something may be under way that began before.
        isInBurst = true
        bursts = 0
        let time = isPatient ? Self.patientWindow : Self.window
        window = reactor.after(time) { [weak self] in self?.tryNext() }
        gap = reactor.after(Self.gap) { [weak self] in self?.burstEnded() }
    }

    private func burstEnded() {
        isInBurst = false
        // Very few bytes may be a spike on a quiet line.
        let isHeard = isWhole && (evidence.bytes >= 4 && bursts > 0 || bursts > 1)
        if isHeard, !isPatient { return tryNext() }
        isWhole = true
    }
}
