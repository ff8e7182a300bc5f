// Lines out of a byte stream that comes in any cut. A line that lies whole within one chunk is
// delivered as a part of that chunk, without copying; only a line that was cut is gathered, and
// no byte is looked at twice. What is gathered is bounded: a longer line becomes an event that
// says how long it was, and the framer goes on after its end. The callback may switch between
// lines and raw bytes at any time; the rest of the same chunk then arrives the new way. The
// callback must not feed the framer that calls it.

/// Cuts a byte stream into lines, or passes it on raw.
public final class LineFramer {
    /// What ends a line.
    public enum Delimiter: Hashable, Sendable {
        /// CR LF.
        case crlf
        /// LF; a CR before it is not part of the line either.
        case lf
        /// These bytes, at least one.
        case bytes([UInt8])
    }

    /// What a piece of the stream is.
    public enum Piece: Hashable, Sendable {
        /// A line without its end.
        case line
        /// Raw bytes.
        case raw
        /// A line of this many bytes, longer than allowed; it comes without its bytes.
        case tooLong(Int)
    }

    /// How the stream is read.
    public enum Mode: Hashable, Sendable {
        case lines
        /// Raw bytes, for ever or for this many; then lines again.
        case raw(Int?)
    }

    /// How what has not been delivered yet is read; may be set from inside the callback.
    public var mode = Mode.lines
    /// The longest line that is delivered, in bytes without its end.
    public let maximum: Int

    private let ending: [UInt8]
    private let last: UInt8
    private let stripsCR: Bool
    private var gathered: [UInt8] = []
    /// Bytes of a too long line that are thrown away already; nil while none is.
    private var discarded: Int?

    public init(_ delimiter: Delimiter = .crlf, maximum: Int = 16 * 1024) {
        switch delimiter {
        case .crlf: ending = [0x0D, 0x0A]
        case .lf: ending = [0x0A]
        case .bytes(let bytes): ending = bytes.isEmpty ? [0x0A] : bytes
        }
        last = ending.last ?? 0x0A
        stripsCR = delimiter == .lf
        // Half of what an Int holds: sums with it need no care.
        self.maximum = min(max(maximum, 0), Int.max / 2)
    }

    /// Bytes of an unfinished line.
    public var pendingCount: Int { (discarded ?? 0) + gathered.count }
    /// Bytes of memory that are held for an unfinished line.
    public var memory: Int { gathered.capacity }

