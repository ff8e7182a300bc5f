// What each message changes: channels, members, modes, topics, our own nickname. First the state,
// then the handler's call, so that the handler sees things as they are now. A server may send
// anything: what does not fit is passed over, and what is kept is bounded.
import FairleadIRCWire

extension IRCClient {
    /// More channels or members than anybody has; a server that goes on must not fill our memory.
    private static let maximumChannels = 1000
    private static let maximumMembers = 100_000

    func track(_ message: IRCMessage) throws {
        if let numeric = message.command.numeric { return try track(numeric, message) }
        let source = message.source ?? IRCSource("")
        switch message.command {
        case .privmsg, .notice: try words(message, source)
        case .join: try joined(message, source)
        case .part: try parted(message, source)
        case .kick: try kicked(message, source)
        case .quit: try hasQuit(message, source)
        case .nick: try renamed(message, source)
        case .topic:
            update(message[0] ?? "") {
                $0.topic = message.text
                $0.topicSetBy = source.description
                $0.topicTime = options.clock()
            }
            try handler.topicChanged(message[0] ?? "", by: source, self)
        case .mode: try modes(message, source)
        case .invite: try handler.invited(to: message.text, by: source, self)
        case .away:
            updateMember(source.name) { $0.isAway = message[0] != nil }
            try handler.awayChanged(source, message[0], self)
        default: break
        }
    }

    private func update(_ channel: String, _ change: (inout ClientChannel) -> Void) {
        let key = fold(channel)
        if channelsByName[key] != nil { change(&channelsByName[key, default: .init(channel)]) }
    }

    /// Changes a member in every channel that it is in.
    private func updateMember(
        _ nickname: String, _ change: (inout ClientChannel.Member) -> Void
    ) {
        let key = fold(nickname)
        for name in channelsByName.keys {
            guard var member = channelsByName[name]?.membersByName[key] else { continue }
            change(&member)
            channelsByName[name]?.membersByName[key] = member
        }
    }

    // MARK: Coming and going

    private func joined(_ message: IRCMessage, _ source: IRCSource) throws {
        guard let name = message[0] else { return }
        if isOurs(source.name) {
            ownSource = source
            guard channelsByName.count < Self.maximumChannels else { return }
            channelsByName[fold(name)] = ClientChannel(name)
            // What the server does not tell by itself.
            try send(IRCMessage(.mode, name))
        }
        update(name) { add(source.name, to: &$0) }
        try handler.joined(name, source, self)
    }

    private func add(
        _ nickname: String, _ ranks: Set<Character> = [], to channel: inout ClientChannel
    ) {
        let key = fold(nickname)
        guard channel.membersByName.count < Self.maximumMembers else { return }
        var member = channel.membersByName[key] ?? ClientChannel.Member(nickname: nickname)
        member.ranks.formUnion(ranks)
        channel.membersByName[key] = member
    }

    private func parted(_ message: IRCMessage, _ source: IRCSource) throws {
        guard let name = message[0] else { return }
        remove(source.name, from: name)
        try handler.parted(name, source, message[1] ?? "", self)
    }

    private func remove(_ nickname: String, from channel: String) {
        if isOurs(nickname) {
            channelsByName[fold(channel)] = nil
        } else {
            update(channel) { $0.membersByName[fold(nickname)] = nil }
        }
    }

    private func kicked(_ message: IRCMessage, _ source: IRCSource) throws {
        guard let name = message[0], let nickname = message[1] else { return }
        // Whoever was put out does not come back by itself.
        if isOurs(nickname) { wantedChannels[fold(name)] = nil }
        remove(nickname, from: name)
        try handler.kicked(nickname, from: name, by: source, message[2] ?? "", self)
    }

    private func hasQuit(_ message: IRCMessage, _ source: IRCSource) throws {
        for name in channelsByName.keys {
            channelsByName[name]?.membersByName[fold(source.name)] = nil
        }
        try handler.quit(source, message.text, self)
        try reclaim(source.name)
    }

    private func renamed(_ message: IRCMessage, _ source: IRCSource) throws {
        guard let new = message[0], !new.isEmpty else { return }
        if isOurs(source.name) {
            nickname = new
            ownSource?.name = new
        }
        for name in channelsByName.keys {
            guard
                var member = channelsByName[name]?.membersByName
                    .removeValue(forKey: fold(source.name))
            else { continue }
            member.nickname = new
            channelsByName[name]?.membersByName[fold(new)] = member
        }
        try handler.renamed(source, to: new, self)
        if !isOurs(new) { try reclaim(source.name) }
    }

    /// The nickname that we want has become free.
    private func reclaim(_ freed: String) throws {
        guard fold(freed) == fold(options.nickname), !isOurs(freed) else { return }
        try send(IRCMessage(.nick, options.nickname))
    }

    // MARK: Modes

    private func modes(_ message: IRCMessage, _ source: IRCSource) throws {
        guard let target = message[0] else { return }
        let isChannel = support.isChannel(target)
        let changes = ModeChange.parse(
            message.parameters.dropFirst(), isChannel ? support.modes : nil)
        if isChannel { update(target) { apply(changes, to: &$0) } }
        try handler.modesChanged(target, changes, by: message.source, self)
    }

