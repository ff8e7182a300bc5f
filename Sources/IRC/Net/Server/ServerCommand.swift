import FairleadIRCWire

/// A command of the server: what it needs before it is looked at, and what it does.
struct ServerCommand: Sendable {
    /// Parameters that must be there.
    let parameters: Int
    /// Whether it is for those who are not registered, too.
    let isOpen: Bool
    let run: @Sendable (IRCServer, ServerUser, IRCMessage) -> Void

    init(
        _ parameters: Int = 0, isOpen: Bool = false,
        _ run: @escaping @Sendable (IRCServer, ServerUser, IRCMessage) -> Void
    ) {
        self.parameters = parameters
        self.isOpen = isOpen
        self.run = run
    }

    /// Every command by its name.
    static let all: [IRCCommand: ServerCommand] = [
        IRCServer.registrationCommands, IRCServer.channelCommands, IRCServer.messageCommands,
        IRCServer.queryCommands, IRCServer.operatorCommands, IRCServer.formerCommands,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

extension IRCServer {
    /// Commands of HTTP: a browser was sent here by somebody's page.
    private static let foreign: Set<IRCCommand> = [
        "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "PATCH", "DELETE", "TRACE", "PRI",
    ]

    /// A line of a client.
    func take(_ event: IRCParser.Event, from client: ServerClient) {
        switch event {
        case .message(let message):
            if client.registration != nil, Self.foreign.contains(message.command) {
                return client.hangUp()
            }
            perform(message, for: client)
        case .refused(.tooLong): reply(client, .inputTooLong)
        case .refused:
            // Who begins like this speaks another protocol.
            if client.registration != nil { client.hangUp() }
        }
    }

    /// A command of a user, with or without a socket.
    func perform(_ message: IRCMessage, for user: ServerUser) {
        guard let command = ServerCommand.all[message.command] else {
            let known: Numeric = user.isRegistered ? .unknownCommand : .notRegistered
            return known == .notRegistered
                ? reply(user, known) : reply(user, known, message.command.rawValue)
        }
        if !command.isOpen, !user.isRegistered { return reply(user, .notRegistered) }
        if message.parameters.count < command.parameters {
            return reply(user, .needMoreParameters, message.command.rawValue)
        }
        command.run(self, user, message)
    }
}
