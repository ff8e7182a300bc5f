// Lines out of a byte stream that comes in any cut. A line that lies whole within one chunk is
// delivered as a part of that chunk, without copying; only a line that was cut is gathered, and
// no byte is looked at twice. What is gathered is bounded: a longer line becomes an event that
// says how long it was, and the framer goes on after its end. The callback may switch between
// lines and raw bytes at any time; the rest of the same chunk then arrives the new way.

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

    /// How what comes next is read; may be set from inside the callback.
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
        self.maximum = max(maximum, 0)
    }

    /// Bytes of an unfinished line.
    public var pendingCount: Int { (discarded ?? 0) + gathered.count }

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
        if case .raw(let limit) = mode { return try passRaw(bytes, start, limit, deliver) }
        if gathered.isEmpty, discarded == nil { return try findLine(bytes, start, deliver) }
        return try finishLine(bytes, start, deliver)
    }

    private func passRaw(
        _ bytes: Span<UInt8>, _ start: Int, _ limit: Int?,
        _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        let count = min(bytes.count - start, max(limit ?? .max, 0))
        if let limit { mode = limit > count ? .raw(limit - count) : .lines }
        if count > 0 { try deliver(.raw, bytes.extracting(start..<start + count)) }
        return start + count
    }

    /// Nothing is gathered: a line may lie whole within the chunk.
    private func findLine(
        _ bytes: Span<UInt8>, _ start: Int, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows -> Int {
        var from = start
        while let index = bytes.firstIndex(of: last, from: from) {
            let end = index + 1 - ending.count
            if end >= start, matchesEnding(bytes, end) {
                try deliverLine(bytes.extracting(start..<end), deliver)
                return index + 1
            }
            from = index + 1
        }
        gather(bytes.extracting(start..<bytes.count))
        return bytes.count
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
        if let discarded {
            self.discarded = nil
            try deliver(.tooLong(discarded + line.count), Span())
        } else {
            try deliverLine(line.span, deliver)
        }
        if gathered.isEmpty {
            line.removeAll(keepingCapacity: true)
            swap(&line, &gathered)
        }
        return index + 1
    }

    private func deliverLine(
        _ line: Span<UInt8>, _ deliver: (Piece, Span<UInt8>) throws -> Void
    ) rethrows {
        var count = line.count
        if stripsCR, count > 0, line[count - 1] == 0x0D { count -= 1 }
        if count > maximum {
            try deliver(.tooLong(count), Span())
        } else {
            try deliver(.line, line.extracting(first: count))
        }
    }

    private func matchesEnding(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
        for offset in ending.indices where bytes[place + offset] != ending[offset] { return false }
        return true
    }

    /// Keeps a part of an unfinished line; of one that is too long only what may begin its end.
    private func gather(_ bytes: Span<UInt8>) {
        gathered.append(copying: bytes)
        let room = discarded == nil ? maximum + ending.count + 1 : 0
        let kept = ending.count - (gathered.last == last ? 0 : 1)
        if gathered.count > max(room, kept) {
            discarded = (discarded ?? 0) + gathered.count - kept
            gathered.removeFirst(gathered.count - kept)
        }
    }
}

extension LineFramer {
    /// A line with its end, for sending.
    ///
    /// - Throws: `ProtocolError`, ours, when the text holds the delimiter: nobody injects a line.
    public func encode(_ line: Span<UInt8>) throws(ProtocolError) -> [UInt8] {
        if line.count > maximum {
            throw ProtocolError(
                .local, "line", "\(line.count) bytes; expected at most \(maximum)")
        }
        if line.firstIndex(of: last) != nil {
            throw ProtocolError(.local, "line", "a delimiter inside the line")
        }
        return [UInt8](copying: line) + ending
    }
}
