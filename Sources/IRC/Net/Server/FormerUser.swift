import FairleadIRCWire

/// Somebody who had a nickname, for WHOWAS.
struct FormerUser {
    let nickname: String
    let userName: String
    let host: String
    let realName: String
    let left: Timestamp

    init(_ user: ServerUser, at time: Timestamp) {
        nickname = user.nickname
        userName = user.userName
        host = user.host
        realName = user.realName
        left = time
    }
}

extension IRCServer {
    static let formerCommands: [IRCCommand: ServerCommand] = [
        .whowas: ServerCommand { $0.whowas($1, $2) }
    ]

    /// Nicknames that are remembered.
    private static let formerLimit = 200

    /// The user loses its nickname.
    func remember(_ user: ServerUser) {
        if former.count >= Self.formerLimit { former.removeFirst() }
        former.append(FormerUser(user, at: options.clock()))
    }

    private func whowas(_ user: ServerUser, _ message: IRCMessage) {
        guard let list = message[0], !list.isEmpty else { return reply(user, .noNicknameGiven) }
        let names = parts(list)
        guard names.count <= options.limits.targets else {
            return reply(user, .tooManyTargets, shown(list))
        }
        let wanted = message[1].flatMap { Int($0) } ?? 0
        for name in names {
            let folded = mapping.fold(name)
            let found = former.reversed().filter { mapping.fold($0.nickname) == folded }
            if found.isEmpty { reply(user, .wasNoSuchNick, shown(name)) }
            for one in found.prefix(wanted > 0 ? wanted : .max) {
                if isFull(user) { break }
                reply(
                    user, .whowasUser, one.nickname, one.userName, one.host, "*", one.realName)
                reply(user, .whoisServer, one.nickname, options.name, one.left.readable)
            }
            reply(user, .endOfWhowas, shown(name))
        }
    }
}
