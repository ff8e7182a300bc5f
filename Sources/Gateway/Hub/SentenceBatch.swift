import FairleadWire

/// The sentences of one chunk of bytes, each with CR LF, in one buffer that all outlets share.
public struct SentenceBatch: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Where each sentence ends.
    private var ends: [Int] = []

    init() {}

    public var isEmpty: Bool { ends.isEmpty }
    public var count: Int { ends.count }

    /// Adds a sentence without the end of its line.
    mutating func append(_ sentence: Span<UInt8>) {
        bytes.append(copying: sentence)
        bytes.append(0x0D)
        bytes.append(0x0A)
        ends.append(bytes.count)
    }

    mutating func removeAll() {
        bytes = []
        ends.removeAll(keepingCapacity: true)
    }

    /// The sentences that pass a test.
    func filtered(_ passes: (ArraySlice<UInt8>) -> Bool) -> [UInt8] {
        var kept: [UInt8] = []
        var start = 0
        for end in ends {
            if passes(bytes[start..<end]) { kept += bytes[start..<end] }
            start = end
        }
        return kept
    }
}
