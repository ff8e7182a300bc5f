/// What cuts a byte stream into messages and makes the bytes of one.
public protocol MessageFramer {
    /// Takes a chunk from `start` on until at most one message was delivered; gives where to go on.
    ///
    /// - Throws: `ProtocolError`, remote, for what is no message, or what `deliver` throws.
    mutating func step(
        _ bytes: Span<UInt8>, from start: Int, _ deliver: (Span<UInt8>) throws -> Void
    ) throws -> Int
    /// The bytes of a message.
    ///
    /// - Throws: `ProtocolError`, ours, for one that is too long.
    func encode(_ message: Span<UInt8>) throws(ProtocolError) -> [UInt8]
}
