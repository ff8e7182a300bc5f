// Frames to messages (RFC 6455, 5). The size of a message is judged by what its frames announce,
// all fragments together, before a byte of it is kept: nothing is allocated on an announcement.
// Fragments are counted too, for they may be empty and cost the sender nothing. Text is checked as
// it comes. It knows no clock and writes nothing; that a ping is answered is its user's business.
import FairleadWire

/// Which side of a WebSocket one is.
public enum WebSocketRole: Hashable, Sendable {
    /// Receives masked frames and sends plain ones.
    case server
    /// The other way round.
    case client
}

/// Reads what comes over a WebSocket.
public struct WebSocketReader {
    private enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    private enum State {
        /// The first bytes of a frame.
        case header
        case payload(Opcode, isFinal: Bool)
        case failed(WebSocketFault)
    }

    private let role: WebSocketRole
    private let isDeflated: Bool
    private let messageLimit: Int
    private let fragmentLimit: Int
    private var state = State.header
    private var header: [UInt8] = []
    /// What is left of the present frame's payload, and its mask.
    private var left = 0
    private var mask: UInt32 = 0
    private var maskPlace = 0
    /// The message that is being put together.
    private var kind: Opcode?
    private var isCompressed = false
    private var message: [UInt8] = []
    private var fragments = 0
    private var checker = UTF8Checker()
    private var control: [UInt8] = []

    /// - Parameter isDeflated: whether messages may be compressed: the first reserved bit says so.
    public init(
        _ role: WebSocketRole, limits: HTTPLimits = HTTPLimits(), isDeflated: Bool = false
    ) {
        self.role = role
        self.isDeflated = isDeflated
        messageLimit = max(limits.webSocketMessage, 0)
        fragmentLimit = max(limits.webSocketFragments, 1)
    }

    /// Bytes of memory that are held.
    public var memory: Int { message.capacity + control.capacity + header.capacity }

    /// Takes bytes from `place` on until something whole was found; nil when all are taken.
    ///
    /// - Throws: the fault of the peer, at this call and all that follow.
    public mutating func step(
        _ bytes: Span<UInt8>, _ place: inout Int
    ) throws(WebSocketFault) -> WebSocketEvent? {
        do throws(WebSocketFault) {
            while true {
                switch state {
                case .failed(let fault): throw fault
                case .header:
                    guard place < bytes.count else { return nil }
                    header.append(bytes[place])
                    place += 1
                    try readHeader()
                case .payload(let opcode, let isFinal):
                    try takePayload(bytes, &place, opcode)
                    if left > 0 { return nil }
                    state = .header
                    if let event = try frameEnded(opcode, isFinal) { return event }
                }
            }
        } catch {
            state = .failed(error)
            message = []
            throw error
        }
    }

    // MARK: Headers

    private mutating func readHeader() throws(WebSocketFault) {
        if header.count == 1 { return try checkFirst(header[0]) }
        let isMasked = header[1] & 0x80 != 0
        let short = Int(header[1] & 0x7F)
        if header.count == 2 {
            guard isMasked == (role == .server) else {
                throw WebSocketFault(
                    .protocolError, isMasked ? "a masked frame" : "a frame without a mask")
            }
            if header[0] & 8 != 0, short > 125 {
                throw WebSocketFault(.protocolError, "a control frame above 125 bytes")
            }
        }
        let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
        let size = 2 + lengthBytes + (isMasked ? 4 : 0)
        if header.count == 2 + lengthBytes { try checkLength(short, lengthBytes) }
        if header.count == size { try beginPayload(short, lengthBytes, isMasked) }
    }

    private func checkFirst(_ first: UInt8) throws(WebSocketFault) {
        guard let opcode = Opcode(rawValue: first & 15) else {
            throw WebSocketFault(.protocolError, "a reserved opcode")
        }
        // Of a compressed message its first frame says so, and no other (RFC 7692, 6).
        let mayCompress = isDeflated && (opcode == .text || opcode == .binary)
        guard first & (mayCompress ? 0x30 : 0x70) == 0 else {
            throw WebSocketFault(.protocolError, "a reserved bit without an extension")
        }
        let isFinal = first & 0x80 != 0
        if opcode.isControl {
            if !isFinal { throw WebSocketFault(.protocolError, "a control frame in fragments") }
        } else if (opcode == .continuation) != (kind != nil) {
            throw WebSocketFault(
                .protocolError,
                kind == nil ? "a continuation of nothing" : "a message within another")
        }
    }

