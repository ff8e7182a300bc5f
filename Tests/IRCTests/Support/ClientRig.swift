// A client on a simulated kernel whose server is the test: it reads what the client says and
// types the server's lines. Each attempt to connect is a transport of its own, so that losses
// and returns are looked at one by one.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire

/// An endpoint that connects to the test.
final class ScriptedEndpoint: ClientEndpoint {
    var description: String { "a script" }
    /// Whether an attempt succeeds.
    var isReachable = true
    /// Every connection that was made.
    private(set) var transports: [MemoryTransport] = []
    private(set) var attempts = 0

    func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        attempts += 1
        let attempt = Attempt()
        reactor.later { [self] in
            if attempt.isCancelled { return completion(.failure(.init("script", .cancelled))) }
            let transport = MemoryTransport(on: reactor)
            guard isReachable, let handler = factory(transport) else {
                return completion(.failure(.init("script", .refusedByFactory)))
            }
            transports.append(transport)
            transport.start(handler)
            completion(.success(transport))
        }
        return attempt
    }

    private final class Attempt: ConnectAttempt {
        private(set) var isCancelled = false
        func cancel() { isCancelled = true }
    }
}

/// A handler that notes what happens.
final class Diary: IRCClientHandler {
    var notes: [String] = []
    /// Called with what is said, to answer.
    var onSaid: ((IRCWords, IRCClient) throws -> Void)?

    /// The notes since the last time.
    func take() -> [String] {
        defer { notes = [] }
        return notes
    }

    func registered(_ client: IRCClient) { notes.append("registered as \(client.nickname)") }
    func disconnected(
        _ reason: any Error, retryAfter pause: Duration, _ client: IRCClient
    ) { notes.append("disconnected: \(reason)") }
    func said(_ words: IRCWords, _ client: IRCClient) throws {
        notes.append("\(words.sender.name) in \(words.channel ?? "private"): \(words.text)")
        try onSaid?(words, client)
    }
    func acted(_ words: IRCWords, _ client: IRCClient) {
        notes.append("* \(words.sender.name) \(words.text)")
    }
    func noticed(_ words: IRCWords, _ client: IRCClient) {
        notes.append("notice of \(words.sender.name): \(words.text)")
    }
    func echoed(_ words: IRCWords, _ client: IRCClient) {
        notes.append("echo to \(words.target): \(words.text)")
    }
    func answered(_ answer: CTCP, by sender: IRCSource, _ client: IRCClient) {
        notes.append("\(sender.name) answers \(answer.command): \(answer.argument)")
    }
    func joined(_ channel: String, _ user: IRCSource, _ client: IRCClient) {
        notes.append("\(user.name) joins \(channel)")
    }
    func parted(_ channel: String, _ user: IRCSource, _ reason: String, _ client: IRCClient) {
        notes.append("\(user.name) leaves \(channel): \(reason)")
    }
    func kicked(
        _ nickname: String, from channel: String, by user: IRCSource, _ reason: String,
        _ client: IRCClient
    ) { notes.append("\(user.name) kicks \(nickname) from \(channel): \(reason)") }
    func quit(_ user: IRCSource, _ reason: String, _ client: IRCClient) {
        notes.append("\(user.name) quits: \(reason)")
    }
    func renamed(_ user: IRCSource, to nickname: String, _ client: IRCClient) {
        notes.append("\(user.name) is \(nickname)")
    }
    func topicChanged(_ channel: String, by user: IRCSource?, _ client: IRCClient) {
        notes.append("topic of \(channel): \(client.channel(channel)?.topic ?? "?")")
    }
    func modesChanged(
        _ target: String, _ changes: [ModeChange], by user: IRCSource?, _ client: IRCClient
    ) { notes.append("modes of \(target): \(ModeChange.compose(changes))") }
    func invited(to channel: String, by user: IRCSource, _ client: IRCClient) {
        notes.append("\(user.name) invites to \(channel)")
    }
    func awayChanged(_ user: IRCSource, _ text: String?, _ client: IRCClient) {
        notes.append("\(user.name) is \(text.map { "away: \($0)" } ?? "back")")
    }
}

/// A client under test.
final class ClientRig {
    let harness: ReactorHarness
    let client: IRCClient
    let diary = Diary()
    let endpoint = ScriptedEndpoint()

    init(_ harness: ReactorHarness, _ options: IRCClientOptions) {
        self.harness = harness
        client = IRCClient(options, on: harness.reactor, diary)
        client.connect(to: endpoint)
    }

    /// The newest connection.
    var transport: MemoryTransport? { endpoint.transports.last }

    /// What the client has sent since the last time.
    func sent() throws -> [String] {
        for _ in 0..<4 { try harness.reactor.turn(until: harness.reactor.now) }
        let text = transport?.takeWrittenText() ?? ""
        return text.split(separator: "\r\n").map(String.init)
    }

    /// The server's lines; gives what the client says to them.
    @discardableResult
    func server(_ lines: String...) throws -> [String] {
        for line in lines { transport?.feed(line + "\r\n") }
        return try sent()
    }

    /// The server's welcome.
    func welcome(_ nickname: String = "me") throws {
        _ = try sent()
        try server("CAP * LS :", ":irc 001 \(nickname) :Welcome")
        _ = diary.take()
    }

    /// We are in a channel, and all about that is said.
    func enter(_ channel: String, names: String = "@ann bob me") throws {
        try server(
            ":me!u@h JOIN \(channel)", ":irc 353 me = \(channel) :\(names)",
            ":irc 366 me \(channel) :End", ":irc 324 me \(channel) +nt")
        try harness.turn(for: .seconds(60))
        try server()
        _ = diary.take()
    }
}

extension IRCClientOptions {
    /// A known name, a clock that stands.
    static var test: IRCClientOptions {
        var options = IRCClientOptions(nickname: "me")
        options.capabilities = []
        options.clock = { Timestamp(milliseconds: 1_795_590_495_390) }
        return options
    }
}

/// Runs a test with a client, and checks that nothing is left behind.
func withClient(
    _ set: (inout IRCClientOptions) -> Void = { _ in }, _ body: (ClientRig) throws -> Void
) throws {
    var options = IRCClientOptions.test
    set(&options)
    try withSimulatedReactor { harness in
        let rig = ClientRig(harness, options)
        do { try body(rig) } catch {
            rig.client.disconnect()
            throw error
        }
        rig.client.disconnect("done")
        for _ in 0..<4 { try harness.reactor.turn(until: harness.reactor.now) }
    }
}
