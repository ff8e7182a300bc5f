// How a connection becomes a user: PASS, NICK, USER, CAP and AUTHENTICATE in any order, then the
// welcome. Whoever asks for capabilities is not welcomed before CAP END; CAP and AUTHENTICATE
// themselves are in IRCServer+Capabilities.swift.
import FairleadIRCWire

extension IRCServer {
    static let registrationCommands: [IRCCommand: ServerCommand] = [
        .pass: ServerCommand(1, isOpen: true) { $0.pass($1, $2) },
        .nick: ServerCommand(isOpen: true) { $0.nick($1, $2) },
        .user: ServerCommand(4, isOpen: true) { $0.user($1, $2) },
        .cap: ServerCommand(1, isOpen: true) { $0.cap($1, $2) },
        .authenticate: ServerCommand(1, isOpen: true) { $0.authenticate($1, $2) },
        .quit: ServerCommand(isOpen: true) { server, user, message in
            server.dismiss(user, message[0].map { "Quit: \($0)" } ?? "Client Quit")
        },
        .ping: ServerCommand(isOpen: true) { $0.ping($1, $2) },
        .pong: ServerCommand(isOpen: true) { _, _, _ in },
    ]

    private func pass(_ user: ServerUser, _ message: IRCMessage) {
        guard let client = user as? ServerClient, client.registration != nil else {
            return reply(user, .alreadyRegistered)
        }
        client.registration?.password = message[0]
    }

    private func nick(_ user: ServerUser, _ message: IRCMessage) {
        guard let nickname = message[0], !nickname.isEmpty else {
            return reply(user, .noNicknameGiven)
        }
        guard isNickname(nickname) else { return reply(user, .erroneousNickname, shown(nickname)) }
        if isTaken(nickname, for: user) { return reply(user, .nicknameInUse, nickname) }
        if nickname == user.nickname { return }
        let before = user.source
        if user.isRegistered, mapping.fold(nickname) != mapping.fold(user.nickname) {
            remember(user)
        }
        rename(user, to: nickname)
        if user.isRegistered {
            announce(
                IRCMessage(.nick, nickname, from: before), by: user, toNeighboursOf: user)
        } else if let client = user as? ServerClient {
            welcomeIfComplete(client)
        }
    }

    /// What cannot stand as a parameter is not repeated.
    func shown(_ word: String) -> String {
        let isWord = !word.isEmpty && word.utf8.first != UInt8(ascii: ":")
        return isWord && !word.utf8.contains(0x20) ? word : "*"
    }

    func isNickname(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, bytes.count <= options.limits.nicknameLength else {
            return false
        }
        if (0x30...0x39).contains(first) || first == UInt8(ascii: "-") { return false }
        // Letters and digits, and those between and behind them: [ ] \ ^ _ ` { | }
        return bytes.allSatisfy {
            (0x41...0x7D).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
    }

    private func user(_ user: ServerUser, _ message: IRCMessage) {
        guard let client = user as? ServerClient, client.registration != nil,
            client.userName.isEmpty
        else { return reply(user, .alreadyRegistered) }
        let letters = message.parameters[0].utf8.filter {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let name = letters.prefix(options.limits.userLength)
        if name.isEmpty { return reply(user, .needMoreParameters, "USER") }
        client.userName = "~" + String(decoding: name, as: UTF8.self)
        client.realName = cut(message.parameters[3], options.limits.realNameLength)
        welcomeIfComplete(client)
    }

    /// The beginning of a text, cut between two characters.
    func cut(_ text: String, _ limit: Int) -> String {
        text.utf8.count <= limit ? text : IRCText.beginning(of: text, limit)
    }

    // MARK: Welcome

    func welcomeIfComplete(_ client: ServerClient) {
        guard let registration = client.registration, !registration.isNegotiating,
            !client.nickname.isEmpty, !client.userName.isEmpty
        else { return }
        if let password = options.password,
            !isSame(password, registration.password ?? "")
        {
            reply(client, .passwordMismatch)
            return dismiss(client, "Bad password")
        }
        let name = client.source.description
        if options.bannedUsers.contains(where: { $0.matches(name) }) {
            reply(client, .youAreBanned)
            return dismiss(client, "Banned")
        }
        client.registration = nil
        client.sasl = nil
        admit(client)
        welcome(client)
    }

    /// Compares in a time that does not tell how much was right.
    func isSame(_ secret: String, _ guess: String) -> Bool {
        let secret = Array(secret.utf8)
        let guess = Array(guess.utf8)
        var difference = secret.count ^ guess.count
        for index in guess.indices where !secret.isEmpty {
            difference |= Int(secret[index % secret.count] ^ guess[index])
        }
        return difference == 0
    }

    private func welcome(_ client: ServerClient) {
        let name = options.name
        reply(client, .welcome, "Welcome to the \(options.network) Network, \(client.source)")
        reply(client, .yourHost, "Your host is \(name), running version \(Self.version)")
        reply(client, .created, "This server was created \(created.readable)")
        tell(
            client, IRCCommand(.myInfo),
            [client.nickname, name, Self.version, "io", "beIiklmnostv", "beIklov"])
        tellFeatures(client)
        lusers(client)
        motd(client)
    }

    /// The name and version of this software.
    static let version = "fairlead-1"

    func tellFeatures(_ user: ServerUser) {
        let limits = options.limits
        let tokens = [
            "AWAYLEN=\(limits.awayLength)", "CASEMAPPING=\(mapping.rawValue)",
            "CHANLIMIT=#:\(limits.channels)", "CHANMODES=beI,k,l,imnst",
            "CHANNELLEN=\(limits.channelLength)", "CHANTYPES=#", "EXCEPTS=e", "INVEX=I",
            "KEYLEN=\(limits.keyLength)", "KICKLEN=\(limits.kickLength)",
            "MAXLIST=beI:\(limits.masks)", "MODES=\(limits.modes)", "NETWORK=\(options.network)",
            "NICKLEN=\(limits.nicknameLength)", "PREFIX=(ov)@+", "STATUSMSG=@+",
            "TARGMAX=NAMES:1,LIST:1,KICK:\(limits.targets),WHOIS:1,PRIVMSG:\(limits.targets),"
                + "NOTICE:\(limits.targets)", "TOPICLEN=\(limits.topicLength)",
            "USERLEN=\(limits.userLength)",
        ]
        for start in stride(from: 0, to: tokens.count, by: 12) {
            let part = tokens[start..<min(start + 12, tokens.count)]
            tell(
                user, IRCCommand(.isupport),
                [user.shownName] + part + [Numeric.isupport.text])
        }
    }

    private func ping(_ user: ServerUser, _ message: IRCMessage) {
        guard let token = message[0], !token.isEmpty else { return reply(user, .noOrigin) }
        tell(user, .pong, [options.name, token])
    }
}
