// MODE for channels and users. A line is worked through change by change; what came of it is
// announced as one line, so that every client sees the same and only what has really changed.
// What is kept of an argument was looked at before: it can stand as a word in any line.
import FairleadIRCWire
import FairleadWire

extension IRCServer {
    /// The modes of our channels.
    static let modeKinds: ModeKinds = {
        var kinds = ModeKinds()
        kinds.flags = ["i", "m", "n", "s", "t"]
        return kinds
    }()

    func mode(_ user: ServerUser, _ message: IRCMessage) {
        let target = message.parameters[0]
        if target.utf8.first == UInt8(ascii: "#") {
            guard let channel = find(target, for: user) else { return }
            channelMode(channel, user, message)
        } else {
            userMode(target, user, message)
        }
    }

    // MARK: Users

    private func userMode(_ target: String, _ user: ServerUser, _ message: IRCMessage) {
        guard let other = self.user(target) else {
            return reply(user, .noSuchNick, shown(target))
        }
        guard other === user else { return reply(user, .usersDoNotMatch) }
        var changes: [ModeChange] = []
        for change in ModeChange.parse(message.parameters.dropFirst(), nil) {
            switch change.mode {
            case "i" where change.isSet != user.modes.contains(.invisible):
                user.modes.formSymmetricDifference(.invisible)
                changes.append(change)
            case "o" where !change.isSet && user.isOperator:
                user.modes.remove(.serverOperator)
                changes.append(change)
            // Nobody makes himself an operator; what is so already stays so.
            case "i", "o": break
            default: return reply(user, .unknownUserMode)
            }
        }
        if message.parameters.count < 2 {
            let modes = (user.modes.contains(.invisible) ? "i" : "") + (user.isOperator ? "o" : "")
            return tell(user, IRCCommand(.userModeIs), [user.nickname, "+" + modes])
        }
        if changes.isEmpty { return }
        let line = [user.nickname] + ModeChange.compose(changes)
        announce(IRCMessage(.mode, line, from: user.source), by: user, to: user)
    }

    // MARK: Channels

    private func channelMode(
        _ channel: ServerChannel, _ user: ServerUser, _ message: IRCMessage
    ) {
        if message.parameters.count < 2 {
            tell(
                user, IRCCommand(.channelModeIs),
                [user.nickname, channel.name] + channel.modeParameters(for: user))
            return reply(user, .creationTime, channel.name, String(channel.created.seconds))
        }
        var done: [ModeChange] = []
        var hasRefused = false
        var argumentCount = 0
        for change in ModeChange.parse(message.parameters.dropFirst(), Self.modeKinds) {
            if Self.modeKinds.lists.contains(change.mode), change.argument == nil {
                tellList(change.mode, channel, user)
                continue
            }
            guard channel.isChanop(user) else {
                if !hasRefused { reply(user, .notChannelOperator, channel.name) }
                hasRefused = true
                continue
            }
            if change.argument != nil { argumentCount += 1 }
            if argumentCount > options.limits.modes { break }
            if let change = apply(change, to: channel, by: user) { done.append(change) }
        }
        if done.isEmpty { return }
        let line = [channel.name] + ModeChange.compose(done)
        announce(IRCMessage(.mode, line, from: user.source), by: user, to: channel)
    }

    /// Makes one change; gives it as it is announced, nil where nothing has changed.
    private func apply(_ change: ModeChange, to channel: ServerChannel, by user: ServerUser)
        -> ModeChange?
    {
        switch change.mode {
        case "b", "e", "I": return applyMask(change, to: channel, by: user)
        case "o", "v": return applyRank(change, to: channel, by: user)
        case "k": return applyKey(change, to: channel, by: user)
        case "l": return applyLimit(change, to: channel, by: user)
        case let mode where Self.modeKinds.flags.contains(mode):
            if channel.flags.contains(mode) == change.isSet { return nil }
            if change.isSet {
                channel.flags.insert(mode)
            } else {
                channel.flags.remove(mode)
            }
            return change
        default:
            reply(user, .unknownMode, shown(String(change.mode)))
            return nil
        }
    }

