/// Cuts a byte stream into messages that begin with their length.
///
/// Memory grows with what has arrived, never with what a length announces.
public struct LengthPrefixFramer: MessageFramer {
    /// The size of the length.
    public enum Prefix: Int, Sendable, CaseIterable {
        case bits8 = 1
        case bits16 = 2
        case bits32 = 4
    }

    public let prefix: Prefix
    public let isLittleEndian: Bool
    /// The longest message, in bytes.
    public let maximum: Int
    private var length: Int?
    private var header: [UInt8] = []
    private var payload: [UInt8] = []

    public init(_ prefix: Prefix, littleEndian: Bool = false, maximum: Int = 64 * 1024) {
        self.prefix = prefix
        isLittleEndian = littleEndian
        let largest = prefix == .bits32 ? Int(UInt32.max) : 1 << (8 * prefix.rawValue) - 1
        self.maximum = min(max(maximum, 0), largest)
    }

    /// Bytes of memory that are held for an unfinished message.
    public var memory: Int { header.capacity + payload.capacity }

    /// Takes a chunk and calls `deliver` with each message; its bytes are valid in the call.
    ///
    /// - Throws: `ProtocolError`, remote, for a length over the maximum, or what `deliver` throws.
    public mutating func feed(_ bytes: Span<UInt8>, _ deliver: (Span<UInt8>) throws -> Void) throws
    {
        var start = 0
        while start < bytes.count { start = try step(bytes, from: start, deliver) }
    }

    /// Takes a chunk from `start` on until at most one message was delivered; gives where to go
    /// on. For a reader that may pause between two messages.
    public mutating func step(
        _ bytes: Span<UInt8>, from start: Int, _ deliver: (Span<UInt8>) throws -> Void
    ) throws -> Int {
        var start = max(start, 0)
        while length == nil {
            guard start < bytes.count else { return bytes.count }
            try takeHeader(bytes[start])
            start += 1
        }
        let missing = (length ?? 0) - payload.count
        let end = start + min(missing, bytes.count - start)
        if end - start < missing {
            payload.append(copying: bytes.extracting(start..<end))
            return bytes.count
        }
        length = nil
        try deliverMessage(bytes.extracting(start..<end), deliver)
        return end
    }

    /// A message with its length.
    public func encode(_ message: Span<UInt8>) throws(ProtocolError) -> [UInt8] {
        if message.count > maximum {
            throw ProtocolError(
                .local, "length prefix", "\(message.count) bytes; expected at most \(maximum)")
        }
        let size = prefix.rawValue
        var encoded = (0..<size).map { index in
            let shift = 8 * (isLittleEndian ? index : size - 1 - index)
            return UInt8(truncatingIfNeeded: message.count >> shift)
        }
        encoded.append(copying: message)
        return encoded
    }

    private mutating func takeHeader(_ byte: UInt8) throws(ProtocolError) {
        header.append(byte)
        guard header.count == prefix.rawValue else { return }
        let ordered = isLittleEndian ? header.reversed() : header
        let value = ordered.reduce(0) { $0 << 8 | Int($1) }
        header.removeAll(keepingCapacity: true)
        if value > maximum {
            throw ProtocolError(
                .remote, "length prefix", "a message of \(value) bytes; expected at most \(maximum)"
            )
        }
        length = value
    }

    private mutating func deliverMessage(
        _ rest: Span<UInt8>, _ deliver: (Span<UInt8>) throws -> Void
    ) throws {
        if payload.isEmpty { return try deliver(rest) }
        payload.append(copying: rest)
        let whole = payload
        payload = []
        try deliver(whole.span)
    }
}
