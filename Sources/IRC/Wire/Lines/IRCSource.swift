/// Who sent a message: a server's name, or a user as `nick!user@host`.
public struct IRCSource: Hashable, Sendable, CustomStringConvertible {
    /// The nickname or the server's name.
    public var name: String
    public var user: String?
    public var host: String?

    public init(_ name: String, user: String? = nil, host: String? = nil) {
        self.name = name
        self.user = user
        self.host = host
    }

    /// Reads `name`, `name!user`, `name@host` or `name!user@host`.
    public init(parsing text: String) {
        var rest = Substring(text)
        var host: String?
        var user: String?
        let mark = rest.unicodeScalars.firstIndex(of: "!")
        let from = mark ?? rest.startIndex
        if let at = rest.unicodeScalars[from...].lastIndex(of: "@") {
            host = String(rest[rest.unicodeScalars.index(after: at)...])
            rest = rest[..<at]
        }
        if let mark {
            user = String(rest[rest.unicodeScalars.index(after: mark)...])
            rest = rest[..<mark]
        }
        self.init(String(rest), user: user, host: host)
    }

    public var description: String {
        name + (user.map { "!" + $0 } ?? "") + (host.map { "@" + $0 } ?? "")
    }
}
