// Capabilities and logins (IRCv3 CAP 302, SASL PLAIN): what a client wants is in force at once and
// decides about the tags of its lines. Passwords are checked by the owner's function; whoever
// guesses loses the connection after a few attempts.
import FairleadIRCWire

extension IRCServer {
    // MARK: CAP

    func cap(_ user: ServerUser, _ message: IRCMessage) {
        guard let client = user as? ServerClient else { return }
        let verb = IRCCommand(rawValue: message.parameters[0]).rawValue
        switch verb {
        case "LS":
            client.registration?.isNegotiating = true
            if let version = message[1], version.utf8.count < 4, version >= "302" {
                client.knowsValues = true
                client.capabilities.insert(.capNotify)
            }
            tellCapabilities(client, "LS", offeredCapabilities.map(\.name), values: true)
        case "LIST":
            let names = offeredCapabilities.filter { client.capabilities.contains($0.capability) }
            tellCapabilities(client, "LIST", names.map(\.name), values: false)
        case "REQ":
            client.registration?.isNegotiating = true
            requestCapabilities(client, message[1] ?? "")
        case "END":
            guard client.registration?.isNegotiating == true else { return }
            client.registration?.isNegotiating = false
            welcomeIfComplete(client)
        default: reply(client, .invalidCapCommand, shown(verb))
        }
    }

    private var offeredCapabilities: [(name: String, capability: ServerCapabilities)] {
        ServerCapabilities.names.filter {
            $0.capability != .sasl || options.verifyAccount != nil
        }
    }

    private func tellCapabilities(
        _ client: ServerClient, _ verb: String, _ names: [String], values: Bool
    ) {
        let list = names.map { values && client.knowsValues && $0 == "sasl" ? "sasl=PLAIN" : $0 }
        tell(client, .cap, [client.shownName, verb, list.joined(separator: " ")])
    }

    /// All or nothing, as CAP wants it.
    private func requestCapabilities(_ client: ServerClient, _ list: String) {
        var capabilities = client.capabilities
        var isKnown = true
        for word in list.split(separator: " ") {
            let isRemoved = word.utf8.first == UInt8(ascii: "-")
            let name = isRemoved ? word.dropFirst() : word
            guard let found = offeredCapabilities.first(where: { $0.name == name }) else {
                isKnown = false
                break
            }
            if isRemoved {
                capabilities.remove(found.capability)
            } else {
                capabilities.insert(found.capability)
            }
        }
        if isKnown { client.capabilities = capabilities }
        tell(client, .cap, [client.shownName, isKnown ? "ACK" : "NAK", list])
    }

    // MARK: SASL

    func authenticate(_ user: ServerUser, _ message: IRCMessage) {
        guard let client = user as? ServerClient, client.capabilities.contains(.sasl),
            let verify = options.verifyAccount
        else { return reply(user, .saslFail) }
        if client.account != nil { return reply(user, .saslAlready) }
        let word = message.parameters[0]
        if word == "*" {
            client.sasl = nil
            return reply(user, .saslAborted)
        }
        guard var reader = client.sasl else {
            guard IRCCommand(rawValue: word).rawValue == "PLAIN" else {
                reply(user, .saslMechanisms, "PLAIN")
                return reply(user, .saslFail)
            }
            client.sasl = SASLReader()
            return user.deliver(
                Announcement(IRCMessage(.authenticate, "+"), at: options.clock()))
        }
        let outcome = reader.take(word)
        client.sasl = outcome == .incomplete ? reader : nil
        switch outcome {
        case .incomplete: return
        case .tooLong: reply(user, .saslTooLong)
        case .malformed: reply(user, .saslFail)
        case .response(let bytes):
            guard let plain = SASLReader.plain(bytes), isAccount(plain.user),
                plain.authorization.isEmpty || plain.authorization == plain.user,
                verify(plain.user, plain.password)
            else { return failed(client, .saslFail) }
            client.account = plain.user
            reply(
                user, .loggedIn, client.nickname.isEmpty ? "*" : client.source.description,
                plain.user, "You are now logged in as \(plain.user)")
            reply(user, .saslSuccess)
        }
    }

    /// An account's name stands as a word in lines.
    private func isAccount(_ name: String) -> Bool {
        shown(name) == name && name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 0x20 }
    }

    /// A wrong password; whoever guesses on loses the connection.
    func failed(_ client: ServerClient, _ numeric: Numeric) {
        reply(client, numeric)
        client.wrongPasswords += 1
        if client.wrongPasswords >= options.limits.wrongPasswords {
            dismiss(client, "Too many wrong passwords")
        }
    }
}
