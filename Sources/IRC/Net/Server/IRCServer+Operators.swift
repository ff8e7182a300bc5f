import FairleadIRCWire

extension IRCServer {
    static let operatorCommands: [IRCCommand: ServerCommand] = [
        .oper: ServerCommand(2) { $0.oper($1, $2) },
        .kill: ServerCommand(1) { $0.kill($1, $2) },
    ]

    private func oper(_ user: ServerUser, _ message: IRCMessage) {
        guard let password = options.operators[message.parameters[0]],
            isSame(password, message.parameters[1])
        else {
            guard let client = user as? ServerClient else {
                return reply(user, .passwordMismatch)
            }
            return failed(client, .passwordMismatch)
        }
        user.modes.insert(.serverOperator)
        reply(user, .youAreOperator)
        announce(
            IRCMessage(.mode, user.nickname, "+o", from: IRCSource(options.name)), by: user,
            to: user)
    }

    private func kill(_ user: ServerUser, _ message: IRCMessage) {
        guard user.isOperator else { return reply(user, .noPrivileges) }
        guard let victim = self.user(message.parameters[0]) else {
            return reply(user, .noSuchNick, shown(message.parameters[0]))
        }
        let reason = cut(message[1] ?? "no reason given", options.limits.kickLength)
        announce(
            IRCMessage(.kill, victim.nickname, reason, from: user.source), by: user, to: victim)
        dismiss(victim, "Killed (\(user.nickname) (\(reason)))")
    }
}
