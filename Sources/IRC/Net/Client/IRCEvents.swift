// The async face of a client: what happens, as a sequence for a task anywhere. The client itself
// stays on its reactor's thread; an actor whose executor is the reactor's mailbox can own it.
// A task that is slower than the channel gets the newest events: nothing waits without a limit.
import FairleadIRCWire

/// Something that has happened to a client.
public enum IRCEvent: Hashable, Sendable {
    case registered(nickname: String)
    /// The connection is lost, or could not be made; the text says why.
    case disconnected(String, retryAfter: Duration)
    /// A PRIVMSG.
    case said(IRCWords)
    /// A CTCP ACTION.
    case acted(IRCWords)
    case noticed(IRCWords)
    case joined(channel: String, IRCSource)
    case parted(channel: String, IRCSource, reason: String)
    case kicked(String, channel: String, by: IRCSource, reason: String)
    case quit(IRCSource, reason: String)
    case renamed(IRCSource, to: String)
    case invited(channel: String, by: IRCSource)
}

/// A client's handler that makes its events a sequence.
///
///     let events = IRCEvents()
///     let client = IRCClient(options, on: reactor, events)
///     Task { for await event in events.sequence { … } }
public final class IRCEvents: IRCClientHandler {
    /// The events from now on, for one task; ends when this handler is released.
    public let sequence: AsyncStream<IRCEvent>
    private let continuation: AsyncStream<IRCEvent>.Continuation

    /// - Parameter limit: events that wait for the task; of more the oldest are dropped.
    public init(limit: Int = 1000) {
        (sequence, continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(max(limit, 1)))
    }

    deinit { continuation.finish() }

    private func tell(_ event: IRCEvent) { continuation.yield(event) }

    public func registered(_ client: IRCClient) { tell(.registered(nickname: client.nickname)) }
    public func disconnected(
        _ reason: any Error, retryAfter pause: Duration, _ client: IRCClient
    ) { tell(.disconnected("\(reason)", retryAfter: pause)) }
    public func said(_ words: IRCWords, _ client: IRCClient) { tell(.said(words)) }
    public func acted(_ words: IRCWords, _ client: IRCClient) { tell(.acted(words)) }
    public func noticed(_ words: IRCWords, _ client: IRCClient) { tell(.noticed(words)) }
    public func joined(_ channel: String, _ user: IRCSource, _ client: IRCClient) {
        tell(.joined(channel: channel, user))
    }
    public func parted(
        _ channel: String, _ user: IRCSource, _ reason: String, _ client: IRCClient
    ) { tell(.parted(channel: channel, user, reason: reason)) }
    public func kicked(
        _ nickname: String, from channel: String, by user: IRCSource, _ reason: String,
        _ client: IRCClient
    ) { tell(.kicked(nickname, channel: channel, by: user, reason: reason)) }
    public func quit(_ user: IRCSource, _ reason: String, _ client: IRCClient) {
        tell(.quit(user, reason: reason))
    }
    public func renamed(_ user: IRCSource, to nickname: String, _ client: IRCClient) {
        tell(.renamed(user, to: nickname))
    }
    public func invited(to channel: String, by user: IRCSource, _ client: IRCClient) {
        tell(.invited(channel: channel, by: user))
    }
}
