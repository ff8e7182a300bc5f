// A small IRC server, so that a gateway can be watched with any IRC client. Here is its state and
// what everything shares: who is here, how a line reaches one or many, how somebody leaves. The
// commands are in extensions by topic, each with a table of its own; a bot of this process
// passes through the same tables as a client with a socket. It must never wait for a client.
import FairleadEngine
import FairleadIRCWire
import FairleadWire

/// An IRC server on a reactor.
///
///     let server = IRCServer(on: reactor)
///     try server.listen("tcp:6667:interface=127.0.0.1")
public final class IRCServer {
    public let options: IRCServerOptions
    public let reactor: Reactor
    /// Users that are registered.
    public private(set) var userCount = 0
    /// Channels with somebody in them.
    public var channelCount: Int { channels.count }
    /// Connections, also of those who are not registered yet.
    public var connectionCount: Int { clients.count }

    let created: Timestamp
    /// By folded nickname; also those that have a nickname and no registration yet.
    private(set) var nicknames: [String: ServerUser] = [:]
    private(set) var channels: [String: ServerChannel] = [:]
    private(set) var clients: [ObjectIdentifier: ServerClient] = [:]
    private(set) var highestCount = 0
    /// Who had which nickname, the newest last; bounded.
    var former: [FormerUser] = []
    let mapping = CaseMapping.rfc1459

    private var ports: [any ListeningPort] = []
    private var sweep: Timer?
    private var unflushed: [ServerClient] = []
    /// How many of those are through.
    private var flushed = 0
    private var round: UInt64 = 0

    /// A server without a port yet; bots can join it at once.
    public init(_ options: IRCServerOptions = IRCServerOptions(), on reactor: Reactor) {
        self.options = options
        self.reactor = reactor
        created = options.clock()
        reactor.add(to: .beforeShutDown) { [weak self] _, done in
            self?.stop()
            done()
        }
    }

    // MARK: Ports

    /// Opens a port, for example `"tcp:6667"` or `"unix:/run/irc.sock"`.
    @discardableResult
    public func listen(_ endpoint: String, in endpoints: Endpoints = .standard) throws
        -> any ListeningPort
    {
        let limit = ConnectionLimit(
            total: options.limits.connections, perPeer: options.limits.connectionsPerHost,
            makeClient)
        let port = try reactor.listen(endpoint, in: endpoints, limit.makeProtocol)
        ports.append(port)
        return port
    }

    /// The protocol of a new connection, for a listener of your own.
    public func makeClient(_ transport: any Transport) -> (any StreamProtocol)? {
        ServerClient(self, transport)
    }

    /// Closes the ports and lets everybody go.
    public func stop(_ reason: String = "The server shuts down") {
        for port in ports { port.stop() }
        ports = []
        sweep?.cancel()
        sweep = nil
        for client in Array(clients.values) { dismiss(client, reason) }
        for bot in nicknames.values.filter({ $0 is ServerBot }) { dismiss(bot, reason) }
    }

    // MARK: Who is here

    func user(_ nickname: String) -> ServerUser? {
        guard let user = nicknames[mapping.fold(nickname)], user.isRegistered else { return nil }
        return user
    }

    func channel(_ name: String) -> ServerChannel? { channels[mapping.fold(name)] }

    func connected(_ client: ServerClient) {
        clients[ObjectIdentifier(client)] = client
        let step = min(
            options.limits.pingInterval, options.limits.pingTimeout, options.limits.registration)
        if sweep == nil { sweep = reactor.every(step / 4) { [weak self] in self?.sweepClients() } }
    }

    func disconnected(_ client: ServerClient, _ reason: Disconnect) {
        clients[ObjectIdentifier(client)] = nil
        remove(client, reason.description)
        guard clients.isEmpty else { return }
        sweep?.cancel()
        sweep = nil
    }

    /// Gives a nickname that is free.
    func rename(_ user: ServerUser, to nickname: String) {
        if !user.nickname.isEmpty { nicknames[mapping.fold(user.nickname)] = nil }
        user.nickname = nickname
        nicknames[mapping.fold(nickname)] = user
    }

    /// Whether a nickname belongs to somebody else.
    func isTaken(_ nickname: String, for user: ServerUser) -> Bool {
        nicknames[mapping.fold(nickname)].map { $0 !== user } ?? false
    }

    /// The user is registered from now on.
    func admit(_ user: ServerUser) {
        user.isRegistered = true
        userCount += 1
        highestCount = max(highestCount, userCount)
    }

    /// Lets somebody go: the others hear why, and its connection ends.
    func dismiss(_ user: ServerUser, _ reason: String) {
        remove(user, reason)
        user.dismissed(reason)
    }

