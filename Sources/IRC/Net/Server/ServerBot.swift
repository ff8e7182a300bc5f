// A user without a socket. Its commands pass through the same tables as everybody's; what it
// hears comes to it as messages, when the callbacks of the present turn have returned, so that
// it may answer at once and two bots that answer each other cannot hold the loop.
import FairleadIRCWire

/// What a bot inside the server's process does with what it hears.
public protocol ServerBotHandler: AnyObject {
    /// A message has come for the bot: what any client in its place would receive.
    func received(_ message: IRCMessage, for bot: ServerBot)
    /// The bot is no longer on the server: it has quit, was killed, or the server stops.
    func ended(_ reason: String, for bot: ServerBot)
}

extension ServerBotHandler {
    public func ended(_ reason: String, for bot: ServerBot) {}
}

/// A user of this process, without a connection.
public final class ServerBot: ServerUser {
    private weak var server: IRCServer?
    private let handler: any ServerBotHandler

    init(_ server: IRCServer, _ handler: any ServerBotHandler) {
        self.server = server
        self.handler = handler
        super.init(at: server.options.clock())
    }

    /// Says or does something, as a client would.
    public func perform(_ message: IRCMessage) {
        guard isRegistered else { return }
        server?.perform(message, for: self)
    }

    /// Joins a channel.
    public func join(_ channel: String, key: String? = nil) {
        perform(IRCMessage(.join, [channel] + (key.map { [$0] } ?? [])))
    }

    /// Says a text to a channel or a user; as one line, cut to what a line holds.
    public func say(_ text: String, to target: String) {
        perform(IRCMessage(.privmsg, target, IRCText.singleLine(text)))
    }

    /// Sends a notice, which nobody answers automatically.
    public func notice(_ text: String, to target: String) {
        perform(IRCMessage(.notice, target, IRCText.singleLine(text)))
    }

    /// Leaves the server.
    public func quit(_ reason: String = "") { server?.dismiss(self, reason) }

    override func deliver(_ announcement: Announcement) {
        guard let server, announcement.message.command != .tagmsg else { return }
        let message = announcement.message
        server.reactor.later { [self] in handler.received(message, for: self) }
    }

    override func dismissed(_ reason: String) {
        guard let server else { return }
        self.server = nil
        server.reactor.later { [self] in handler.ended(reason, for: self) }
    }
}

extension IRCServer {
    /// Lets a bot of this process in.
    ///
    /// - Throws: `ServerBotRefused` where the nickname is none, or is somebody's.
    public func addBot(
        _ nickname: String, realName: String = "a bot of this server",
        _ handler: any ServerBotHandler
    ) throws(ServerBotRefused) -> ServerBot {
        guard isNickname(nickname) else { throw ServerBotRefused.notANickname(nickname) }
        let bot = ServerBot(self, handler)
        if isTaken(nickname, for: bot) { throw ServerBotRefused.inUse(nickname) }
        bot.userName = "bot"
        bot.realName = IRCText.singleLine(realName)
        bot.host = options.name
        rename(bot, to: nickname)
        admit(bot)
        return bot
    }
}

/// Why a bot cannot come in.
public enum ServerBotRefused: Error, Hashable, Sendable, CustomStringConvertible {
    case notANickname(String)
    case inUse(String)

    public var description: String {
        switch self {
        case .notANickname(let name): "\(name) is no nickname"
        case .inUse(let name): "the nickname \(name) is in use"
        }
    }
}