    private func length(_ short: Int, _ lengthBytes: Int) -> UInt64 {
        if lengthBytes == 0 { return UInt64(short) }
        return header[2..<2 + lengthBytes].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func checkLength(_ short: Int, _ lengthBytes: Int) throws(WebSocketFault) {
        let length = length(short, lengthBytes)
        if lengthBytes == 2 && length < 126 || lengthBytes == 8 && length < 65_536 {
            throw WebSocketFault(.protocolError, "a length that is longer than it need be")
        }
        if length >> 63 != 0 { throw WebSocketFault(.protocolError, "a length of 64 bits") }
        if header[0] & 8 != 0 { return }
        guard let size = Int(exactly: length), size <= messageLimit - message.count else {
            throw WebSocketFault(.tooBig, "a message above \(messageLimit) bytes")
        }
    }

    private mutating func beginPayload(
        _ short: Int, _ lengthBytes: Int, _ isMasked: Bool
    ) throws(WebSocketFault) {
        left = Int(truncatingIfNeeded: length(short, lengthBytes))
        mask = 0
        maskPlace = 0
        if isMasked { mask = header.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } }
        let first = header[0]
        let isFinal = first & 0x80 != 0
        let opcode = Opcode(rawValue: first & 15) ?? .close
        header.removeAll(keepingCapacity: true)
        state = .payload(opcode, isFinal: isFinal)
        if opcode.isControl { return control.removeAll(keepingCapacity: true) }
        if opcode != .continuation {
            kind = opcode
            isCompressed = first & 0x40 != 0
            fragments = 0
            checker = UTF8Checker()
        }
        fragments += 1
        if fragments > fragmentLimit {
            throw WebSocketFault(.tooBig, "a message of more than \(fragmentLimit) fragments")
        }
    }

    // MARK: Payload

    private mutating func takePayload(
        _ bytes: Span<UInt8>, _ place: inout Int, _ opcode: Opcode
    ) throws(WebSocketFault) {
        let count = min(left, bytes.count - place)
        let part = bytes.extracting(place..<place + count)
        if opcode.isControl {
            Masking.append(part, turnedMask, to: &control)
        } else {
            let start = message.count
            Masking.append(part, turnedMask, to: &message)
            if kind == .text, !isCompressed {
                var checker = checker
                let isRight = checker.take(message.span, from: start)
                self.checker = checker
                if !isRight { throw WebSocketFault(.invalidText, "text that is not UTF-8") }
            }
        }
        maskPlace &+= count
        place += count
        left -= count
    }

    /// The mask, from the place on where it is now.
    private var turnedMask: UInt32 {
        let shift = UInt32(truncatingIfNeeded: (maskPlace & 3) * 8)
        return shift == 0 ? mask : mask << shift | mask >> (32 - shift)
    }

    private mutating func frameEnded(
        _ opcode: Opcode, _ isFinal: Bool
    ) throws(WebSocketFault) -> WebSocketEvent? {
        switch opcode {
        case .ping: return .ping(control)
        case .pong: return .pong(control)
        case .close: return try close()
        case .continuation, .text, .binary: return isFinal ? try messageEnded() : nil
        }
    }

    private mutating func messageEnded() throws(WebSocketFault) -> WebSocketEvent {
        let isText = kind == .text
        if isText, !isCompressed, !checker.isComplete {
            throw WebSocketFault(.invalidText, "text that is not UTF-8")
        }
        var bytes: [UInt8] = []
        swap(&bytes, &message)
        kind = nil
        if isCompressed { return .deflated(bytes, isText: isText) }
        return isText ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
    }

    private func close() throws(WebSocketFault) -> WebSocketEvent {
        if control.isEmpty { return .close(.none, reason: "") }
        guard control.count >= 2 else {
            throw WebSocketFault(.protocolError, "half a close code")
        }
        let code = WebSocketCloseCode(rawValue: UInt16(control[0]) << 8 | UInt16(control[1]))
        guard code.isSendable else {
            throw WebSocketFault(.protocolError, "a close code that must not be sent")
        }
        guard let reason = String(validating: control.dropFirst(2), as: UTF8.self) else {
            throw WebSocketFault(.invalidText, "a close reason that is not UTF-8")
        }
        return .close(code, reason: reason)
    }
}
