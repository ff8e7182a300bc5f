// Sentences out of a byte stream that comes in any cut, between binary and garbage. A sentence
// that lies whole within a chunk is delivered as a part of that chunk; only one that was cut is
// gathered, in a buffer of fixed size, and looked at again when more has come. A sentence ends
// with its checksum, whatever follows, so that it goes out at once and one that is glued to
// another is found; without a checksum it ends with its line. All decisions depend on the bytes
// alone, never on how they were cut. It knows nothing of what a sentence says, and no clock.

import FairleadWire

/// Cuts a byte stream into NMEA 0183 sentences.
///
/// Nothing is ever thrown for what the bytes are; what is no sentence is counted. Sentences
/// without a type, makers' among them, are delivered like all others.
public final class NMEAParser {
    /// What becomes of sentences without a checksum.
    public enum ChecksumPolicy: Hashable, Sendable {
        /// They are refused.
        case required
        /// They are delivered.
        case optional
        /// They are delivered until a sentence with a good checksum has come: a receiver writes
        /// checksums always or never, and one without is then a sentence that was cut off.
        case learned
    }

    /// What became of a stretch of bytes that began like a sentence.
    private enum Outcome {
        /// A sentence with its TAG block, from `start` to `end`.
        case sentence(SentenceView, start: Int, end: Int)
        /// No sentence; it is counted, and what comes next begins at a place.
        case refused(next: Int)
        /// Too long: it is counted, and the rest of it is passed over behind the limit.
        case tooLong
        /// It may go on in the next chunk.
        case unfinished
    }

    /// Where in the stream the parser is.
    private enum Place {
        /// Between sentences; at the start of a line or not.
        case between(lineStart: Bool)
        /// In a comment line, which begins with `#`.
        case comment
        /// In the rest of a sentence that is too long.
        case tooLong
    }

    /// The longest sentence, in bytes with its TAG block and checksum.
    public let maximum: Int
    /// What becomes of sentences without a checksum.
    public var policy: ChecksumPolicy
    /// What has been met so far.
    public internal(set) var counts = ParserCounts()

    private var place = Place.between(lineStart: true)
    /// The beginning of a sentence that was cut, `maximum` bytes and one at most.
    private var gathered: [UInt8] = []
    /// Whether a sentence with a good checksum has come.
    private var hasSeenChecksum = false

    public init(policy: ChecksumPolicy = .learned, maximum: Int = 1024) {
        self.policy = policy
        self.maximum = min(max(maximum, 16), 1 << 16)
        gathered.reserveCapacity(self.maximum + 1)
    }

    /// Forgets an unfinished sentence, for another stream to follow; counts stay.
    public func reset() {
        gathered.removeAll(keepingCapacity: true)
        place = .between(lineStart: true)
        hasSeenChecksum = false
    }

    /// Takes a chunk and calls `deliver` with each sentence and its bytes, valid during the call.
    public func feed(
        _ bytes: Span<UInt8>, _ deliver: (SentenceView, Span<UInt8>) throws -> Void
    ) rethrows {
        try scan(bytes) { view, rest, count in try deliver(view, rest.extracting(first: count)) }
    }

    /// As `feed`, with what each sentence says.
    public func decode(
        _ bytes: Span<UInt8>,
        _ deliver: (SentenceView, Span<UInt8>, Sentence) throws -> Void
    ) rethrows {
        try scan(bytes) { view, rest, count in
            let own = rest.extracting(first: count)
            try view.read(rest) { sentence, isMalformed in
                if view.kind == nil { counts.unknown += 1 }
                if isMalformed { counts.malformed += 1 }
                try deliver(view, own, sentence)
            }
        }
    }
}

extension NMEAParser {
    /// Called with a sentence, with all bytes from its first one on, and with how many are its own.
    private typealias Delivery = (SentenceView, Span<UInt8>, Int) throws -> Void

    @inline(__always)
    private func scan(_ bytes: Span<UInt8>, _ deliver: Delivery) rethrows {
        var position = gathered.isEmpty ? 0 : try finish(bytes, deliver)
        while position < bytes.count {
            switch place {
            case .between(let lineStart):
                position = try sentences(bytes, position, lineStart, deliver)
            case .comment: position = skipComment(bytes, position)
            case .tooLong: position = skipTooLong(bytes, position)
            }
        }
    }

