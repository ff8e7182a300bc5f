// Lines of a head out of a stream in any cut. A head that lies whole within a chunk is read where
// it is; only one that was cut is gathered, up to the limit and one byte. Every decision is taken
// at the end of a line or at a limit, so that the answer never depends on how the bytes were cut.
// It knows lines and fields; it must never know what a field means, nor who speaks to whom: that
// is the business of whoever takes the lines.
//
// Strict, because each leniency here has been somebody's hole: a line ends with CR LF and with
// nothing else, a name is a token right before its colon, a line that begins with a blank is
// refused, and a control character in a value is, too.
import FairleadWire

/// What reads the lines of a head.
protocol HeadLines {
    /// The first line, from `start` to `end`.
    mutating func startLine(_ head: Span<UInt8>, _ start: Int, _ end: Int) throws(HTTPFault)
    /// A field; its name is a token, its value holds no control character.
    mutating func field(
        _ head: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPFault)
    /// The empty line.
    mutating func headEnded(_ head: Span<UInt8>) throws(HTTPFault)
}

/// Finds heads, or trailers, in a byte stream.
struct HeadReader {
    /// What the lines are.
    enum Kind {
        case request
        case response
        /// Fields only.
        case trailers
    }

    let kind: Kind
    let startLineLimit: Int
    let limit: Int
    let fieldLimit: Int
    /// The last head that was read.
    var block = HeadBlock()

    private var gathered: [UInt8] = []
    private var hasStartLine: Bool
    private var hasSkippedLine = false
    /// Where the line begins that has no end yet, and from where on its end is looked for.
    private var lineStart = 0
    private var searched = 0

    init(_ kind: Kind, _ limits: HTTPLimits) {
        self.kind = kind
        let maximum = kind == .trailers ? limits.trailers : limits.head
        limit = min(max(maximum, 16), 65_535)
        // Reached before the limit of the head, also behind an empty line: one answer at each cut.
        startLineLimit = min(max(limits.startLine, 12), limit - 4)
        fieldLimit = max(limits.fields, 0)
        hasStartLine = kind == .trailers
    }

    /// Whether bytes of an unfinished head are held.
    var isUnderway: Bool { !gathered.isEmpty }

    /// Takes bytes from `place` on; true when a head is complete, with `place` behind it.
    mutating func read(
        _ bytes: Span<UInt8>, _ place: inout Int, _ lines: inout some HeadLines
    ) throws(HTTPFault) -> Bool {
        if gathered.isEmpty {
            let rest = bytes.extracting(droppingFirst: place)
            if rest.isEmpty { return false }
            if let end = try parse(rest, &lines) {
                block.bytes.append(copying: rest.extracting(first: end))
                place += end
                restart()
                return true
            }
            gathered = [UInt8](copying: rest)
            place = bytes.count
            return false
        }
        return try readOn(bytes, &place, &lines)
    }

    /// A part of the head came with an earlier chunk.
    private mutating func readOn(
        _ bytes: Span<UInt8>, _ place: inout Int, _ lines: inout some HeadLines
    ) throws(HTTPFault) -> Bool {
        var held: [UInt8] = []
        swap(&held, &gathered)
        let known = held.count
        let count = min(bytes.count - place, limit + 1 - known)
        held.append(copying: bytes.extracting(place..<place + count))
        guard let end = try parse(held.span, &lines) else {
            place += count
            gathered = held
            return false
        }
        place += end - known
        held.removeLast(held.count - end)
        block.bytes.append(copying: held.span)
        restart()
        return true
    }

    private mutating func restart() {
        hasStartLine = kind == .trailers
        hasSkippedLine = false
        lineStart = 0
        searched = 0
    }

    /// Reads whole lines; gives where the head ends, or nil when it goes on.
    private mutating func parse(
        _ head: Span<UInt8>, _ lines: inout some HeadLines
    ) throws(HTTPFault) -> Int? {
        if searched == 0 { block.removeAll() }
        if !hasStartLine { try checkFirst(head) }
        while let end = head.firstIndex(of: 0x0A, from: searched) {
            try checkSize(end - lineStart, end + 1)
            guard end > lineStart, head[end - 1] == 0x0D else {
                throw .remote(400, "a line that does not end with CR LF")
            }
            let start = lineStart
            lineStart = end + 1
            searched = end + 1
            if end - 1 > start {
                try line(head, start, end - 1, &lines)
            } else if hasStartLine {
                try lines.headEnded(head)
                return end + 1
            } else {
                try skipLine(head)
            }
        }
        searched = head.count
        try checkSize(head.count - lineStart, head.count)
        return nil
    }

    /// What begins unlike a start line, such as a TLS handshake, is refused at once.
    private func checkFirst(_ head: Span<UInt8>) throws(HTTPFault) {
        guard lineStart < head.count else { return }
        let first = head[lineStart]
        if ByteClass.isToken(first) { return }
        let isLineEnd = lineStart + 1 == head.count || head[lineStart + 1] == 0x0A
        if first == 0x0D, isLineEnd, !hasSkippedLine { return }
        throw .remote(400, "a start line begins with a letter")
    }

    /// One empty line before a request is tolerated (RFC 9112, 2.2).
    private mutating func skipLine(_ head: Span<UInt8>) throws(HTTPFault) {
        if hasSkippedLine || kind != .request { throw .remote(400, "an empty line, not a head") }
        hasSkippedLine = true
        try checkFirst(head)
    }

    /// - Parameter line: bytes of the line so far, its CR included.
    private func checkSize(_ line: Int, _ head: Int) throws(HTTPFault) {
        if !hasStartLine, line > startLineLimit + 1 {
            throw .remote(414, "a start line above \(startLineLimit) bytes")
        }
        if head > limit { throw .remote(431, "a head above \(limit) bytes") }
    }

    private mutating func line(
        _ head: Span<UInt8>, _ start: Int, _ end: Int, _ lines: inout some HeadLines
    ) throws(HTTPFault) {
        if !hasStartLine {
            hasStartLine = true
            return try lines.startLine(head, start, end)
        }
        guard block.slots.count < fieldLimit else {
            throw .remote(431, "more than \(fieldLimit) fields")
        }
        if ByteClass.isBlank(head[start]) {
            throw .remote(400, "a field that is folded, or has no name")
        }
        guard let colon = Self.nameEnd(head, start, end) else {
            throw .remote(400, "a field's name must be a token, right before its colon")
        }
        let value = head.trimmed(colon + 1, end)
        for index in value where !ByteClass.isValue(head[index]) {
            throw .remote(400, "a control character in a field's value")
        }
        let name = start..<colon
        block.slots.append(FieldSlot(name, value))
        try lines.field(head, name, value)
    }

    /// Where the colon is that ends a token; nil when the line does not begin so.
    @inline(__always)
    private static func nameEnd(_ head: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var index = start
        while index < end, ByteClass.isToken(head[index]) { index += 1 }
        return index > start && index < end && head[index] == UInt8(ascii: ":") ? index : nil
    }
}
