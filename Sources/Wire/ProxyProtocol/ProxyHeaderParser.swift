/// Takes a PROXY protocol header, of either version, off the head of a byte stream in any cut.
///
/// It takes no byte after the header, and holds no more bytes than its limit. What cannot become
/// a header is refused at its first wrong byte.
public struct ProxyHeaderParser {
    /// What a chunk has brought.
    public enum Outcome: Hashable, Sendable {
        case needsMore
        /// The header is whole; `used` bytes of this chunk belong to it.
        case complete(ProxyHeader, used: Int)
    }

    /// The longest text header, with its CR LF (section 2.1).
    public static let longestLine = 107
    /// The first bytes of a binary header.
    static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]
    static let linePrefix = Array("PROXY ".utf8)
    /// Signature, version and command, family, length.
    static let fixedSize = 16

    /// The longest binary header, in bytes.
    public let maximum: Int
    private var gathered: [UInt8] = []
    /// The size of a binary header, once its length is known.
    private var size: Int?

    public init(maximum: Int = 4096) {
        self.maximum = max(maximum, Self.fixedSize)
    }

    /// Bytes taken so far.
    public var count: Int { gathered.count }

    /// Takes a chunk; once a header is complete or refused, nothing more may be fed.
    public mutating func feed(_ bytes: Span<UInt8>) throws(ProxyFault) -> Outcome {
        var index = 0
        while index < bytes.count {
            gathered.append(bytes[index])
            index += 1
            if let header = try check() { return .complete(header, used: index) }
        }
        return .needsMore
    }

    /// Looks at the newest byte; gives the header when it was the last.
    private mutating func check() throws(ProxyFault) -> ProxyHeader? {
        let last = gathered.count - 1
        if gathered[0] == Self.linePrefix[0] {
            if last < Self.linePrefix.count {
                if gathered[last] != Self.linePrefix[last] { throw .badSignature }
            } else if gathered[last] == 10 {
                return try ProxyHeader(line: gathered)
            }
            if gathered.count == Self.longestLine { throw .tooLong }
            return nil
        }
        if last < Self.signature.count {
            if gathered[last] != Self.signature[last] { throw .badSignature }
            return nil
        }
        if gathered.count <= Self.fixedSize { try checkFixedPart() }
        return gathered.count == size ? try ProxyHeader(binary: gathered) : nil
    }

    private mutating func checkFixedPart() throws(ProxyFault) {
        switch gathered.count {
        case 13: _ = try ProxyHeader.command(gathered[12])
        case 14: _ = try ProxyHeader.family(gathered[13])
        case 16:
            let total = Self.fixedSize + Int(gathered[14]) << 8 + Int(gathered[15])
            if total > maximum { throw .tooLong }
            size = total
        default: break
        }
    }
}