    /// Takes a chunk and calls `deliver` with each piece in order; its bytes are valid in the call.
    public func feed(
        _ bytes: Span<UInt8>, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows {
        var start = 0
        while start < bytes.count { start = try step(bytes, from: start, deliver) }
    }

    /// Takes a chunk from `start` on until at most one piece was delivered; gives where to go on.
    ///
    /// For a reader that may pause between two pieces.
    public func step(
        _ bytes: Span<UInt8>, from start: Int, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        guard start >= 0, start < bytes.count else { return bytes.count }
        if case .raw(let limit) = mode {
            if pendingCount == 0 { return try passRaw(bytes, start, limit, deliver) }
            try passPending(limit, deliver)
            return start
        }
        if gathered.isEmpty, discarded == nil { return try findLine(bytes, start, deliver) }
        return try finishLine(bytes, start, deliver)
    }

    private func passRaw(
        _ bytes: Span<UInt8>, _ start: Int, _ limit: Int?,
        _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        let count = takeRaw(bytes.count - start, limit)
        if count > 0 { try deliver(.raw, bytes.extracting(start..<start + count)) }
        return start + count
    }

    /// The mode was changed in the middle of a line: what is gathered of it is raw now.
    private func passPending(
        _ limit: Int?, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows {
        if discarded != nil {
            let count = pendingCount
            discarded = nil
            gathered = []
            return try deliver(.tooLong(count), Span())
        }
        let count = takeRaw(gathered.count, limit)
        let bytes = [UInt8](gathered.prefix(count))
        gathered.removeFirst(count)
        if count > 0 { try deliver(.raw, bytes.span) }
    }

    /// How many of `available` bytes are raw; the mode is what it is after them.
    private func takeRaw(_ available: Int, _ limit: Int?) -> Int {
        guard let limit else { return available }
        let count = min(available, max(limit, 0))
        mode = limit > count ? .raw(limit - count) : .lines
        return count
    }

    /// Nothing is gathered: a line may lie whole within the chunk.
    private func findLine(
        _ bytes: Span<UInt8>, _ start: Int, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        guard let end = firstEnding(bytes, from: start) else {
            gather(bytes.extracting(start..<bytes.count))
            return bytes.count
        }
        try deliverLine(bytes.extracting(start..<end), 0, deliver)
        return end + ending.count
    }

    /// A line has begun in an earlier chunk.
    private func finishLine(
        _ bytes: Span<UInt8>, _ start: Int, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        guard let index = bytes.firstIndex(of: last, from: start) else {
            gather(bytes.extracting(start..<bytes.count))
            return bytes.count
        }
        gather(bytes.extracting(start..<index + 1))
        guard gathered.count >= ending.count, gathered.suffix(ending.count).elementsEqual(ending)
        else { return index + 1 }
        // Out of the property while it is lent: the callback may use this framer.
        var line: [UInt8] = []
        swap(&line, &gathered)
        line.removeLast(ending.count)
        let lost = discarded ?? 0
        discarded = nil
        try deliverLine(line.span, lost, deliver)
        // The memory serves the next line that is cut, unless it is much for a quiet connection.
        if gathered.isEmpty, line.capacity <= 512 {
            line.removeAll(keepingCapacity: true)
            swap(&line, &gathered)
        }
        return index + 1
    }

    /// Delivers a line, of which `lost` bytes at the beginning are thrown away already.
    private func deliverLine(
        _ line: Span<UInt8>, _ lost: Int, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows {
        var count = line.count
        if stripsCR, count > 0, line[count - 1] == 0x0D { count -= 1 }
        if lost > 0 || count > maximum {
            try deliver(.tooLong(lost + count), Span())
        } else {
            try deliver(.line, line.extracting(first: count))
        }
    }

    /// Where the first whole delimiter at or after `start` begins.
    private func firstEnding(_ bytes: Span<UInt8>, from start: Int = 0) -> Int? {
        var from = start + ending.count - 1
        while let index = bytes.firstIndex(of: last, from: from) {
            let place = index + 1 - ending.count
            if matchesEnding(bytes, place) { return place }
            from = index + 1
        }
        return nil
    }

    private func matchesEnding(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
        for offset in ending.indices where bytes[place + offset] != ending[offset] { return false }
        return true
    }

    /// Keeps a part of an unfinished line; of one that is too long only what may be its end.
    private func gather(_ bytes: Span<UInt8>) {
        let tail = ending.count + (stripsCR ? 1 : 0)
        if discarded == nil, bytes.count <= maximum + tail - gathered.count {
            gathered.append(copying: bytes)
            return
        }
        let whole = gathered.count + bytes.count
        let kept = bytes.extracting(last: tail)
        if discarded == nil {
            // Give the memory of the line back.
            gathered = [UInt8](gathered.suffix(tail - kept.count))
        } else {
            gathered.removeFirst(max(gathered.count - (tail - kept.count), 0))
        }
        gathered.append(copying: kept)
        discarded = (discarded ?? 0) + whole - gathered.count
    }
}

extension LineFramer {
    /// A line with its end, for sending.
    ///
    /// - Throws: `ProtocolError`, ours, when the peer would read it as another line or as several:
    ///   nobody injects a line. Where lines end with LF, no CR and no LF is allowed inside.
    public func encode(_ line: Span<UInt8>) throws(ProtocolError) -> [UInt8] {
        if line.count > maximum {
            throw ProtocolError(
                .local, "line", "\(line.count) bytes; expected at most \(maximum)")
        }
        let encoded = [UInt8](copying: line) + ending
        let isText = ending == [0x0D, 0x0A] || ending == [0x0A]
        if isText && (line.firstIndex(of: 0x0D) != nil || line.firstIndex(of: 0x0A) != nil)
            || firstEnding(encoded.span) != line.count
        {
            throw ProtocolError(.local, "line", "a delimiter inside the line")
        }
        return encoded
    }
}
