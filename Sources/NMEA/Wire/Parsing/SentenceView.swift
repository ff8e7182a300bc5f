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
        ByteWindow.withWindow(bytes) { $0.text(start + 1, addressEnd) ?? "" }
    }

    /// Whether its first field is packed data (`!`), not plain (`$`).
    public func isEncapsulated(in bytes: Span<UInt8>) -> Bool {
        start >= 0 && start < bytes.count && bytes[start] == UInt8(ascii: "!")
    }

    /// The fields behind the address as text, as they were sent.
    public func fields(in bytes: Span<UInt8>) -> [String] {
        guard addressEnd < fieldEnd else { return [] }
        let text = ByteWindow.withWindow(bytes) { $0.text(addressEnd + 1, fieldEnd) ?? "" }
        return text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }

    /// What the sentence says.
    @inline(__always)
    func sentence(in bytes: Span<UInt8>) -> Sentence {
        guard let kind else { return .unknown }
        return withFields(bytes) { Sentence(kind, $0) }
    }

    /// Calls `body` with a reader that stands before the first field.
    @inline(__always)
    func withFields<Result>(
        _ bytes: Span<UInt8>, _ body: (FieldReader) -> Result
    ) -> Result {
        ByteWindow.withWindow(bytes, from: fieldStart, to: fieldEnd) { body(FieldReader($0)) }
    }
}
