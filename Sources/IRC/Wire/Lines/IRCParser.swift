// Lines of IRC out of a byte stream that comes in any cut. A line ends with LF, with or without
// a CR before it; empty lines mean nothing. A line that is none is an event that says why, and
// reading goes on after it; only a line that grows without an end is an error, because its end
// would have to be waited for. It knows the shape of a line and no command's meaning.
import FairleadWire

/// Cuts a byte stream into IRC messages.
public final class IRCParser {
    /// Why a line is no message.
    public enum Refusal: Hashable, Sendable {
        /// The tags, or what follows them, are longer than allowed.
        case tooLong
        /// A CR or NUL stands inside the line.
        case forbiddenByte
        /// There is no command, or it is not of letters and digits.
        case badCommand
    }

    /// What a line is.
    public enum Event: Hashable, Sendable {
        case message(IRCMessage)
        case refused(Refusal)
    }

    /// Bytes of a line without its tags, with CR LF.
    public let lineLimit: Int
    /// Bytes of the tags, with `@` and the blank behind them.
    public let tagLimit: Int
    /// Lines that were refused.
    public private(set) var refusedCount = 0

    private let framer: LineFramer

    public init(lineLimit: Int = 512, tagLimit: Int = 8191) {
        self.lineLimit = min(max(lineLimit, 16), 1 << 16)
        self.tagLimit = min(max(tagLimit, 0), 1 << 16)
        framer = LineFramer(.lf, maximum: self.lineLimit + self.tagLimit)
    }

    /// Bytes of an unfinished line.
    public var pendingCount: Int { framer.pendingCount }

    /// Takes a chunk and calls `deliver` with what each line is.
    ///
    /// - Throws: `ProtocolError`, the peer's, for a line without an end; what `deliver` throws.
    public func feed(_ bytes: Span<UInt8>, _ deliver: (Event) throws -> Void) throws {
        var place = 0
        while place < bytes.count { place = try step(bytes, from: place, deliver) }
    }

    /// Takes a chunk from a place on until at most one line is delivered; gives where to go on.
    ///
    /// For a reader that may pause between two lines.
    public func step(_ bytes: Span<UInt8>, from start: Int, _ deliver: (Event) throws -> Void)
        throws -> Int
    {
        let next = try framer.step(bytes, from: start) { piece, line in
            if piece == .line { try take(line, deliver) } else { throw Self.endless }
        }
        // A CR may be the beginning of the line's end.
        if framer.pendingCount > framer.maximum + 1 { throw Self.endless }
        return next
    }

    private func take(_ line: Span<UInt8>, _ deliver: (Event) throws -> Void) throws {
        if line.count == 0 { return }
        switch parse(line) {
        case .refused(let refusal):
            refusedCount += 1
            try deliver(.refused(refusal))
        case let event: try deliver(event)
        }
    }

    private static let endless = ProtocolError(.remote, "IRC", "a line without an end")

    // MARK: One line

    /// Reads one line without its end.
    public func parse(_ line: Span<UInt8>) -> Event {
        if line.firstIndex(of: 0) != nil || line.firstIndex(of: 0x0D) != nil
            || line.firstIndex(of: 0x0A) != nil
        {
            return .refused(.forbiddenByte)
        }
        var reader = IRCLineReader([UInt8](copying: line))
        let tags = reader.prefixed(by: UInt8(ascii: "@"))
        let tagCount = reader.position
        if tagCount > tagLimit || line.count - tagCount > lineLimit - 2 {
            return .refused(.tooLong)
        }
        reader.skipBlanks()
        let source = reader.prefixed(by: UInt8(ascii: ":"))
        reader.skipBlanks()
        let word = reader.word()
        guard Self.isCommand(word) else { return .refused(.badCommand) }
        var message = IRCMessage(
            IRCCommand(rawValue: String(decoding: word, as: UTF8.self)), reader.parameters())
        if let tags { message.tags = MessageTags(reading: tags) }
        if let source, !source.isEmpty {
            message.source = IRCSource(parsing: IRCText.decode(source))
        }
        return .message(message)
    }

    private static func isCommand(_ word: ArraySlice<UInt8>) -> Bool {
        (1...32).contains(word.count) && IRCWriter.isCommand(word)
    }
}

/// Reads one line from its front.
struct IRCLineReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    }

    /// What stands up to the next blank.
    mutating func word() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] != 0x20 { position += 1 }
        return bytes[start..<position]
    }

    /// The word behind a mark, with the one blank after it taken too; nil without the mark.
    mutating func prefixed(by mark: UInt8) -> ArraySlice<UInt8>? {
        guard position < bytes.count, bytes[position] == mark else { return nil }
        position += 1
        let word = word()
        if position < bytes.count { position += 1 }
        return word
    }

    /// What is left, as parameters.
    mutating func parameters() -> [String] {
        var found: [String] = []
        while true {
            skipBlanks()
            if position == bytes.count { return found }
            let isColon = bytes[position] == UInt8(ascii: ":")
            if isColon || found.count == IRCMessage.maximumParameters - 1 {
                found.append(IRCText.decode(bytes[(position + (isColon ? 1 : 0))...]))
                return found
            }
            found.append(IRCText.decode(word()))
        }
    }
}
