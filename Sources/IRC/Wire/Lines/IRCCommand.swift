/// What a message asks for or reports: a word in upper case, or three digits.
public struct IRCCommand: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String

    /// The command of a word; ASCII letters become upper case.
    public init(rawValue: String) {
        let isLower = { (byte: UInt8) in byte >= 0x61 && byte <= 0x7A }
        if rawValue.utf8.contains(where: isLower) {
            let bytes = rawValue.utf8.map { isLower($0) ? $0 - 0x20 : $0 }
            self.rawValue = String(decoding: bytes, as: UTF8.self)
        } else {
            self.rawValue = rawValue
        }
    }

    public init(stringLiteral value: String) { self.init(rawValue: value) }

    /// The command of a numeric reply.
    public init(_ numeric: Numeric) { rawValue = Self.digits(numeric.rawValue) }

    /// The number, where it is three digits.
    public var code: Int? {
        guard rawValue.utf8.count == 3 else { return nil }
        var code = 0
        for byte in rawValue.utf8 {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            code = code * 10 + Int(byte - 0x30)
        }
        return code
    }

    /// The numeric reply, where it is one that the table knows.
    public var numeric: Numeric? { code.flatMap(Numeric.init) }

    private static func digits(_ code: Int) -> String {
        let text = String(code)
        return String(repeating: "0", count: max(3 - text.utf8.count, 0)) + text
    }

    public static let admin: Self = "ADMIN"
    public static let authenticate: Self = "AUTHENTICATE"
    public static let away: Self = "AWAY"
    public static let cap: Self = "CAP"
    public static let error: Self = "ERROR"
    public static let info: Self = "INFO"
    public static let invite: Self = "INVITE"
    public static let ison: Self = "ISON"
    public static let join: Self = "JOIN"
    public static let kick: Self = "KICK"
    public static let kill: Self = "KILL"
    public static let links: Self = "LINKS"
    public static let list: Self = "LIST"
    public static let lusers: Self = "LUSERS"
    public static let mode: Self = "MODE"
    public static let motd: Self = "MOTD"
    public static let names: Self = "NAMES"
    public static let nick: Self = "NICK"
    public static let notice: Self = "NOTICE"
    public static let oper: Self = "OPER"
    public static let part: Self = "PART"
    public static let pass: Self = "PASS"
    public static let ping: Self = "PING"
    public static let pong: Self = "PONG"
    public static let privmsg: Self = "PRIVMSG"
    public static let quit: Self = "QUIT"
    public static let stats: Self = "STATS"
    public static let tagmsg: Self = "TAGMSG"
    public static let time: Self = "TIME"
    public static let topic: Self = "TOPIC"
    public static let user: Self = "USER"
    public static let userhost: Self = "USERHOST"
    public static let version: Self = "VERSION"
    public static let who: Self = "WHO"
    public static let whois: Self = "WHOIS"
    public static let whowas: Self = "WHOWAS"
}
