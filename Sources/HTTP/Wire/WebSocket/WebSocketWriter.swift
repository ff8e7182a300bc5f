import FairleadWire

/// Writes what goes over a WebSocket: each message one frame.
public enum WebSocketWriter {
    /// The frame of a text.
    ///
    /// - Parameter mask: a random number for a client; nil for a server, which never masks.
    public static func text(_ text: String, mask: UInt32? = nil) -> [UInt8] {
        frame(1, Array(text.utf8), mask)
    }

    /// The frame of bytes.
    public static func binary(_ bytes: [UInt8], mask: UInt32? = nil) -> [UInt8] {
        frame(2, bytes, mask)
    }

    /// The frame of a message whose text is bytes already.
    public static func message(_ bytes: [UInt8], isText: Bool, mask: UInt32? = nil) -> [UInt8] {
        frame(isText ? 1 : 2, bytes, mask)
    }

    /// The frame of a message that is compressed, where that was agreed upon.
    public static func deflated(
        _ bytes: [UInt8], isText: Bool, mask: UInt32? = nil
    ) -> [UInt8] {
        frame(isText ? 0x41 : 0x42, bytes, mask)
    }

    /// A ping, of at most 125 bytes; more are cut off.
    public static func ping(_ bytes: [UInt8] = [], mask: UInt32? = nil) -> [UInt8] {
        frame(9, Array(bytes.prefix(125)), mask)
    }

    /// The answer to a ping, with its bytes.
    public static func pong(_ bytes: [UInt8], mask: UInt32? = nil) -> [UInt8] {
        frame(10, Array(bytes.prefix(125)), mask)
    }

    /// A close frame; a code that may not be sent is left out, a reason cut at 123 bytes.
    public static func close(
        _ code: WebSocketCloseCode, reason: String = "", mask: UInt32? = nil
    ) -> [UInt8] {
        guard code.isSendable else { return frame(8, [], mask) }
        var reason = Substring(reason)
        while reason.utf8.count > 123 { reason = reason.dropLast() }
        let high = UInt8(truncatingIfNeeded: code.rawValue >> 8)
        let low = UInt8(truncatingIfNeeded: code.rawValue)
        return frame(8, [high, low] + reason.utf8, mask)
    }

    private static func frame(_ opcode: UInt8, _ payload: [UInt8], _ mask: UInt32?) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(payload.count + 14)
        out.append(0x80 | opcode)
        let masked: UInt8 = mask == nil ? 0 : 0x80
        if payload.count < 126 {
            out.append(masked | UInt8(truncatingIfNeeded: payload.count))
        } else {
            let bytes = payload.count < 65_536 ? 2 : 8
            out.append(masked | (bytes == 2 ? 126 : 127))
            for shift in stride(from: (bytes - 1) * 8, through: 0, by: -8) {
                out.append(UInt8(truncatingIfNeeded: payload.count >> shift))
            }
        }
        guard let mask else { return out + payload }
        let key = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: mask >> UInt32($0)) }
        out += key
        Masking.append(payload.span, mask, to: &out)
        return out
    }
}
