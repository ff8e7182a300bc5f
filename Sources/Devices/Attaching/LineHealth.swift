// What a line that is open sounds like: is there anything, is it a receiver's, is it always the
// same. It only listens; what follows from it is the attachment's business.
import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// Judges an open line by what arrives.
struct LineHealth {
    /// When something arrived last, at first when it was opened.
    private(set) var lastByte: Instant
    /// When something valid arrived last, at first when it was opened.
    private(set) var lastValid: Instant

    private var evidence = ReceiverEvidence()
    private var unproven = 0
    /// What is said again and again, if anything is.
    private(set) var repetition: Repetition

    /// Until when a line that was valid a moment ago is taken for valid, unread: what a fast one
    /// says need not be parsed twice.
    private var trusted: Instant
    private static let trust = Duration.milliseconds(50)

    /// Bytes without anything valid among them that are a flood: more than two seconds of the
    /// fastest usual line.
    static let flood = 192 * 1024

    init(openedAt now: Instant, _ repetition: Repetition? = nil) {
        lastByte = now
        lastValid = now
        trusted = now
        self.repetition = repetition ?? Repetition(since: now)
    }

    /// Whether it sends without end what no receiver would say.
    var isFlooding: Bool { unproven >= Self.flood }

    /// Whether the same time and place have been said again and again for so long.
    func isRepeating(for span: Duration, at now: Instant) -> Bool {
        repetition.count >= 5 && now.since(repetition.since) >= span
    }

    /// Takes a chunk; true when something in it was valid.
    mutating func take(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
        lastByte = now
        if now < trusted { return true }
        var heard = repetition
        let isValid = evidence.take(bytes) { heard.take($0, $1, at: now) }
        repetition = heard
        guard isValid else {
            unproven += bytes.count
            return false
        }
        unproven = 0
        lastValid = now
        trusted = now + Self.trust
        return true
    }
}

/// How often one and the same sentence with a time in it has come.
struct Repetition {
    private(set) var count = 0
    /// When it came first.
    private(set) var since: Instant
    private var kind: SentenceKind?
    private var sentence: [UInt8] = []
    private static let kinds: Set<SentenceKind> = [.rmc, .gga, .gns]

    init(since now: Instant) {
        since = now
    }

    /// Only the first kind with a time that comes is looked at; one without time says nothing.
    mutating func take(_ view: SentenceView, _ bytes: Span<UInt8>, at now: Instant) {
        guard let kind = view.kind, Self.kinds.contains(kind), self.kind ?? kind == kind,
            let time = view.fields(in: bytes).first, !time.isEmpty
        else { return }
        let sentence = [UInt8](copying: bytes)
        if sentence == self.sentence {
            count += 1
            return
        }
        self.kind = kind
        self.sentence = sentence
        since = now
        count = 0
    }
}
