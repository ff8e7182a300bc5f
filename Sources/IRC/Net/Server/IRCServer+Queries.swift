// Questions about users and the server: WHO, WHOIS, USERHOST, ISON, LUSERS, MOTD, VERSION, TIME,
// ADMIN, INFO, LINKS, STATS. An invisible user is found only by who knows its name or shares a
// channel with it. An answer that would fill the asker's queue ends early.
import FairleadIRCWire

extension IRCServer {
    static let queryCommands: [IRCCommand: ServerCommand] = [
        .who: ServerCommand { $0.who($1, $2) },
        .whois: ServerCommand { $0.whois($1, $2) },
        .userhost: ServerCommand(1) { $0.userhost($1, $2) },
        .ison: ServerCommand(1) { $0.ison($1, $2) },
        .lusers: ServerCommand { server, user, _ in server.lusers(user) },
        .motd: ServerCommand { server, user, _ in server.motd(user) },
        .version: ServerCommand { server, user, _ in
            server.reply(
                user, .versionReply, IRCServer.version, server.options.name,
                "an IRC server on an event-driven engine")
            server.tellFeatures(user)
        },
        .time: ServerCommand { server, user, _ in
            server.reply(
                user, .timeReply, server.options.name, server.options.clock().readable)
        },
        .admin: ServerCommand { server, user, _ in
            server.reply(user, .adminMe, server.options.name)
            server.reply(user, .adminLocation1, server.options.network)
            server.reply(user, .adminEmail, server.options.administrator)
        },
        .links: ServerCommand { server, user, message in
            // The mask is the last parameter; before it a server may be named.
            let mask = message[1] ?? message[0] ?? "*"
            if IRCMask(mask, server.mapping).matches(server.options.name) {
                let name = server.options.name
                server.reply(user, .linksReply, name, name, "0 \(server.options.network)")
            }
            server.reply(user, .endOfLinks, server.shown(mask))
        },
        .stats: ServerCommand(1) { $0.stats($1, $2) },
        .info: ServerCommand { server, user, _ in
            server.reply(user, .infoReply, "Fairlead guides lines.")
            server.reply(user, .infoReply, "Up since \(server.created.readable)")
            server.reply(user, .endOfInfo)
        },
    ]

    /// Whether one may find the other without knowing its name.
    private func sees(_ user: ServerUser, _ other: ServerUser) -> Bool {
        user === other || user.isOperator || !other.modes.contains(.invisible)
            || other.channels.contains { $0.has(user) }
    }

    // MARK: WHO and WHOIS

    private func who(_ user: ServerUser, _ message: IRCMessage) {
        let wanted = message[0] ?? "*"
        let onlyOperators = message[1] == "o"
        for (other, channel) in found(wanted, by: user)
        where !onlyOperators || other.isOperator {
            if isFull(user) {
                reply(user, .tooManyMatches, "WHO")
                break
            }
            tellWho(other, channel, user)
        }
        reply(user, .endOfWho, shown(wanted))
    }

    /// Whom a mask or a channel's name finds.
    private func found(_ wanted: String, by user: ServerUser) -> [(ServerUser, ServerChannel?)] {
        if let channel = channel(wanted) {
            guard channel.isVisible(to: user) else { return [] }
            let isMember = channel.has(user)
            return channel.members.values.map(\.user)
                .filter { isMember || sees(user, $0) }.map { ($0, channel) }
        }
        let mask = IRCMask(wanted == "0" ? "*" : wanted, mapping)
        return nicknames.values.filter { other in
            other.isRegistered && sees(user, other)
                && [other.nickname, other.userName, other.host, other.realName]
                    .contains(where: mask.matches)
        }.map { ($0, nil) }
    }

    private func tellWho(_ other: ServerUser, _ channel: ServerChannel?, _ user: ServerUser) {
        let all = user.capabilities.contains(.multiPrefix)
        let marks = channel?.rank(of: other)?.marks(all: all) ?? ""
        let flags =
            (other.awayMessage == nil ? "H" : "G") + (other.isOperator ? "*" : "") + marks
        reply(
            user, .whoReply, channel?.name ?? "*", other.userName, other.host, options.name,
            other.nickname, flags, "0 " + other.realName)
    }

