// Somebody on the server: a client with a socket, or a bot of this process. What both are is
// here; how lines reach them is theirs.
import FairleadIRCWire

/// A user of the server.
public class ServerUser {
    /// The modes of a user.
    struct Modes: OptionSet {
        let rawValue: UInt8
        static let invisible = Modes(rawValue: 1)
        static let serverOperator = Modes(rawValue: 2)
    }

    /// The nickname; empty until there is one.
    public internal(set) var nickname = ""
    /// The name that the client gave, marked with `~` because nobody has checked it.
    public internal(set) var userName = ""
    public internal(set) var realName = ""
    /// Where it is connected from.
    public internal(set) var host = ""
    /// The account, where it is logged in.
    public internal(set) var account: String?
    /// Why it is away; nil where it is not.
    public internal(set) var awayMessage: String?
    /// Whether NICK, USER and the negotiation are through.
    public internal(set) var isRegistered = false

    var modes: Modes = []
    var capabilities: ServerCapabilities = []
    var channels: [ServerChannel] = []
    /// Channels, by folded name, that it was invited to.
    var invitations: [String] = []
    var signedOn: Timestamp
    var lastSpoke: Timestamp
    /// The last round of a delivery to neighbours that reached it.
    var round: UInt64 = 0

    init(at time: Timestamp) {
        signedOn = time
        lastSpoke = time
    }

    /// The name under which it speaks.
    public var source: IRCSource { IRCSource(nickname, user: userName, host: host) }
    var isOperator: Bool { modes.contains(.serverOperator) }
    /// The name in replies before there is a nickname.
    var shownName: String { nickname.isEmpty ? "*" : nickname }

    /// Bytes that wait to be sent to it.
    var backlog: Int { 0 }
    /// A line for this user.
    func deliver(_ announcement: Announcement) {}
    /// The server lets it go; it is in no list any more.
    func dismissed(_ reason: String) {}
}
