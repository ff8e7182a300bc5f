/// A request or reply between clients, wrapped in a PRIVMSG or NOTICE: `\u{01}PING 1\u{01}`.
public struct CTCP: Hashable, Sendable {
    /// What it is about, in upper case: `ACTION`, `PING`, `VERSION`, `TIME`.
    public let command: String
    public let argument: String

    public init(_ command: String, _ argument: String = "") {
        self.command = command
        self.argument = argument
    }

    /// Reads a message's text; nil where it is no CTCP. The mark at the end may be missing, as in
    /// a message that was cut.
    public init?(reading text: String) {
        var bytes = Array(text.utf8)[...]
        guard bytes.popFirst() == 0x01 else { return nil }
        if bytes.last == 0x01 { bytes.removeLast() }
        let word = bytes.prefix { $0 != 0x20 }
        guard !word.isEmpty, !bytes.contains(0x01) else { return nil }
        command = IRCCommand(rawValue: String(decoding: word, as: UTF8.self)).rawValue
        argument = String(decoding: bytes.dropFirst(word.count + 1), as: UTF8.self)
    }

    /// The text of the message that carries it.
    public var text: String {
        "\u{01}" + command + (argument.isEmpty ? "" : " " + argument) + "\u{01}"
    }
}