    private func whois(_ user: ServerUser, _ message: IRCMessage) {
        // With two parameters the first names a server: there is only this one.
        guard let name = message[1] ?? message[0], !name.isEmpty else {
            return reply(user, .noNicknameGiven)
        }
        guard let other = self.user(name) else {
            reply(user, .noSuchNick, shown(name))
            return reply(user, .endOfWhois, shown(name))
        }
        let nickname = other.nickname
        reply(user, .whoisUser, nickname, other.userName, other.host, "*", other.realName)
        let channels = other.channels.filter { channel in
            channel.has(user) || user.isOperator
                || channel.isVisible(to: user) && !other.modes.contains(.invisible)
        }
        let all = user.capabilities.contains(.multiPrefix)
        let names = channels.map { ($0.rank(of: other)?.marks(all: all) ?? "") + $0.name }
        for line in IRCText.pieces(names.joined(separator: " "), of: 350) where !line.isEmpty {
            reply(user, .whoisChannels, nickname, line)
        }
        reply(user, .whoisServer, nickname, options.name, options.network)
        if let text = other.awayMessage { reply(user, .awayReply, nickname, text) }
        if other.isOperator { reply(user, .whoisOperator, nickname) }
        if let account = other.account { reply(user, .whoisAccount, nickname, account) }
        let idle = max(options.clock().seconds - other.lastSpoke.seconds, 0)
        reply(user, .whoisIdle, nickname, String(idle), String(other.signedOn.seconds))
        reply(user, .endOfWhois, nickname)
    }

    private func userhost(_ user: ServerUser, _ message: IRCMessage) {
        let found = message.parameters.prefix(5).compactMap { self.user($0) }.map { other in
            other.nickname + (other.isOperator ? "*" : "") + "="
                + (other.awayMessage == nil ? "+" : "-") + other.userName + "@" + other.host
        }
        reply(user, .userhostReply, found.joined(separator: " "))
    }

    private func ison(_ user: ServerUser, _ message: IRCMessage) {
        let names = message.parameters.flatMap { $0.split(separator: " ") }
        let found = names.compactMap { self.user(String($0))?.nickname }
        reply(user, .isonReply, found.joined(separator: " "))
    }

    // MARK: The server

    /// Since when it is up, and who its operators are (for them only); nothing else is counted.
    private func stats(_ user: ServerUser, _ message: IRCMessage) {
        let letter = String(message.parameters[0].prefix(1))
        switch letter {
        case "u":
            let seconds = max(options.clock().seconds - created.seconds, 0)
            func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
            let clock = "\(seconds / 3600 % 24):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
            reply(user, .uptime, "Server Up \(seconds / 86_400) days \(clock)")
        case "o" where user.isOperator:
            for name in options.operators.keys.sorted() {
                reply(user, .statsOperator, "O", "*", "*", shown(name))
            }
        case "o": reply(user, .noPrivileges)
        default: break
        }
        reply(user, .endOfStats, shown(letter))
    }

    func lusers(_ user: ServerUser) {
        var (invisible, operators) = (0, 0)
        for other in nicknames.values where other.isRegistered {
            if other.modes.contains(.invisible) { invisible += 1 }
            if other.isOperator { operators += 1 }
        }
        let count = userCount
        reply(
            user, .luserClient,
            "There are \(count - invisible) users and \(invisible) invisible on 1 servers")
        if operators > 0 { reply(user, .luserOperators, String(operators)) }
        let unknown = clients.values.count { $0.registration != nil }
        if unknown > 0 { reply(user, .luserUnknown, String(unknown)) }
        if channelCount > 0 { reply(user, .luserChannels, String(channelCount)) }
        reply(user, .luserMe, "I have \(count) clients and 0 servers")
        let text = "users \(count), max \(highestCount)"
        reply(user, .localUsers, String(count), String(highestCount), "Current local \(text)")
        reply(user, .globalUsers, String(count), String(highestCount), "Current global \(text)")
    }

    func motd(_ user: ServerUser) {
        if options.motd.isEmpty { return reply(user, .noMotd) }
        reply(user, .motdStart, "- \(options.name) Message of the day - ")
        for line in options.motd { reply(user, .motdReply, "- " + IRCText.singleLine(line)) }
        reply(user, .endOfMotd)
    }
}
