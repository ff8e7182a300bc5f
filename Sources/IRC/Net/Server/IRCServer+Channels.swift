// Coming, going and what a channel is called: JOIN, PART, KICK, INVITE, TOPIC, NAMES, LIST. A
// channel begins with the first who joins, its operator, and is gone with the last who leaves.
// A secret channel is, for those outside, as if it were not there.
import FairleadIRCWire

extension IRCServer {
    static let channelCommands: [IRCCommand: ServerCommand] = [
        .join: ServerCommand(1) { $0.join($1, $2) },
        .part: ServerCommand(1) { $0.part($1, $2) },
        .kick: ServerCommand(2) { $0.kick($1, $2) },
        .invite: ServerCommand(2) { $0.invite($1, $2) },
        .topic: ServerCommand(1) { $0.topic($1, $2) },
        .names: ServerCommand { $0.names($1, $2) },
        .list: ServerCommand { $0.list($1, $2) },
        .mode: ServerCommand(1) { $0.mode($1, $2) },
    ]

    /// The parts of a list with commas.
    func parts(_ list: String) -> [String] {
        list.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
    }

    // MARK: JOIN and PART

    private func join(_ user: ServerUser, _ message: IRCMessage) {
        if message[0] == "0" {
            for channel in user.channels { partOne(channel.name, user, nil) }
            return
        }
        let keys = (message[1] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        for (place, name) in parts(message.parameters[0]).enumerated() {
            joinOne(name, user, key: place < keys.count ? String(keys[place]) : "")
        }
    }

    private func joinOne(_ name: String, _ user: ServerUser, key: String) {
        guard isChannelName(name) else { return reply(user, .badChannelMask, shown(name)) }
        let existing = channel(name)
        if existing?.has(user) == true { return }
        if user.channels.count >= options.limits.channels {
            return reply(user, .tooManyChannels, name)
        }
        let folded = mapping.fold(name)
        let isInvited = user.invitations.contains(folded)
        if let existing, let refusal = refusal(existing, user, key, isInvited) {
            return reply(user, refusal, existing.name)
        }
        user.invitations.removeAll { $0 == folded }
        let channel = enter(name, user)
        announce(IRCMessage(.join, channel.name, from: user.source), by: user, to: channel)
        if let text = user.awayMessage {
            announceAway(user, text, in: channel)
        }
        if existing == nil { tell(user, .mode, [channel.name, "+nt"]) }
        if channel.topic != nil { tellTopic(channel, user) }
        tellNames(channel, user)
    }

    private func announceAway(_ user: ServerUser, _ text: String, in channel: ServerChannel) {
        let line = Announcement(
            IRCMessage(.away, text, from: user.source), at: options.clock(), account: user.account)
        for member in channel.members.values
        where member.user !== user && member.user.capabilities.contains(.awayNotify) {
            member.user.deliver(line)
        }
    }

    /// Why somebody cannot come in; nil where nothing is in the way.
    private func refusal(
        _ channel: ServerChannel, _ user: ServerUser, _ key: String, _ isInvited: Bool
    ) -> Numeric? {
        if isInvited { return nil }
        if channel.flags.contains("i"), !channel.lists("I", user) { return .inviteOnly }
        if channel.isBanned(user) { return .bannedFromChannel }
        if let wanted = channel.key, !isSame(wanted, key) { return .badChannelKey }
        if let limit = channel.limit, channel.members.count >= limit { return .channelIsFull }
        return nil
    }

    func isChannelName(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "#")
            && (2...options.limits.channelLength).contains(
                name.utf8.count)
            && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ":") }
    }

    private func part(_ user: ServerUser, _ message: IRCMessage) {
        for name in parts(message.parameters[0]) { partOne(name, user, message[1]) }
    }

    private func partOne(_ name: String, _ user: ServerUser, _ reason: String?) {
        guard let channel = find(name, for: user) else { return }
        guard channel.has(user) else { return reply(user, .notOnChannel, channel.name) }
        let parameters = [channel.name] + (reason.map { [$0] } ?? [])
        announce(IRCMessage(.part, parameters, from: user.source), by: user, to: channel)
        leave(channel, user)
    }

    /// The channel, or the reply that there is none.
    func find(_ name: String, for user: ServerUser) -> ServerChannel? {
        if let channel = channel(name), channel.isVisible(to: user) { return channel }
        reply(user, .noSuchChannel, shown(name))
        return nil
    }

    // MARK: KICK and INVITE

    private func kick(_ user: ServerUser, _ message: IRCMessage) {
        guard let channel = find(message.parameters[0], for: user) else { return }
        guard channel.has(user) else { return reply(user, .notOnChannel, channel.name) }
        guard channel.isChanop(user) else { return reply(user, .notChannelOperator, channel.name) }
        let reason = cut(message[2] ?? user.nickname, options.limits.kickLength)
        for nickname in parts(message.parameters[1]).prefix(options.limits.targets) {
            guard let victim = self.user(nickname), channel.has(victim) else {
                reply(user, .userNotInChannel, shown(nickname), channel.name)
                continue
            }
            announce(
                IRCMessage(.kick, channel.name, victim.nickname, reason, from: user.source),
                by: user, to: channel)
            leave(channel, victim)
        }
    }

    private func invite(_ user: ServerUser, _ message: IRCMessage) {
        guard let guest = self.user(message.parameters[0]) else {
            return reply(user, .noSuchNick, shown(message.parameters[0]))
        }
        guard let channel = find(message.parameters[1], for: user) else { return }
        guard channel.has(user) else { return reply(user, .notOnChannel, channel.name) }
        if channel.flags.contains("i"), !channel.isChanop(user) {
            return reply(user, .notChannelOperator, channel.name)
        }
        if channel.has(guest) {
            return reply(user, .userOnChannel, guest.nickname, channel.name)
        }
        let folded = mapping.fold(channel.name)
        guest.invitations.removeAll { $0 == folded }
        guest.invitations = guest.invitations.suffix(19) + [folded]
        tell(user, IRCCommand(.inviting), [user.nickname, guest.nickname, channel.name])
        announce(
            IRCMessage(.invite, guest.nickname, channel.name, from: user.source), by: user,
            to: guest)
        if let text = guest.awayMessage { reply(user, .awayReply, guest.nickname, text) }
    }

    // MARK: TOPIC, NAMES and LIST

    private func topic(_ user: ServerUser, _ message: IRCMessage) {
        guard let channel = find(message.parameters[0], for: user) else { return }
        guard channel.has(user) else { return reply(user, .notOnChannel, channel.name) }
        guard let text = message[1] else {
            if channel.topic == nil { return reply(user, .noTopic, channel.name) }
            return tellTopic(channel, user)
        }
        if channel.flags.contains("t"), !channel.isChanop(user) {
            return reply(user, .notChannelOperator, channel.name)
        }
        let topic = cut(text, options.limits.topicLength)
        channel.topic =
            topic.isEmpty ? nil : (topic, user.source.description, options.clock())
        announce(
            IRCMessage(.topic, channel.name, topic, from: user.source), by: user, to: channel)
    }

    private func tellTopic(_ channel: ServerChannel, _ user: ServerUser) {
        guard let topic = channel.topic else { return }
        reply(user, .topicReply, channel.name, topic.text)
        reply(user, .topicWhoTime, channel.name, topic.setBy, String(topic.time.seconds))
    }

    private func names(_ user: ServerUser, _ message: IRCMessage) {
        guard let name = message[0], let channel = channel(name), channel.isVisible(to: user)
        else { return reply(user, .endOfNames, message[0].map(shown) ?? "*") }
        tellNames(channel, user)
    }

    private func tellNames(_ channel: ServerChannel, _ user: ServerUser) {
        let isMember = channel.has(user)
        let all = user.capabilities.contains(.multiPrefix)
        let mark = channel.flags.contains("s") ? "@" : "="
        // What a line has room for beside the server's name, the numeric and the rest.
        let room =
            IRCWriter.lineLimit - 16 - options.name.utf8.count - user.shownName.utf8.count
            - channel.name.utf8.count
        var line = ""
        for member in channel.members.values
        where isMember || !member.user.modes.contains(.invisible) {
            let name = member.rank.marks(all: all) + member.user.nickname
            if line.utf8.count + name.utf8.count + 1 > room {
                reply(user, .namesReply, mark, channel.name, line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + name
        }
        if !line.isEmpty { reply(user, .namesReply, mark, channel.name, line) }
        reply(user, .endOfNames, channel.name)
    }

    private func list(_ user: ServerUser, _ message: IRCMessage) {
        let wanted = message[0].map { parts($0).map { IRCMask($0, mapping) } }
        reply(user, .listStart, "Channel")
        for channel in channels.values where channel.isVisible(to: user) {
            if let wanted, !wanted.contains(where: { $0.matches(channel.name) }) { continue }
            if isFull(user) {
                reply(user, .tooManyMatches, "LIST")
                break
            }
            reply(
                user, .list, channel.name, String(channel.members.count),
                channel.topic?.text ?? "")
        }
        reply(user, .listEnd)
    }
}