    private func applyRank(_ change: ModeChange, to channel: ServerChannel, by user: ServerUser)
        -> ModeChange?
    {
        guard let nickname = change.argument else {
            reply(user, .needMoreParameters, "MODE")
            return nil
        }
        guard let other = self.user(nickname) else {
            reply(user, .noSuchNick, shown(nickname))
            return nil
        }
        guard let rank = channel.rank(of: other) else {
            reply(user, .userNotInChannel, other.nickname, channel.name)
            return nil
        }
        let wanted: ServerChannel.Rank = change.mode == "o" ? .chanop : .voice
        if rank.contains(wanted) == change.isSet { return nil }
        channel.members[ObjectIdentifier(other)]?.rank.formSymmetricDifference(wanted)
        return ModeChange(isSet: change.isSet, change.mode, other.nickname)
    }

    private func applyKey(_ change: ModeChange, to channel: ServerChannel, by user: ServerUser)
        -> ModeChange?
    {
        guard change.isSet else {
            guard channel.key != nil else { return nil }
            channel.key = nil
            return ModeChange(isSet: false, "k", "*")
        }
        guard let key = change.argument else {
            reply(user, .needMoreParameters, "MODE")
            return nil
        }
        let isKey =
            shown(key) == key && key.utf8.count <= options.limits.keyLength
            && key.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ",") }
        guard isKey else {
            reply(user, .invalidKey, channel.name)
            return nil
        }
        channel.key = key
        return change
    }

    private func applyLimit(_ change: ModeChange, to channel: ServerChannel, by user: ServerUser)
        -> ModeChange?
    {
        guard change.isSet else {
            guard channel.limit != nil else { return nil }
            channel.limit = nil
            return change
        }
        guard let text = change.argument else {
            reply(user, .needMoreParameters, "MODE")
            return nil
        }
        guard let number = decimalNumber(text.utf8, atMost: 1_000_000), number > 0 else {
            reply(user, .invalidModeArgument, channel.name, "l", shown(text))
            return nil
        }
        channel.limit = Int(clamping: number)
        return change
    }

    private func applyMask(_ change: ModeChange, to channel: ServerChannel, by user: ServerUser)
        -> ModeChange?
    {
        guard let text = change.argument, shown(text) == text, text.utf8.count <= 200 else {
            return nil
        }
        let mask = IRCMask(IRCMask.completed(text), mapping)
        var entries = channel.lists[change.mode] ?? []
        let place = entries.firstIndex { mapping.areEqual($0.mask.text, mask.text) }
        if change.isSet {
            if place != nil { return nil }
            guard entries.count < options.limits.masks else {
                reply(user, .banListFull, channel.name, mask.text)
                return nil
            }
            entries.append(
                ServerChannel.Entry(
                    mask: mask, setBy: user.source.description, time: options.clock()))
        } else {
            guard let place else { return nil }
            entries.remove(at: place)
        }
        channel.lists[change.mode] = entries.isEmpty ? nil : entries
        return ModeChange(isSet: change.isSet, change.mode, mask.text)
    }

    private func tellList(_ mode: Character, _ channel: ServerChannel, _ user: ServerUser) {
        let (entry, end): (Numeric, Numeric) =
            switch mode {
            case "b": (.banList, .endOfBanList)
            case "e": (.exceptionList, .endOfExceptionList)
            default: (.inviteExceptionList, .endOfInviteExceptionList)
            }
        // Who is banned is everybody's business, the exceptions are the operators'.
        if mode == "b" || channel.isChanop(user) {
            for line in channel.lists[mode] ?? [] {
                reply(
                    user, entry, channel.name, line.mask.text, line.setBy,
                    String(line.time.seconds))
            }
        }
        reply(user, end, channel.name)
    }
}
