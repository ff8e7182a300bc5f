// What users say to each other: PRIVMSG, NOTICE, TAGMSG, and AWAY. A NOTICE never causes a reply,
// so that two programs cannot keep each other busy.
import FairleadIRCWire

extension IRCServer {
    static let messageCommands: [IRCCommand: ServerCommand] = [
        .privmsg: ServerCommand { $0.say($1, $2) },
        .notice: ServerCommand { $0.say($1, $2) },
        .tagmsg: ServerCommand { $0.say($1, $2) },
        .away: ServerCommand { $0.away($1, $2) },
    ]

    private func say(_ user: ServerUser, _ message: IRCMessage) {
        let isNotice = message.command == .notice
        guard let list = message[0], !list.isEmpty else {
            return isNotice ? () : reply(user, .noRecipient)
        }
        let hasText = message.command == .tagmsg || !(message[1] ?? "").isEmpty
        guard hasText else { return isNotice ? () : reply(user, .noText) }
        let targets = parts(list)
        guard targets.count <= options.limits.targets else {
            return isNotice ? () : reply(user, .tooManyTargets, shown(list))
        }
        user.lastSpoke = options.clock()
        for target in targets { say(user, to: target, message) }
    }

    private func say(_ user: ServerUser, to target: String, _ message: IRCMessage) {
        let isNotice = message.command == .notice
        let (ranks, name) = Self.ranks(of: target)
        if name.utf8.first == UInt8(ascii: "#") {
            guard let channel = channel(name), channel.isVisible(to: user) else {
                return isNotice ? () : reply(user, .noSuchChannel, shown(name))
            }
            guard channel.hears(user) else {
                return isNotice ? () : reply(user, .cannotSend, channel.name)
            }
            let mark = target.utf8.count > name.utf8.count ? String(target.prefix(1)) : ""
            let line = line(message, to: mark + channel.name, from: user)
            announce(line, by: user, to: channel, except: user, ranks: ranks)
            echo(line, user)
        } else {
            guard let other = self.user(target) else {
                return isNotice ? () : reply(user, .noSuchNick, shown(target))
            }
            let line = line(message, to: other.nickname, from: user)
            announce(line, by: user, to: other)
            if other !== user { echo(line, user) }
            if message.command == .privmsg, let text = other.awayMessage {
                reply(user, .awayReply, other.nickname, text)
            }
        }
    }

    private func line(_ message: IRCMessage, to target: String, from user: ServerUser)
        -> IRCMessage
    {
        let text = message.command == .tagmsg ? [] : [message[1] ?? ""]
        return IRCMessage(
            message.command, [target] + text, from: user.source, tags: message.tags.clientOnly)
    }

    private func echo(_ line: IRCMessage, _ user: ServerUser) {
        if user.capabilities.contains(.echoMessage) { announce(line, by: user, to: user) }
    }

    /// `@#chart` is for the operators of #chart, `+#chart` for those with a voice too.
    private static func ranks(of target: String) -> (ServerChannel.Rank, String) {
        let rest = String(target.unicodeScalars.dropFirst())
        guard rest.utf8.first == UInt8(ascii: "#") else { return ([], target) }
        switch target.utf8.first {
        case UInt8(ascii: "@"): return (.chanop, rest)
        case UInt8(ascii: "+"): return ([.chanop, .voice], rest)
        default: return ([], target)
        }
    }

    private func away(_ user: ServerUser, _ message: IRCMessage) {
        let text = cut(message[0] ?? "", options.limits.awayLength)
        user.awayMessage = text.isEmpty ? nil : text
        reply(user, text.isEmpty ? .unaway : .nowAway)
        announce(
            IRCMessage(.away, text.isEmpty ? [] : [text], from: user.source), by: user,
            toNeighboursOf: user, except: user, with: .awayNotify)
    }
}
