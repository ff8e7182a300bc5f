// Whether bytes come from a receiver: a sentence with a good checksum and an address as makers
// write them, or a valid UBX frame. Never text that only looks right, and never noise: of random
// bytes, one in 10^12 or less is the end of such a sentence.
import FairleadNMEAWire
import FairleadWire

/// Judges the bytes of a serial line.
struct ReceiverEvidence {
    private let parser = NMEAParser(policy: .required, maximum: 512)
    private var scanner = UBXScanner()
    /// Valid sentences and frames so far.
    private(set) var count = 0
    /// Bytes that no sentence consists of, since the start.
    private(set) var strangeBytes = 0
    /// All bytes since the start.
    private(set) var bytes = 0
    /// The valid sentences of the last chunk, and what has come of the next one: to be handed on.
    private(set) var kept: [UInt8] = []

    /// Whether `kept` is wanted.
    private let keeps: Bool

    init(keeping keeps: Bool = false) {
        self.keeps = keeps
    }

    /// Whether a binary frame is under way.
    var isInFrame: Bool { scanner.isInFrame }

    /// Takes a chunk and calls `heard` with each valid sentence; true when anything was valid.
    mutating func take(
        _ chunk: Span<UInt8>, _ heard: (SentenceView, Span<UInt8>) -> Void = { _, _ in }
    ) -> Bool {
        let before = count
        kept.removeAll(keepingCapacity: true)
        bytes += chunk.count
        look(chunk)
        var sentences = 0
        var last: [UInt8] = []
        parser.feed(chunk) { view, own in
            guard Self.isPlausible(view, own) else { return }
            sentences += 1
            heard(view, own)
            if keeps {
                last = [UInt8](copying: own)
                kept += last + [0x0D, 0x0A]
            }
        }
        count += sentences
        if keeps, count > before { keepTail(of: chunk, after: last) }
        return count > before
    }

    /// Frames and strange bytes.
    private mutating func look(_ chunk: Span<UInt8>) {
        // Nearly every chunk is plain text, and nothing to look at one by one.
        if !scanner.isInFrame, !Self.hasStrangeBytes(chunk) { return }
        let frames = scanner.frames
        for index in chunk.indices {
            let byte = chunk[index]
            if byte > 0x7E || byte < 0x20 && byte != 0x0D && byte != 0x0A { strangeBytes += 1 }
            scanner.take(byte)
        }
        count += scanner.frames - frames
    }

    /// Whether there is a byte that no sentence consists of; without branches, many at a time.
    private static func hasStrangeBytes(_ chunk: Span<UInt8>) -> Bool {
        var found: UInt8 = 0
        for index in chunk.indices {
            let byte = chunk[index]
            let isControl = byte < 0x20 && byte != 0x0D && byte != 0x0A
            found |= (isControl ? 1 : 0) | (byte > 0x7E ? 1 : 0)
        }
        return found != 0
    }

    private static func isPlausible(_ view: SentenceView, _ bytes: Span<UInt8>) -> Bool {
        guard view.hasChecksum else { return false }
        let address = view.address(in: bytes).utf8
        let isWord = address.allSatisfy { 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 }
        return isWord && 4...8 ~= address.count && !view.fields(in: bytes).isEmpty
    }

    /// The beginning of the next sentence, unless it is the end of the last one.
    private mutating func keepTail(of chunk: Span<UInt8>, after last: [UInt8]) {
        var start = chunk.count
        while start > 0, chunk[start - 1] != 0x0A { start -= 1 }
        let tail = [UInt8](copying: chunk.extracting(start..<chunk.count))
        guard let first = tail.first, first == 0x24 || first == 0x21 || first == 0x5C else {
            return
        }
        if last.isEmpty || !tail.starts(with: last) { kept += tail }
    }
}