    private func apply(_ changes: [ModeChange], to channel: inout ClientChannel) {
        for change in changes {
            if support.modes.lists.contains(change.mode) { continue }
            if support.modes.rank(of: change.mode) != nil {
                let key = fold(change.argument ?? "")
                if change.isSet {
                    channel.membersByName[key]?.ranks.insert(change.mode)
                } else {
                    channel.membersByName[key]?.ranks.remove(change.mode)
                }
            } else {
                channel.modes[change.mode] = change.isSet ? change.argument ?? "" : nil
            }
        }
    }

    // MARK: Words

    private func words(_ message: IRCMessage, _ source: IRCSource) throws {
        guard message.parameters.count > 1, let target = message[0] else { return }
        func words(_ text: String) -> IRCWords {
            IRCWords(
                sender: source, target: target, channel: support.channel(of: target), text: text,
                account: message.tags["account"],
                time: message.tags["time"].flatMap { Timestamp(reading: $0) })
        }
        if isOurs(source.name), !isOurs(target) {
            return try handler.echoed(words(message.text), self)
        }
        let isNotice = message.command == .notice
        guard let ctcp = CTCP(reading: message.text) else {
            let words = words(message.text)
            return isNotice
                ? try handler.noticed(words, self) : try handler.said(words, self)
        }
        if isNotice { return try handler.answered(ctcp, by: source, self) }
        if ctcp.command == "ACTION" { return try handler.acted(words(ctcp.argument), self) }
        if isOurs(target) { try answer(ctcp, source) }
    }

    private func answer(_ request: CTCP, _ source: IRCSource) throws {
        let text: String?
        switch request.command {
        case "PING": text = IRCText.beginning(of: request.argument, 64)
        case "VERSION": text = options.version
        case "TIME": text = options.clock().readable
        case "CLIENTINFO": text = "ACTION CLIENTINFO PING TIME VERSION"
        default: text = nil
        }
        guard let text, !source.name.isEmpty, answers.take(at: reactor.now),
            waitingCount < options.queueLimit / 2
        else { return }
        try send(IRCMessage(.notice, source.name, CTCP(request.command, text).text))
    }

    // MARK: Numerics

    private func track(_ numeric: Numeric, _ message: IRCMessage) throws {
        switch numeric {
        case .welcome: try welcomed(message)
        case .isupport: support.read(message.parameters)
        case .namesReply: names(message)
        case .endOfNames: update(message[1] ?? "") { $0.isComplete = true }
        case .noTopic: update(message[1] ?? "") { $0.topic = "" }
        case .topicReply:
            update(message[1] ?? "") { $0.topic = message.text }
            try handler.topicChanged(message[1] ?? "", by: nil, self)
        case .topicWhoTime:
            update(message[1] ?? "") {
                $0.topicSetBy = message[2]
                $0.topicTime = message[3].flatMap(number).map {
                    Timestamp(milliseconds: Int64($0) * 1000)
                }
            }
        case .channelModeIs:
            let changes = ModeChange.parse(message.parameters.dropFirst(2), support.modes)
            update(message[1] ?? "") {
                $0.modes = [:]
                apply(changes, to: &$0)
            }
        default: whoisNumeric(numeric, message)
        }
    }

    private func welcomed(_ message: IRCMessage) throws {
        // The server has the last word about our nickname.
        if let name = message[0], !name.isEmpty, name != "*" { nickname = name }
        try handler.registered(self)
        let open = wantedChannels.values.filter { $0.key == nil }.map(\.name).sorted()
        for line in IRCText.pieces(open.joined(separator: " "), of: 400) where !line.isEmpty {
            try send(IRCMessage(.join, line.split(separator: " ").joined(separator: ",")))
        }
        for (name, key) in wantedChannels.values {
            if let key { try send(IRCMessage(.join, name, key)) }
        }
    }

    private func names(_ message: IRCMessage) {
        let modes = support.modes
        update(message[2] ?? "") { channel in
            for word in message.text.split(separator: " ") {
                var name = word.unicodeScalars[...]
                var ranks: Set<Character> = []
                while let first = name.first, let rank = modes.rank(marked: Character(first)) {
                    ranks.insert(rank.mode)
                    name.removeFirst()
                }
                // With userhost-in-names there is more than the nickname.
                let nickname = IRCSource(parsing: String(Substring(name))).name
                if !nickname.isEmpty { add(nickname, ranks, to: &channel) }
            }
        }
    }

    private func whoisNumeric(_ numeric: Numeric, _ message: IRCMessage) {
        guard let nickname = message[1], let inquiry = inquiries[fold(nickname)] else { return }
        switch numeric {
        case .noSuchNick: inquiry.isKnown = false
        case .endOfWhois:
            inquiries[fold(nickname)] = nil
            inquiry.finish(inquiry.isKnown ? inquiry.reply : nil)
        default: inquiry.reply.take(numeric, message)
        }
    }
}