    /// Takes sentences one after another until something else comes; what is between is counted.
    @inline(__always)
    private func sentences(
        _ bytes: Span<UInt8>, _ start: Int, _ lineStart: Bool, _ deliver: Delivery
    ) rethrows -> Int {
        var index = start
        var lineStart = lineStart
        // For the case that the receiver throws.
        place = .between(lineStart: false)
        // Once for a chunk: each access to a property of a class is checked at run time.
        var found = 0
        defer { counts.sentences &+= found }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "\\"):
                lineStart = false
                switch look(ByteWindow(bytes, from: index)) {
                case .sentence(let view, let first, let end):
                    found &+= 1
                    let rest = bytes.extracting(index &+ first..<bytes.count)
                    try deliver(view, rest, end &- first)
                    index &+= end
                case .refused(let next): index &+= next
                case .tooLong:
                    place = .tooLong
                    return index &+ maximum
                case .unfinished:
                    gathered.append(copying: bytes.extracting(index..<bytes.count))
                    return bytes.count
                }
                continue
            case 0x0A, 0x0D:
                lineStart = true
            case UInt8(ascii: "#") where lineStart:
                place = .comment
                return index
            default:
                counts.notNMEA += 1
                lineStart = false
            }
            index &+= 1
        }
        place = .between(lineStart: lineStart)
        return index
    }

    /// Goes on with a sentence that began in an earlier chunk; says where in this one to go on.
    private func finish(
        _ bytes: Span<UInt8>, _ deliver: Delivery
    ) rethrows -> Int {
        // Out of the property while it is lent: the callback may use this parser.
        var stretch: [UInt8] = []
        swap(&stretch, &gathered)
        let before = stretch.count
        stretch.append(
            copying: bytes.extracting(first: min(bytes.count, maximum + 1 - before)))
        let outcome = look(ByteWindow(stretch.span))
        var next = stretch.count - before
        defer { keep(stretch) }
        switch outcome {
        case .sentence(let view, let first, let end):
            counts.sentences += 1
            next = end - before
            defer { stretch.removeAll(keepingCapacity: true) }
            try deliver(view, stretch.span.extracting(first..<stretch.count), end - first)
        case .refused(let end):
            next = end - before
            stretch.removeAll(keepingCapacity: true)
        case .tooLong:
            place = .tooLong
            next = maximum - before
            stretch.removeAll(keepingCapacity: true)
        case .unfinished: break
        }
        return next
    }

    /// Puts the buffer back, unless the callback has begun another sentence.
    private func keep(_ stretch: [UInt8]) {
        if gathered.isEmpty { gathered = stretch }
    }

    private func skipComment(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            // Text goes on to the end of its line; anything else is no text.
            if byte < 0x20, byte != 0x09 {
                place = .between(lineStart: false)
                break
            }
            index += 1
        }
        counts.notNMEA += index - start
        return index
    }

    private func skipTooLong(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "$") {
                place = .between(lineStart: false)
                break
            }
            index += 1
        }
        return index
    }
}

extension NMEAParser {
    /// Looks at a window that begins with `$`, `!` or `\`.
    @inline(__always)
    private func look(_ window: ByteWindow) -> Outcome {
        var start = 0
        if window[0] == UInt8(ascii: "\\") {
            switch tagBlock(window) {
            case .refused(let next): return refuse(\.badTagBlocks, next: next)
            case .unfinished: return tooLongOrUnfinished(window)
            case .whole(let end): start = end
            }
        }
        let (end, checksum) = window.body(from: start + 1)
        guard end < window.count, end <= maximum else { return tooLongOrUnfinished(window) }
        switch window[end] {
        case UInt8(ascii: "*"): return withChecksum(window, start, end, checksum)
        case 0x0A, 0x0D: return withoutChecksum(window, start, end)
        default: return refuse(\.malformed, next: end)
        }
    }

    /// What a TAG block is.
    private enum TagOutcome {
        /// Whole, right, and followed by a sentence at a place.
        case whole(Int)
        /// Broken; what comes next begins at a place.
        case refused(Int)
        case unfinished
    }

