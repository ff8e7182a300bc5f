// The client's side of CAP 302 and SASL as a state machine: messages in, messages out, no I/O.
// It asks for what is both wanted and offered, authenticates where it can, and says CAP END
// when all is settled. A server that knows no CAP lets registration through, or answers 421: both
// end the negotiation. Afterwards it follows what the server offers (NEW) and withdraws (DEL).

/// Negotiates capabilities with a server.
public struct CapabilityNegotiation: Sendable {
    /// How far it is.
    public enum State: Hashable, Sendable {
        /// Before `start`.
        case idle
        /// The server's list is on its way.
        case listing
        /// An answer to what we asked for is on its way.
        case requesting
        /// SASL is under way.
        case authenticating
        /// CAP END was sent, or the server knows no CAP.
        case finished
    }

    public private(set) var state = State.idle
    /// What the server offers, with the values.
    public private(set) var offered: [String: String] = [:]
    /// What is in force.
    public private(set) var enabled: Set<String> = []
    /// Why SASL came to nothing; nil while it did not.
    public private(set) var failure: String?
    /// Whether the server has accepted our SASL.
    public private(set) var isAuthenticated = false

    private let wanted: Set<String>
    private let mechanism: SASLMechanism?
    /// Requests that have no answer yet, as they were sent.
    private var pending: [[String]] = []

    /// - Parameters:
    ///   - wanted: names of capabilities; `sasl` is asked for by itself.
    ///   - mechanism: how to authenticate, nil for not at all.
    public init(wanted: some Sequence<String>, mechanism: SASLMechanism? = nil) {
        self.wanted = Set(wanted).subtracting(["sasl"])
        self.mechanism = mechanism
    }

    /// The first message; it goes out before NICK and USER.
    public mutating func start() -> [IRCMessage] {
        state = .listing
        return [IRCMessage(.cap, "LS", "302")]
    }

    /// Takes a message from the server; gives what to send.
    public mutating func receive(_ message: IRCMessage) -> [IRCMessage] {
        switch message.command {
        case .cap: return capability(message)
        case .authenticate where state == .authenticating: return challenge(message.text)
        default: return message.command.code.map { numeric($0, message) } ?? []
        }
    }

    private mutating func numeric(_ code: Int, _ message: IRCMessage) -> [IRCMessage] {
        switch Numeric(rawValue: code) {
        case .welcome: state = .finished
        case .unknownCommand where state == .listing && message[1] == "CAP": state = .finished
        case .saslSuccess, .saslAlready:
            isAuthenticated = true
            return endSASL()
        case .nickLocked, .saslFail, .saslTooLong, .saslAborted:
            return endSASL(message.text)
        default: break
        }
        return []
    }

    // MARK: CAP

    private mutating func capability(_ message: IRCMessage) -> [IRCMessage] {
        guard let verb = message[1] else { return [] }
        let names = message.text.split(separator: " ").map(String.init)
        switch IRCCommand(rawValue: verb).rawValue {
        case "LS":
            offer(names)
            let goesOn = message.parameters.count > 3 && message[2] == "*"
            return goesOn || state != .listing ? [] : request(wantedNames)
        case "ACK": return acknowledged(names)
        case "NAK": return refused(names)
        case "NEW":
            offer(names)
            let new = Set(names.map(Self.name))
            return requests(for: wantedNames.filter { new.contains($0) && $0 != "sasl" })
        case "DEL":
            for name in names {
                offered[name] = nil
                enabled.remove(name)
            }
            return []
        default: return []
        }
    }

    private static func name(_ entry: String) -> String {
        String(entry.unicodeScalars.prefix { $0 != "=" })
    }

    private mutating func offer(_ entries: [String]) {
        for entry in entries where offered.count < Self.maximumOffered {
            let name = Self.name(entry)
            offered[name] = String(entry.unicodeScalars.dropFirst(name.unicodeScalars.count + 1))
        }
    }

    /// A server that never stops offering must not fill our memory.
    private static let maximumOffered = 500

    /// What we want of what is offered and not in force yet, in order.
    private var wantedNames: [String] {
        var names = wanted.filter { offered[$0] != nil && !enabled.contains($0) }.sorted()
        if canAuthenticate { names.append("sasl") }
        return names
    }

    private var canAuthenticate: Bool {
        guard let mechanism, let list = offered["sasl"] else { return false }
        return list.isEmpty || list.split(separator: ",").contains(Substring(mechanism.name))
    }

    private mutating func request(_ names: [String]) -> [IRCMessage] {
        if mechanism != nil, !canAuthenticate { failure = "the server does not offer it" }
        if names.isEmpty { return finish() }
        state = .requesting
        return requests(for: names)
    }

    /// One request for all, or several where a line would be too long.
    private mutating func requests(for names: [String]) -> [IRCMessage] {
        var groups: [[String]] = []
        var size = 0
        for name in names {
            size += name.utf8.count + 1
            if groups.isEmpty || size > 400 {
                groups.append([])
                size = name.utf8.count + 1
            }
            groups[groups.count - 1].append(name)
        }
        pending += groups
        return groups.map { IRCMessage(.cap, "REQ", $0.joined(separator: " ")) }
    }

    private mutating func acknowledged(_ names: [String]) -> [IRCMessage] {
        for name in names {
            if name.utf8.first == UInt8(ascii: "-") {
                enabled.remove(String(name.unicodeScalars.dropFirst()))
            } else if offered[name] != nil {
                enabled.insert(name)
            }
        }
        return answered(names)
    }

    /// A group is refused as a whole: each is asked for by itself, to find the one that is not.
    private mutating func refused(_ names: [String]) -> [IRCMessage] {
        let single = names.count > 1 ? requests(forEach: names) : []
        return single + answered(names)
    }

    private mutating func requests(forEach names: [String]) -> [IRCMessage] {
        guard pending.contains(where: { Set($0) == Set(names) }) else { return [] }
        return names.flatMap { requests(for: [$0]) }
    }

    private mutating func answered(_ names: [String]) -> [IRCMessage] {
        guard let place = pending.firstIndex(where: { Set($0) == Set(names) }) else { return [] }
        pending.remove(at: place)
        guard pending.isEmpty, state == .requesting else { return [] }
        guard let mechanism, enabled.contains("sasl") else { return finish() }
        state = .authenticating
        return [IRCMessage(.authenticate, mechanism.name)]
    }

    private mutating func finish() -> [IRCMessage] {
        state = .finished
        return [IRCMessage(.cap, "END")]
    }

    // MARK: SASL

    private mutating func challenge(_ text: String) -> [IRCMessage] {
        guard let mechanism, text == "+" else {
            // Neither mechanism knows a challenge.
            return [IRCMessage(.authenticate, "*")]
        }
        return SASLMechanism.chunks(of: mechanism.response).map { IRCMessage(.authenticate, $0) }
    }

    private mutating func endSASL(_ failure: String? = nil) -> [IRCMessage] {
        self.failure = failure
        return state == .authenticating ? finish() : []
    }
}
