import FairleadEngine
import FairleadIRCWire

/// Who a client is, what it wants, and how careful it is.
public struct IRCClientOptions {
    /// The nickname that it wants.
    public var nickname: String
    /// What it takes, in this order, while that one is somebody else's; then `nickname_` and so on.
    public var alternatives: [String] = []
    public var userName = "fairlead"
    public var realName = "fairlead"
    /// The server's password (PASS).
    public var password: String?
    /// How it logs in while registering; nil for not at all.
    public var sasl: SASLMechanism?
    /// Whether a connection is of no use when the login fails.
    public var needsSASL = false
    /// Channels to join, with a key where there is one.
    public var channels: [(name: String, key: String?)] = []
    /// Capabilities that it asks for, where the server has them.
    public var capabilities = [
        "account-tag", "away-notify", "echo-message", "message-tags", "multi-prefix",
        "server-time",
    ]
    /// What it answers to CTCP VERSION; nil for nothing.
    public var version: String? = "fairlead"
    /// How fast it talks.
    public var pace = SendingPace()
    /// Lines that may wait for their turn; what is more is dropped and counted.
    public var queueLimit = 500
    /// How long the server may be silent before it gets a PING.
    public var pingInterval: Duration = .seconds(90)
    /// How long it may take to answer, and how long registration may take.
    public var pingTimeout: Duration = .seconds(60)
    /// The pauses between attempts to connect.
    public var backOff = BackOff(initial: .seconds(2), maximum: .seconds(300))
    /// Where the time of day comes from; a test sets its own.
    public var clock: () -> Timestamp = currentTime

    public init(nickname: String) { self.nickname = nickname }
}
