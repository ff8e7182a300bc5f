import FairleadIRCWire

/// What somebody has said, in a channel or to us.
public struct IRCWords: Hashable, Sendable {
    /// Who said it.
    public let sender: IRCSource
    /// The channel or user that it was said to.
    public let target: String
    /// The channel; nil where it was said to us alone.
    public let channel: String?
    public let text: String
    /// The sender's account, where the server tells it.
    public let account: String?
    /// When it was said, where the server tells it.
    public let time: Timestamp?

    /// Where an answer belongs: the channel, or the sender.
    public var replyTarget: String { channel ?? sender.name }
}

/// What a client's owner does with what happens; each call has a default that does nothing.
///
/// All calls come on the reactor's thread. An error that one throws ends the connection, and the
/// client connects again.
public protocol IRCClientHandler: AnyObject {
    /// The server has welcomed us; the channels are being joined.
    func registered(_ client: IRCClient) throws
    /// The connection is lost, or could not be made; the next attempt follows after a pause.
    func disconnected(_ reason: any Error, retryAfter pause: Duration, _ client: IRCClient)
    /// A message has come: every line, before anything else is done with it.
    func received(_ message: IRCMessage, _ client: IRCClient) throws
    /// Somebody has said something (PRIVMSG).
    func said(_ words: IRCWords, _ client: IRCClient) throws
    /// Somebody does something (CTCP ACTION); the text says what.
    func acted(_ words: IRCWords, _ client: IRCClient) throws
    /// A notice, which a program must not answer.
    func noticed(_ words: IRCWords, _ client: IRCClient) throws
    /// What we have said ourselves, as the server passed it on (echo-message).
    func echoed(_ words: IRCWords, _ client: IRCClient) throws
    /// The answer to a CTCP request of ours.
    func answered(_ answer: CTCP, by sender: IRCSource, _ client: IRCClient) throws
    /// Somebody has joined a channel; also we ourselves.
    func joined(_ channel: String, _ user: IRCSource, _ client: IRCClient) throws
    /// Somebody has left a channel.
    func parted(_ channel: String, _ user: IRCSource, _ reason: String, _ client: IRCClient) throws
    /// Somebody was put out of a channel.
    func kicked(
        _ nickname: String, from channel: String, by user: IRCSource, _ reason: String,
        _ client: IRCClient) throws
    /// Somebody has left the server.
    func quit(_ user: IRCSource, _ reason: String, _ client: IRCClient) throws
    /// Somebody has another nickname now; also we ourselves.
    func renamed(_ user: IRCSource, to nickname: String, _ client: IRCClient) throws
    /// A channel has another topic.
    func topicChanged(_ channel: String, by user: IRCSource?, _ client: IRCClient) throws
    /// Modes of a channel, or ours, have changed.
    func modesChanged(
        _ target: String, _ changes: [ModeChange], by user: IRCSource?, _ client: IRCClient) throws
    /// Somebody invites us.
    func invited(to channel: String, by user: IRCSource, _ client: IRCClient) throws
    /// Somebody is away, or back where the text is nil.
    func awayChanged(_ user: IRCSource, _ text: String?, _ client: IRCClient) throws
}

extension IRCClientHandler {
    public func registered(_ client: IRCClient) throws {}
    public func disconnected(
        _ reason: any Error, retryAfter pause: Duration, _ client: IRCClient
    ) {}
    public func received(_ message: IRCMessage, _ client: IRCClient) throws {}
    public func said(_ words: IRCWords, _ client: IRCClient) throws {}
    public func acted(_ words: IRCWords, _ client: IRCClient) throws {}
    public func noticed(_ words: IRCWords, _ client: IRCClient) throws {}
    public func echoed(_ words: IRCWords, _ client: IRCClient) throws {}
    public func answered(_ answer: CTCP, by sender: IRCSource, _ client: IRCClient) throws {}
    public func joined(_ channel: String, _ user: IRCSource, _ client: IRCClient) throws {}
    public func parted(
        _ channel: String, _ user: IRCSource, _ reason: String, _ client: IRCClient
    ) throws {}
    public func kicked(
        _ nickname: String, from channel: String, by user: IRCSource, _ reason: String,
        _ client: IRCClient
    ) throws {}
    public func quit(_ user: IRCSource, _ reason: String, _ client: IRCClient) throws {}
    public func renamed(_ user: IRCSource, to nickname: String, _ client: IRCClient) throws {}
    public func topicChanged(_ channel: String, by user: IRCSource?, _ client: IRCClient) throws {}
    public func modesChanged(
        _ target: String, _ changes: [ModeChange], by user: IRCSource?, _ client: IRCClient
    ) throws {}
    public func invited(to channel: String, by user: IRCSource, _ client: IRCClient) throws {}
    public func awayChanged(_ user: IRCSource, _ text: String?, _ client: IRCClient) throws {}
}