    /// Takes somebody out of every list.
    private func remove(_ user: ServerUser, _ reason: String) {
        if user.isRegistered {
            let message = IRCMessage(.quit, IRCText.singleLine(reason), from: user.source)
            announce(message, by: user, toNeighboursOf: user, except: user)
            remember(user)
            user.isRegistered = false
            userCount -= 1
        }
        for channel in user.channels { leave(channel, user) }
        if !user.nickname.isEmpty, nicknames[mapping.fold(user.nickname)] === user {
            nicknames[mapping.fold(user.nickname)] = nil
        }
    }

    func enter(_ name: String, _ user: ServerUser) -> ServerChannel {
        let channel = channel(name) ?? ServerChannel(name, at: options.clock())
        channels[mapping.fold(name)] = channel
        let rank: ServerChannel.Rank = channel.members.isEmpty ? .chanop : []
        channel.members[ObjectIdentifier(user)] = ServerChannel.Member(user: user, rank: rank)
        user.channels.append(channel)
        return channel
    }

    func leave(_ channel: ServerChannel, _ user: ServerUser) {
        channel.members[ObjectIdentifier(user)] = nil
        user.channels.removeAll { $0 === channel }
        if channel.members.isEmpty { channels[mapping.fold(channel.name)] = nil }
    }

    // MARK: Lines out

    /// A line of the server itself.
    func tell(_ user: ServerUser, _ command: IRCCommand, _ parameters: [String]) {
        let message = IRCMessage(command, parameters, from: IRCSource(options.name))
        user.deliver(Announcement(message, at: options.clock()))
    }

    /// A numeric reply; its text comes from the table unless the last parameter is one.
    func reply(_ user: ServerUser, _ numeric: Numeric, _ parameters: String...) {
        let text = numeric.text
        let all = [user.shownName] + parameters + (text.isEmpty ? [] : [text])
        tell(user, IRCCommand(numeric), all)
    }

    /// Whether a long answer would fill the user's queue: nobody is to lose the connection over a
    /// question.
    func isFull(_ user: ServerUser) -> Bool { user.backlog > options.limits.sendQueue / 2 }

    /// A line of one user to another.
    func announce(_ message: IRCMessage, by user: ServerUser, to receiver: ServerUser) {
        receiver.deliver(Announcement(message, at: options.clock(), account: user.account))
    }

    /// A line of one user to all in a channel, or to those of some ranks.
    func announce(
        _ message: IRCMessage, by user: ServerUser, to channel: ServerChannel,
        except: ServerUser? = nil, ranks: ServerChannel.Rank = []
    ) {
        let announcement = Announcement(message, at: options.clock(), account: user.account)
        for member in channel.members.values where member.user !== except {
            if ranks.isEmpty || !member.rank.isDisjoint(with: ranks) {
                member.user.deliver(announcement)
            }
        }
    }

    /// A line to everybody who shares a channel with a user, once each, and to itself.
    func announce(
        _ message: IRCMessage, by user: ServerUser, toNeighboursOf center: ServerUser,
        except: ServerUser? = nil, with capability: ServerCapabilities = []
    ) {
        let announcement = Announcement(message, at: options.clock(), account: user.account)
        round += 1
        if center !== except { center.deliver(announcement) }
        center.round = round
        for channel in center.channels {
            for member in channel.members.values where member.user.round != round {
                member.user.round = round
                if member.user.capabilities.isSuperset(of: capability) {
                    member.user.deliver(announcement)
                }
            }
        }
    }

    /// The client has lines that go out when this turn ends.
    func mustFlush(_ client: ServerClient) {
        unflushed.append(client)
        if unflushed.count - flushed == 1 { reactor.later { [self] in flush() } }
    }

    /// Sends to a part of those who wait; the rest have their turn after others had theirs, so
    /// that a full channel does not hold the loop.
    private func flush() {
        var bytes = 0
        let end = min(flushed + Self.flushedInARow, unflushed.count)
        while flushed < end, bytes < Self.flushedBytesInARow {
            bytes += unflushed[flushed].flush()
            flushed += 1
        }
        if flushed < unflushed.count { return reactor.later { [self] in flush() } }
        unflushed.removeAll(keepingCapacity: unflushed.count < 10_000)
        flushed = 0
    }

    private static let flushedInARow = 1000
    private static let flushedBytesInARow = 2 * 1024 * 1024

    // MARK: Silence

    private func sweepClients() {
        let limits = options.limits
        let now = reactor.now
        for client in Array(clients.values) {
            if let registration = client.registration {
                if now.since(registration.since) > limits.registration {
                    dismiss(client, "Registration timed out")
                }
            } else if let pinged = client.pinged {
                if now.since(pinged) > limits.pingTimeout { dismiss(client, "Ping timeout") }
            } else if now.since(client.lastHeard) > limits.pingInterval {
                client.ping(at: now)
            }
        }
    }
}
