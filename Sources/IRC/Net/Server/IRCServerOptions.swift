import FairleadIRCWire

/// How a server is called, whom it lets in, and what it allows.
public struct IRCServerOptions {
    /// The server's name, as a host name.
    public var name = "irc.fairlead.local"
    /// The network's name, without blanks.
    public var network = "Fairlead"
    /// What everyone must give with PASS; nil lets everyone in.
    public var password: String?
    /// The message of the day, a line each.
    public var motd: [String] = []
    /// Who runs the server, for ADMIN.
    public var administrator = "nobody in particular"
    /// Names and passwords for OPER.
    public var operators: [String: String] = [:]
    /// Whether a name and password are an account's; nil: no SASL is offered.
    public var verifyAccount: ((_ user: String, _ password: String) -> Bool)?
    /// Masks of `nick!user@host` that are not let in.
    public var bannedUsers: [IRCMask] = []
    public var limits = IRCServerLimits()
    /// Where the time of day comes from; a test sets its own.
    public var clock: () -> Timestamp = currentTime

    public init() {}
}

/// The limits that a server keeps, each for one client unless it says otherwise.
public struct IRCServerLimits: Hashable, Sendable {
    /// Connections in all.
    public var connections = 10_000
    /// Connections from one address.
    public var connectionsPerHost = 100
    /// How long NICK, USER and the negotiation may take.
    public var registration: Duration = .seconds(30)
    /// How long a client may be silent before it gets a PING.
    public var pingInterval: Duration = .seconds(120)
    /// How long it may take to answer.
    public var pingTimeout: Duration = .seconds(60)
    /// Commands that may come at once.
    public var commandBurst = 20
    /// How long each further command has to wait for the one before.
    public var commandInterval: Duration = .milliseconds(500)
    /// Bytes of commands that may wait for their turn; more is a flood and ends the connection.
    public var receiveQueue = 16 * 1024
    /// Bytes that may wait until a client reads them; more ends the connection.
    public var sendQueue = 1024 * 1024
    /// Wrong passwords (OPER, SASL) before the connection is ended.
    public var wrongPasswords = 3
    public var channels = 50
    /// Receivers of one message.
    public var targets = 4
    /// Masks in each list of a channel.
    public var masks = 100
    /// Modes with an argument in one line.
    public var modes = 6
    public var nicknameLength = 30
    public var userLength = 12
    public var realNameLength = 128
    public var channelLength = 50
    public var topicLength = 390
    public var kickLength = 255
    public var awayLength = 255
    public var keyLength = 23

    public init() {}
}
