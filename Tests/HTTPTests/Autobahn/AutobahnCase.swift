// A case of the Autobahn suite (W9) in our own words: frames that one side sends, in what pieces,
// and what the other, which returns each message, must answer. It knows neither side: a case is
// run against our server with masks, and against our client without.
import FairleadHTTPWire

/// Frames, and the strict answer.
struct AutobahnCase: Sendable {
    struct Frame: Sendable {
        let first: UInt8
        let payload: [UInt8]
    }

    /// How the connection must end.
    enum End: Hashable, Sendable {
        /// It goes on until we close it.
        case none
        /// With this code of theirs; nil for a close frame without one.
        case code(UInt16?)
    }

    let name: String
    let frames: [Frame]
    /// Bytes that are sent at a time; nil for each frame by itself.
    let pieces: Int?
    /// Bytes of the last frame that are never sent.
    let unsent: Int
    /// What comes back before the end.
    let answers: [WebSocketEvent]
    let end: End

    init(
        _ name: String, _ frames: [Frame], pieces: Int? = nil, unsent: Int = 0,
        _ answers: [WebSocketEvent] = [], _ end: End = .none
    ) {
        self.name = name
        self.frames = frames
        self.pieces = pieces
        self.unsent = unsent
        self.answers = answers
        self.end = end
    }

    /// The case with its frames in other pieces, under another number.
    func named(_ name: String, pieces: Int) -> AutobahnCase {
        AutobahnCase(name, frames, pieces: pieces, unsent: unsent, answers, end)
    }

    /// The writes of the sender, who masks when it is a client.
    func writes(masked: Bool) -> [[UInt8]] {
        var encoded = frames.enumerated().map { index, frame in
            Self.encoded(frame, masked ? UInt32(truncatingIfNeeded: index &* 0x9E37_79B9) : nil)
        }
        if unsent > 0, var last = encoded.popLast() {
            last.removeLast(unsent)
            encoded.append(last)
        }
        guard let pieces else { return encoded }
        let stream = encoded.flatMap { $0 }
        return stride(from: 0, to: stream.count, by: pieces).map {
            Array(stream[$0..<min($0 + pieces, stream.count)])
        }
    }

    static func encoded(_ frame: Frame, _ mask: UInt32?) -> [UInt8] {
        var bytes = WebSocketWriter.binary(frame.payload, mask: mask)
        bytes[0] = frame.first
        return bytes
    }
}

/// A frame with text.
func frame(_ first: UInt8, _ text: String = "") -> AutobahnCase.Frame {
    AutobahnCase.Frame(first: first, payload: Array(text.utf8))
}

/// A frame with bytes.
func frame(_ first: UInt8, bytes: [UInt8]) -> AutobahnCase.Frame {
    AutobahnCase.Frame(first: first, payload: bytes)
}

/// A close frame with a code.
func closing(_ code: UInt16, _ reason: [UInt8] = []) -> AutobahnCase.Frame {
    frame(0x88, bytes: [UInt8(code >> 8), UInt8(code & 255)] + reason)
}

/// A message in fragments of a size.
func fragments(_ opcode: UInt8, _ bytes: [UInt8], of size: Int) -> [AutobahnCase.Frame] {
    let starts = Array(stride(from: 0, to: max(bytes.count, 1), by: size))
    return starts.map { start in
        let end = min(start + size, bytes.count)
        let isLast = start == starts.last
        return frame(
            (start == 0 ? opcode : 0) | (isLast ? 0x80 : 0), bytes: Array(bytes[start..<end]))
    }
}
