/// Cuts a byte stream into netstrings: `5:hello,`.
///
/// Strict: digits only, no leading zero, a comma at the end. Memory grows with what has arrived,
/// never with what a length announces.
public struct NetstringFramer: MessageFramer {
    /// The longest string, in bytes.
    public let maximum: Int
    private var length: Int?
    private var digits: [UInt8] = []
    private var payload: [UInt8] = []

    public init(maximum: Int = 64 * 1024) {
        self.maximum = max(maximum, 0)
    }

    /// Bytes of memory that are held for an unfinished string.
    public var memory: Int { digits.capacity + payload.capacity }

    /// Takes a chunk and calls `deliver` with each string; its bytes are valid in the call.
    ///
    /// - Throws: `ProtocolError`, remote, or what `deliver` throws.
    public mutating func feed(_ bytes: Span<UInt8>, _ deliver: (Span<UInt8>) throws -> Void) throws
    {
        var start = 0
        while start < bytes.count { start = try step(bytes, from: start, deliver) }
    }

    /// Takes a chunk from `start` on until at most one string was delivered; gives where to go
    /// on. For a reader that may pause between two strings.
    public mutating func step(
        _ bytes: Span<UInt8>, from start: Int, _ deliver: (Span<UInt8>) throws -> Void
    ) throws -> Int {
        var start = max(start, 0)
        while start < bytes.count {
            if let length { return try takePayload(bytes, start, length, deliver) }
            try takeDigit(bytes[start])
            start += 1
        }
        return bytes.count
    }

    /// A string as a netstring.
    public func encode(_ string: Span<UInt8>) throws(ProtocolError) -> [UInt8] {
        if string.count > maximum {
            throw ProtocolError(
                .local, "netstring", "\(string.count) bytes; expected at most \(maximum)")
        }
        var encoded = Array("\(string.count):".utf8)
        encoded.append(copying: string)
        encoded.append(UInt8(ascii: ","))
        return encoded
    }

    private mutating func takeDigit(_ byte: UInt8) throws(ProtocolError) {
        if byte == UInt8(ascii: ":") {
            guard let value = decimalNumber(digits, atMost: UInt64(maximum)) else {
                throw Self.error(
                    "length \"\(String(decoding: digits, as: UTF8.self))\"; "
                        + "expected a number up to \(maximum)")
            }
            // Exact: it is at most `maximum`.
            length = Int(clamping: value)
            digits.removeAll(keepingCapacity: true)
            return
        }
        guard (0x30...0x39).contains(byte) else {
            throw Self.error("byte \(byte) in a length; expected a digit or ':'")
        }
        digits.append(byte)
        if digits.count > 19 { throw Self.error("a length of more than 19 digits") }
    }

    private mutating func takePayload(
        _ bytes: Span<UInt8>, _ start: Int, _ length: Int, _ deliver: (Span<UInt8>) throws -> Void
    ) throws -> Int {
        let missing = length - payload.count
        let end = start + min(missing, bytes.count - start)
        if end - start < missing || end == bytes.count {
            payload.append(copying: bytes.extracting(start..<end))
            return end
        }
        guard bytes[end] == UInt8(ascii: ",") else {
            throw Self.error("byte \(bytes[end]) after the string; expected ','")
        }
        self.length = nil
        if payload.isEmpty {
            try deliver(bytes.extracting(start..<end))
        } else {
            payload.append(copying: bytes.extracting(start..<end))
            let whole = payload
            payload = []
            try deliver(whole.span)
        }
        return end + 1
    }

    private static func error(_ text: String) -> ProtocolError {
        ProtocolError(.remote, "netstring", text)
    }
}
