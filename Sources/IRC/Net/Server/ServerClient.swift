// A client with a socket. Lines in: each costs a share of its allowance; a client that is too
// fast waits for its turn, with its reading paused, so that it delays nobody but itself. Lines
// out: what a turn of the reactor has for a client is sent in one write at the turn's end. One
// line alone stays the array that all receivers share. A client that does not read loses its
// connection at the limit of its queue, and nobody else notices. It must never know what a
// command means.
import FairleadEngine
import FairleadIRCWire
import FairleadWire

/// A user with a connection.
final class ServerClient: ServerUser, StreamProtocol {
    /// What is known before registration is through.
    struct Registration {
        var password: String?
        /// Whether CAP LS or REQ came and CAP END did not yet.
        var isNegotiating = false
        let since: Instant
    }

    var registration: Registration?
    var sasl: SASLReader?
    var wrongPasswords = 0
    /// Whether the client has said it knows CAP 302.
    var knowsValues = false
    private(set) var lastHeard: Instant
    /// When the PING went out that has no answer yet.
    private(set) var pinged: Instant?

    private let server: IRCServer
    private let parser: IRCParser
    private var transport: (any Transport)?
    /// What this turn has to send.
    private var pending: [UInt8] = []
    /// What has arrived and waits for its turn.
    private var held: [UInt8] = []
    private var holdTimer: Timer?
    /// When all commands so far are paid for.
    private var paid: Instant
    private var hasBegun = false

    init(_ server: IRCServer, _ transport: any Transport) {
        self.server = server
        let now = transport.reactor.now
        lastHeard = now
        paid = now
        registration = Registration(since: now)
        parser = IRCParser(tagLimit: 4096)
        super.init(at: server.options.clock())
        host = Self.host(of: transport)
    }

    /// A host that cannot be taken for the end of a line's prefix or for a mask.
    private static func host(of transport: any Transport) -> String {
        guard let host = transport.peerAddress.socketAddress?.host, !host.isEmpty else {
            return "localhost"
        }
        return host.utf8.first == UInt8(ascii: ":") ? "0" + host : host
    }

    // MARK: The connection

    func connectionMade(on transport: any Transport) {
        self.transport = transport
        transport.writeLimits = WriteLimits(
            highWater: server.options.limits.sendQueue, maximum: server.options.limits.sendQueue)
        server.connected(self)
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        lastHeard = transport.reactor.now
        pinged = nil
        if !hasBegun, bytes.count > 0 {
            hasBegun = true
            // A TLS handshake, whose binary has no line that could be refused.
            if bytes[0] == 0x16 { return transport.abort() }
        }
        if holdTimer != nil || !held.isEmpty { return hold(bytes) }
        try consume(bytes)
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        holdTimer?.cancel()
        holdTimer = nil
        held = []
        pending = []
        self.transport = nil
        server.disconnected(self, reason)
    }

    // MARK: Lines in

    private func consume(_ bytes: Span<UInt8>) throws {
        var place = 0
        while place < bytes.count, transport != nil {
            if let pause = pause() {
                hold(bytes.extracting(droppingFirst: place))
                return wait(pause)
            }
            place = try parser.step(bytes, from: place) { event in
                paid = max(paid, lastHeard) + server.options.limits.commandInterval
                server.take(event, from: self)
            }
        }
    }

    /// How long the next command has to wait; nil where it may go at once.
    private func pause() -> Duration? {
        let limits = server.options.limits
        let ahead =
            paid.since(lastHeard) - limits.commandInterval * (max(limits.commandBurst, 1) - 1)
        return ahead > .zero ? ahead : nil
    }

    private func hold(_ bytes: Span<UInt8>) {
        held.append(copying: bytes)
        if held.count > server.options.limits.receiveQueue {
            server.dismiss(self, "Excess Flood")
        }
    }

    private func wait(_ pause: Duration) {
        guard let transport else { return }
        transport.pauseReading()
        holdTimer = transport.reactor.after(pause) { [weak self] in self?.goOn() }
    }

    /// The allowance has recovered: what was held has its turn.
    private func goOn() {
        guard let transport else { return }
        holdTimer = nil
        lastHeard = transport.reactor.now
        var bytes: [UInt8] = []
        swap(&bytes, &held)
        do { try consume(bytes.span) } catch { return transport.abort(Disconnect(thrown: error)) }
        if holdTimer == nil { self.transport?.resumeReading() }
    }

    // MARK: Lines out

    override func deliver(_ announcement: Announcement) {
        guard let transport else { return }
        let bytes = announcement.bytes(for: capabilities)
        if let failure = announcement.failure {
            transport.reactor.log(.warning, "\(announcement.message): \(failure)")
        }
        if bytes.isEmpty { return }
        if pending.isEmpty {
            pending = bytes
            server.mustFlush(self)
        } else {
            pending += bytes
        }
    }

    override var backlog: Int { pending.count + (transport?.queuedBytes ?? 0) }

    /// Sends what this turn has brought; gives how many bytes that was.
    @discardableResult
    func flush() -> Int {
        guard let transport, !pending.isEmpty else { return 0 }
        var bytes: [UInt8] = []
        swap(&bytes, &pending)
        transport.write(shared: bytes)
        return bytes.count
    }

    /// The last line, then the end.
    override func dismissed(_ reason: String) {
        guard let transport else { return }
        let text = "Closing Link: \(host) (\(reason))"
        deliver(Announcement(IRCMessage(.error, text), at: server.options.clock()))
        flush()
        holdTimer?.cancel()
        holdTimer = nil
        held = []
        self.transport = nil
        transport.close()
    }

    /// Ends a connection that speaks something else, without a word.
    func hangUp() {
        guard let transport else { return }
        pending = []
        self.transport = nil
        transport.abort()
    }

    func ping(at now: Instant) {
        pinged = now
        deliver(
            Announcement(IRCMessage(.ping, server.options.name), at: server.options.clock()))
    }
}