    /// Looks at the TAG block at the beginning of a window: `\g:1-2-34,s:source*hh\`.
    @inline(never)
    private func tagBlock(_ window: ByteWindow) -> TagOutcome {
        var index = 1
        // What lies beyond the limit must not count, or the cut would decide.
        let limit = min(window.count, maximum + 1)
        while index < limit, window[index] != UInt8(ascii: "\\") {
            let byte = window[index]
            let isText = byte >= 0x20 && byte <= 0x7E
            if !isText || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "!") {
                return .refused(index)
            }
            index += 1
        }
        guard index + 1 < limit else { return .unfinished }
        let next = window[index + 1]
        let (star, checksum) = window.body(from: 1)
        guard next == UInt8(ascii: "$") || next == UInt8(ascii: "!"), star == index - 3,
            checksumWritten(window, star) == checksum
        else { return .refused(index + 1) }
        return .whole(index + 1)
    }

    /// The checksum that is written behind a `*`; nil when it is no number.
    @inline(__always)
    private func checksumWritten(_ window: ByteWindow, _ star: Int) -> UInt8? {
        let high = hexadecimalValue(window[star &+ 1])
        let low = hexadecimalValue(window[star &+ 2])
        return high | low < 16 ? high << 4 | low : nil
    }

    /// A sentence whose body ends with `*`.
    @inline(__always)
    private func withChecksum(
        _ window: ByteWindow, _ start: Int, _ star: Int, _ checksum: UInt8
    ) -> Outcome {
        guard star + 3 <= window.count, star + 3 <= maximum else {
            return checksumUnfinished(window, star)
        }
        guard let written = checksumWritten(window, star) else {
            let next = hexadecimalDigit(window[star + 1]) == nil ? star + 1 : star + 2
            return refuse(\.malformed, next: next)
        }
        if written != checksum { return secondChance(window, start, star) }
        guard let view = SentenceView(window, start: start, end: star, hasChecksum: true) else {
            return refuse(\.malformed, next: star + 3)
        }
        if !hasSeenChecksum { hasSeenChecksum = true }
        return .sentence(view, start: 0, end: star + 3)
    }

    /// What is known of a checksum whose end has not come, or would come too late.
    private func checksumUnfinished(_ window: ByteWindow, _ star: Int) -> Outcome {
        if star + 3 > maximum { return tooLongOrUnfinished(window) }
        if star + 1 < window.count, hexadecimalDigit(window[star + 1]) == nil {
            return refuse(\.malformed, next: star + 1)
        }
        return .unfinished
    }

    /// Looks for an AIS sentence that is glued to the beginning of a broken one.
    ///
    /// `!` is allowed in a text of careless devices, so it does not begin a sentence by itself;
    /// but where the checksum is wrong from the beginning and right from the last `!`, it did.
    @inline(never)
    private func secondChance(
        _ window: ByteWindow, _ start: Int, _ star: Int
    ) -> Outcome {
        var first = star - 1
        while first > start, window[first] != UInt8(ascii: "!") { first -= 1 }
        guard first > start else { return refuse(\.badChecksum, next: star + 3) }
        let (_, checksum) = window.body(from: first + 1)
        guard checksumWritten(window, star) == checksum,
            let view = SentenceView(window, start: first, end: star, hasChecksum: true)
        else { return refuse(\.badChecksum, next: star + 3) }
        counts.malformed += 1
        return .sentence(view.moved(by: -first), start: first, end: star + 3)
    }

    /// A sentence that its line ends.
    private func withoutChecksum(_ window: ByteWindow, _ start: Int, _ end: Int) -> Outcome {
        guard let view = SentenceView(window, start: start, end: end, hasChecksum: false) else {
            return refuse(\.malformed, next: end)
        }
        counts.missingChecksum += 1
        if policy == .required || (policy == .learned && hasSeenChecksum) {
            return .refused(next: end)
        }
        return .sentence(view, start: 0, end: end)
    }

    private func refuse(_ cause: WritableKeyPath<ParserCounts, Int>, next: Int) -> Outcome {
        counts[keyPath: cause] += 1
        return .refused(next: next)
    }

    /// Nothing has ended within the window, or nothing within the limit.
    private func tooLongOrUnfinished(_ window: ByteWindow) -> Outcome {
        guard window.count > maximum else { return .unfinished }
        counts.tooLong += 1
        return .tooLong
    }
}

/// The value of a hexadecimal digit, 255 for anything else.
///
/// `hexadecimalDigit` of the layer below is a call that cannot be inlined: two for each sentence.
@inline(__always)
private func hexadecimalValue(_ byte: UInt8) -> UInt8 {
    let digit = byte &- UInt8(ascii: "0")
    if digit < 10 { return digit }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter &+ 10 : 255
}
