// One connection of a client: registration, lines in, lines out at a pace, PING. It lasts as
// long as the connection; what outlives it, such as the channels to join again, is the client's.
// It must never know what a message means beyond registration and PING.
import FairleadEngine
import FairleadIRCWire
import FairleadWire

/// One connection of an `IRCClient`.
final class ClientSession: StreamProtocol {
    /// Whether the server has welcomed us.
    private(set) var isRegistered = false
    private(set) var negotiation: CapabilityNegotiation
    /// Lines that were dropped because too many waited.
    private(set) var droppedCount = 0
    /// Lines that wait for their turn.
    var waitingCount: Int { queue.count - head }

    private let options: IRCClientOptions
    private let client: IRCClient
    private let parser = IRCParser()
    private var transport: (any Transport)?
    private var budget: SendingBudget
    private var queue: [[UInt8]] = []
    private var head = 0
    private var sendTimer: Timer?
    private var silenceTimer: Timer?
    private var isPinged = false
    private var nicknamesTried = 0

    init(_ client: IRCClient, _ options: IRCClientOptions) {
        self.client = client
        self.options = options
        budget = SendingBudget(options.pace)
        negotiation = CapabilityNegotiation(
            wanted: options.capabilities, mechanism: options.sasl)
    }

    // MARK: The connection

    func connectionMade(on transport: any Transport) throws {
        self.transport = transport
        silenceTimer = transport.reactor.after(options.pingTimeout) { [weak self] in
            self?.silence()
        }
        for message in negotiation.start() { try sendAtOnce(message) }
        if let password = options.password { try sendAtOnce(IRCMessage(.pass, password)) }
        try sendAtOnce(IRCMessage(.nick, options.nickname))
        try sendAtOnce(IRCMessage(.user, options.userName, "0", "*", options.realName))
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if isRegistered {
            isPinged = false
            silenceTimer?.reset(after: options.pingInterval)
        }
        try parser.feed(bytes) { event in
            // What comes behind the end of our interest is not looked at.
            guard self.transport != nil, case .message(let message) = event else { return }
            try take(message)
        }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        self.transport = nil
        sendTimer?.cancel()
        silenceTimer?.cancel()
        sendTimer = nil
        silenceTimer = nil
        client.ended(self)
    }

    /// Says good-bye and closes.
    func quit(_ reason: String) {
        guard let transport else { return }
        do { try sendAtOnce(IRCMessage(.quit, IRCText.singleLine(reason))) } catch {}
        self.transport = nil
        transport.close()
    }

    // MARK: Lines in

    private func take(_ message: IRCMessage) throws {
        for answer in negotiation.receive(message) { try sendAtOnce(answer) }
        if options.needsSASL, negotiation.state == .finished, !negotiation.isAuthenticated {
            throw ProtocolError(.remote, "IRC", "no login: \(negotiation.failure ?? "no SASL")")
        }
        switch message.command {
        case .ping: try sendAtOnce(IRCMessage(.pong, message.parameters.suffix(1)))
        case let command where !isRegistered:
            switch command.numeric {
            case .welcome: welcomed()
            case .nicknameInUse, .erroneousNickname, .nickCollision, .unavailableResource:
                try tryNextNickname()
            default: break
            }
        default: break
        }
        try client.take(message)
    }

    private func welcomed() {
        isRegistered = true
        silenceTimer?.reset(after: options.pingInterval)
    }

    /// The nickname is somebody's: the next of the list, then with more and more marks.
    private func tryNextNickname() throws {
        let alternatives = options.alternatives
        let number = nicknamesTried
        nicknamesTried += 1
        if number < alternatives.count {
            return try sendAtOnce(IRCMessage(.nick, alternatives[number]))
        }
        let marks = number - alternatives.count + 1
        // A short nickname leaves room for the marks on every server (nine letters at least).
        let stem = IRCText.beginning(of: options.nickname, max(8 - marks / 10, 1))
        let tail = marks < 3 ? String(repeating: "_", count: marks) : String(marks)
        guard marks < 100 else {
            throw ProtocolError(.remote, "IRC", "every nickname is in use")
        }
        try sendAtOnce(IRCMessage(.nick, (marks < 3 ? options.nickname : stem) + tail))
    }

    // MARK: Lines out

    /// Sends in turn, as fast as the pace allows; false where the line was dropped.
    func send(_ message: IRCMessage) throws(ProtocolError) -> Bool {
        let line = try IRCWriter.encode(message)
        guard transport != nil else { return false }
        if waitingCount >= options.queueLimit {
            droppedCount += 1
            return false
        }
        queue.append(line)
        if sendTimer == nil { sendWaiting() }
        return true
    }

    /// Sends before all that waits: answers to the server, without which it would let us go.
    private func sendAtOnce(_ message: IRCMessage) throws(ProtocolError) {
        let line = try IRCWriter.encode(message)
        guard let transport else { return }
        if isRegistered { budget.charge(line.count, at: transport.reactor.now) }
        transport.write(shared: line)
    }

    private func sendWaiting() {
        sendTimer = nil
        guard let transport else { return }
        while head < queue.count {
            let line = queue[head]
            if let delay = budget.delay(line.count, at: transport.reactor.now) {
                sendTimer = transport.reactor.after(delay) { [weak self] in self?.sendWaiting() }
                break
            }
            budget.charge(line.count, at: transport.reactor.now)
            transport.write(shared: line)
            queue[head] = []
            head += 1
        }
        if head == queue.count || head > 64 {
            queue.removeFirst(head)
            head = 0
        }
    }

    // MARK: Silence

    private func silence() {
        guard let transport else { return }
        if !isRegistered {
            return transport.abort(.timedOut("registration within \(options.pingTimeout)"))
        }
        if isPinged {
            return transport.abort(.timedOut("no answer to PING for \(options.pingTimeout)"))
        }
        isPinged = true
        silenceTimer?.reset(after: options.pingTimeout)
        do {
            try sendAtOnce(IRCMessage(.ping, "fairlead"))
        } catch { transport.abort(Disconnect(thrown: error)) }
    }
}
