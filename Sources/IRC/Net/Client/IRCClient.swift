// An IRC client that stays: it connects again after every loss and joins its channels again. What
// the server tells of channels and members is kept here; a connection's own state is in
// ClientSession, what each message changes in IRCClient+Tracking.swift, the verbs in
// IRCClient+Verbs.swift. No text can make two lines of one: all pass the writer.
import FairleadEngine
import FairleadIRCWire
import FairleadWire

/// A client of an IRC server.
///
///     let client = IRCClient(IRCClientOptions(nickname: "chart"), on: reactor, handler)
///     try client.connect(to: "tcp:irc.example.org:6667")
public final class IRCClient {
    public let options: IRCClientOptions
    public let reactor: Reactor
    /// The nickname that we have now.
    public internal(set) var nickname: String
    /// What the server says about itself.
    public internal(set) var support = ISupport()
    /// Our name as others see it, once the server has told.
    public internal(set) var ownSource: IRCSource?
    /// Whether the server has welcomed us.
    public var isRegistered: Bool { session?.isRegistered ?? false }
    /// The capabilities in force.
    public var capabilities: Set<String> { session?.negotiation.enabled ?? [] }
    /// Lines that wait for their turn.
    public var waitingCount: Int { session?.waitingCount ?? 0 }
    /// Lines of this connection that were dropped because too many waited.
    public var droppedCount: Int { session?.droppedCount ?? 0 }
    /// The channels that we are in.
    public var channels: [ClientChannel] { channelsByName.values.sorted { $0.name < $1.name } }

    let handler: any IRCClientHandler
    /// By folded name.
    var channelsByName: [String: ClientChannel] = [:]
    /// Channels that we want to be in, by folded name, with their keys.
    var wantedChannels: [String: (name: String, key: String?)] = [:]
    var inquiries: [String: WhoisInquiry] = [:]
    var answers = CTCPAllowance()
    private(set) var session: ClientSession?
    private var reconnecting: Reconnecting?

    /// A client that does nothing before `connect`.
    public init(
        _ options: IRCClientOptions, on reactor: Reactor, _ handler: any IRCClientHandler
    ) {
        self.options = options
        self.reactor = reactor
        self.handler = handler
        nickname = options.nickname
        for channel in options.channels {
            wantedChannels[support.caseMapping.fold(channel.name)] = channel
        }
    }

    /// Connects, and again after each loss, until `disconnect`.
    ///
    /// - Parameter endpoint: a client's endpoint string, for example `"tcp:localhost:6667"`.
    public func connect(to endpoint: String, in endpoints: Endpoints = .standard)
        throws(EndpointStringError)
    {
        connect(to: try endpoints.client(endpoint))
    }

    /// The same for an endpoint that is made already.
    public func connect(to endpoint: any ClientEndpoint) {
        reconnecting?.stop()
        let keeper = Reconnecting(endpoint, on: reactor, options.backOff) { [weak self] _ in
            self?.begin()
        }
        keeper.failed = { [weak self] reason, pause in
            guard let self else { return }
            handler.disconnected(reason, retryAfter: pause, self)
        }
        reconnecting = keeper
        keeper.start()
    }

    /// Leaves the server and does not come back.
    public func disconnect(_ reason: String = "") {
        session?.quit(reason)
        reconnecting?.stop()
        reconnecting = nil
    }

    /// The channel of a name, where we are in it.
    public func channel(_ name: String) -> ClientChannel? { channelsByName[fold(name)] }

    func fold(_ name: String) -> String { support.caseMapping.fold(name) }

    /// Whether a nickname is ours.
    public func isOurs(_ nickname: String) -> Bool { fold(nickname) == fold(self.nickname) }

    // MARK: What a session calls

    private func begin() -> ClientSession {
        support = ISupport()
        nickname = options.nickname
        ownSource = nil
        channelsByName = [:]
        let session = ClientSession(self, options)
        self.session = session
        return session
    }

    func ended(_ session: ClientSession) {
        guard self.session === session else { return }
        self.session = nil
        channelsByName = [:]
        let waiting = inquiries.values
        inquiries = [:]
        for inquiry in waiting { inquiry.finish(nil) }
    }

    func take(_ message: IRCMessage) throws {
        try handler.received(message, self)
        try track(message)
    }
}
