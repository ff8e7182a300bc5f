import FairleadWire

/// Where the parts of a sentence lie in its bytes.
///
/// It goes with the bytes that it was delivered with, which begin with the TAG block, where there
/// is one, and end before CR LF; with others its answers are senseless but harmless.
public struct SentenceView: Sendable {
    /// Which sentence it is; nil for one that has no type.
    public let kind: SentenceKind?
    /// Who speaks; none for a maker's sentence and an unusual address.
    public let talker: Talker
    // Thirty-two bits each: a view is copied with every sentence.
    private let begin: Int32
    private let address: Int32
    private let field: Int32
    private let end: Int32
    /// Whether it has a checksum, which is then right or was not to be looked at.
    public let hasChecksum: Bool

    /// Where the sentence begins: behind the TAG block.
    public var start: Int { Int(begin) }
    /// Where the address ends.
    private var addressEnd: Int { Int(address) }
    /// Where the fields begin: behind the address, and the subtype of a maker's sentence.
    private var fieldStart: Int { Int(field) }
    /// Where the fields end: before the checksum.
    private var fieldEnd: Int { Int(end) }

    /// Looks at the address of a sentence in a window; nil when there is none.
    @inline(__always)
    init?(_ window: ByteWindow, start: Int, end: Int, hasChecksum: Bool) {
        guard let address = SentenceAddress(window, start &+ 1, end) else { return nil }
        kind = address.kind
        talker = address.talker
        begin = Int32(truncatingIfNeeded: start)
        self.address = Int32(truncatingIfNeeded: address.end)
        field = Int32(truncatingIfNeeded: address.fields)
        self.end = Int32(truncatingIfNeeded: end)
        self.hasChecksum = hasChecksum
    }

    /// The same in bytes that begin elsewhere.
    func moved(by distance: Int) -> SentenceView { SentenceView(moving: self, by: distance) }

    private init(moving view: SentenceView, by distance: Int) {
        let distance = Int32(truncatingIfNeeded: distance)
        kind = view.kind
        talker = view.talker
        begin = view.begin &+ distance
        address = view.address &+ distance
        field = view.field &+ distance
        end = view.end &+ distance
        hasChecksum = view.hasChecksum
    }

    /// The address with its talker, or a maker's: `GPGGA`, `PUBX`.
    public func address(in bytes: Span<UInt8>) -> String {
        ByteWindow(bytes).text(start + 1, addressEnd) ?? ""
    }

    /// Whether its first field is packed data (`!`), not plain (`$`).
    public func isEncapsulated(in bytes: Span<UInt8>) -> Bool {
        start >= 0 && start < bytes.count && bytes[start] == UInt8(ascii: "!")
    }

    /// The fields behind the address as text, as they were sent.
    public func fields(in bytes: Span<UInt8>) -> [String] {
        guard addressEnd < fieldEnd else { return [] }
        let text = ByteWindow(bytes).text(addressEnd + 1, fieldEnd) ?? ""
        return text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }

    /// Calls `body` with what the sentence says, and with whether it is malformed.
    func read(
        _ bytes: Span<UInt8>, _ body: (_ sentence: Sentence, _ isMalformed: Bool) throws -> Void
    ) rethrows {
        guard let kind else { return try body(.unknown, false) }
        if isShort(bytes) { return try readShort(kind, padded(bytes).span, body) }
        let window = ByteWindow(bytes, from: fieldStart, to: fieldEnd)
        try Sentence.read(kind, FieldReader(window), body)
    }

    @inline(never)
    private func readShort(
        _ kind: SentenceKind, _ padded: Span<UInt8>,
        _ body: (_ sentence: Sentence, _ isMalformed: Bool) throws -> Void
    ) rethrows {
        let window = ByteWindow(padded, to: fieldEnd - fieldStart)
        try Sentence.read(kind, FieldReader(window), body)
    }

    /// Reads the fields into a sentence; false when they are malformed.
    func read(_ content: inout some TypedSentence, _ bytes: Span<UInt8>) -> Bool {
        if isShort(bytes) { return readShort(&content, padded(bytes).span) }
        var reader = FieldReader(ByteWindow(bytes, from: fieldStart, to: fieldEnd))
        content.code(&reader)
        return !reader.isMalformed
    }

    private func readShort(_ content: inout some TypedSentence, _ padded: Span<UInt8>) -> Bool {
        var reader = FieldReader(ByteWindow(padded, to: fieldEnd - fieldStart))
        content.code(&reader)
        return !reader.isMalformed
    }

    /// Whether the fields and what follows them are no word long.
    @inline(__always)
    private func isShort(_ bytes: Span<UInt8>) -> Bool { bytes.count - fieldStart < 8 }

    /// Fields that are no word long, with room behind them.
    private func padded(_ bytes: Span<UInt8>) -> InlineArray<16, UInt8> {
        var padded = InlineArray<16, UInt8>(repeating: 0)
        let count = min(fieldEnd, bytes.count) - fieldStart
        for index in 0..<min(max(count, 0), 8) { padded[index] = bytes[fieldStart + index] }
        return padded
    }
}
