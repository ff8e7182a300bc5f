// The one way from a message to bytes: every line that client or server send passes here. No
// text can inject a line, a parameter or a command: CR, LF and NUL are refused wherever they
// stand, a blank wherever it would end a word. A line that is too long loses the end of its last
// parameter, cut between two characters.
import FairleadWire

/// Writes messages as lines.
public enum IRCWriter {
    /// Bytes of a line without its tags, with CR LF.
    public static let lineLimit = 512
    /// Bytes of the tags, with `@` and the blank behind them.
    public static let tagLimit = 8191

    /// The commands whose last parameter is a text, and gets its colon always.
    private static let textCommands: Set<IRCCommand> = {
        let replies: [Numeric] = [
            .awayReply, .isonReply, .isupport, .list, .namesReply, .topicReply, .userhostReply,
            .whoReply, .whoisChannels, .whoisServer, .whoisUser,
        ]
        return Set(replies.map { IRCCommand($0) }).union([
            .away, .error, .kick, .kill, .notice, .part, .privmsg, .quit, .topic,
        ])
    }()

    /// The line with its CR LF.
    ///
    /// - Throws: `ProtocolError`, ours, where a part holds what it must not, or where even without
    ///   its last parameter the line is too long.
    public static func encode(
        _ message: IRCMessage, lineLimit: Int = lineLimit, tagLimit: Int = tagLimit
    ) throws(ProtocolError) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(96)
        if !message.tags.isEmpty {
            line.append(UInt8(ascii: "@"))
            guard message.tags.write(to: &line) else { throw refused("a tag with a bad key") }
            line.append(0x20)
            if line.count > tagLimit { throw refused("tags of \(line.count) bytes") }
        }
        let start = line.count
        if let source = message.source {
            line.append(UInt8(ascii: ":"))
            try word("source", source.description, to: &line)
            line.append(0x20)
        }
        guard isCommand(message.command.rawValue.utf8) else { throw refused("a bad command") }
        line.append(contentsOf: message.command.rawValue.utf8)
        let last = try parameters(of: message, to: &line)
        try cut(&line, to: start + lineLimit - 2, keeping: last)
        if line.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
            throw refused("a line end or NUL inside the line")
        }
        line.append(0x0D)
        line.append(0x0A)
        return line
    }

    /// Appends all parameters; gives where the text of the last begins.
    private static func parameters(of message: IRCMessage, to line: inout [UInt8])
        throws(ProtocolError) -> Int
    {
        let parameters = message.parameters
        if parameters.count > IRCMessage.maximumParameters {
            throw refused("\(parameters.count) parameters")
        }
        guard let last = parameters.last else { return line.count }
        for parameter in parameters.dropLast() {
            line.append(0x20)
            if parameter.utf8.isEmpty || parameter.utf8.first == UInt8(ascii: ":") {
                throw refused("a parameter that is empty or begins with a colon")
            }
            try word("parameter", parameter, to: &line)
        }
        line.append(0x20)
        let needsColon =
            last.utf8.isEmpty || last.utf8.first == UInt8(ascii: ":") || last.utf8.contains(0x20)
        if needsColon || textCommands.contains(message.command) { line.append(UInt8(ascii: ":")) }
        let start = line.count
        line.append(contentsOf: last.utf8)
        return start
    }

    private static func word(_ what: String, _ text: String, to line: inout [UInt8])
        throws(ProtocolError)
    {
        if text.utf8.contains(0x20) { throw refused("a blank in a \(what)") }
        line.append(contentsOf: text.utf8)
    }

    private static func cut(_ line: inout [UInt8], to limit: Int, keeping start: Int)
        throws(ProtocolError)
    {
        guard line.count > limit else { return }
        var end = limit
        while end > start, line[end] & 0xC0 == 0x80 { end -= 1 }
        if end < start { throw refused("a line of \(line.count) bytes") }
        line.removeSubrange(end...)
    }

    /// Whether this is a command: letters and digits.
    static func isCommand(_ word: some Collection<UInt8>) -> Bool {
        !word.isEmpty
            && word.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: false
                }
            }
    }

    private static func refused(_ what: String) -> ProtocolError {
        ProtocolError(.local, "IRC", what)
    }
}
