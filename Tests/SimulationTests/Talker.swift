// A protocol that does at each call whatever the dice say: writes, pauses, closes, half-closes,
// aborts, throws, closes somebody else, opens further connections. It knows what it has done and
// so what it may be told; every call is checked against that, and every byte against the pattern
// that the other end writes.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc

/// One end of a connection in a simulated world.
final class Talker: StreamProtocol {
    enum Role {
        case client
        case server
        /// A server that sends back what it gets.
        case echo
    }

    struct Whim: Error {}

    let role: Role
    let name: String
    private unowned let world: World
    private(set) weak var transport: (any Transport)?
    private(set) weak var conversation: Conversation?
    private(set) var isMade = false
    private(set) var reason: Disconnect?
    private(set) var sent = 0
    private(set) var receivedCount = 0
    private(set) var isPaused = false
    /// We asked for the end of both directions.
    private(set) var isClosed = false
    private(set) var hasClosedWrite = false
    private(set) var hasReadEnded = false
    private var hasThrown = false
    private var isBlocked = false
    private var isInside = false
    private var timer: Timer?
    private var resumption: Timer?
    /// Whether somebody else may close it: `Reconnecting.stop`.
    var isOwned = false

    init(_ role: Role, _ world: World) {
        self.role = role
        self.world = world
        name = "\(role) \(world.talkers.count)"
        world.settle(self)
        world.watch(self, name)
    }

    /// Whether it could go on for ever.
    var isHealthy: Bool {
        isMade && reason == nil && !isClosed && !hasClosedWrite && !hasReadEnded && !hasThrown
            && !isOwned
    }

    // MARK: What it is told

    private func enter(_ call: String, _ body: () throws -> Void) rethrows {
        world.require(!isInside, "\(name): \(call) during another call")
        world.require(isMade, "\(name): \(call) before connectionMade")
        world.require(reason == nil, "\(name): \(call) after connectionLost")
        isInside = true
        defer { isInside = false }
        try body()
    }

    func connectionMade(on transport: any Transport) throws {
        world.require(!isMade, "\(name): connectionMade twice")
        isMade = true
        self.transport = transport
        world.watch(transport, "the transport of \(name)")
        let client = role == .client ? transport.localAddress : transport.peerAddress
        let isOpen = transport.localAddress.socketAddress != nil
        if role == .client, isOpen, transport.peerAddress.socketAddress == nil {
            world.fault("\(name): made, but not connected")
        }
        // The address is gone when the connection is: then nobody can check its bytes.
        if client.socketAddress != nil { join(world.conversation(client)) }
        try enter("connectionMade") {
            if world.isCalm { return }
            tick()
            try act()
        }
    }

    private func join(_ conversation: Conversation) {
        self.conversation = conversation
        if role == .client { conversation.client = self } else { conversation.server = self }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        world.require(bytes.count > 0, "\(name): received nothing")
        world.require(!isPaused, "\(name): received while paused")
        world.require(!isClosed, "\(name): received after close")
        world.require(!hasReadEnded, "\(name): received after readEnded")
        conversation?.check(bytes, receivedCount, by: self, world)
        receivedCount += bytes.count
        let size = bytes.count
        if role == .echo, canWrite {
            transport.write(bytes)
            sent += size
            checkQueue()
        }
        try enter("received") { try act() }
    }

    func readEnded(on transport: any Transport) throws {
        world.require(!hasReadEnded, "\(name): readEnded twice")
        world.require(!isPaused, "\(name): readEnded while paused")
        world.require(!isClosed, "\(name): readEnded after close")
        hasReadEnded = true
        try enter("readEnded") {
            if world.isCalm || world.dice.chance(0.5) { close() }
            try act()
        }
    }

    func writeBlocked(on transport: any Transport) {
        world.require(!isBlocked, "\(name): writeBlocked twice")
        isBlocked = true
        enter("writeBlocked") {
            // The classic remedy of an echo: no more input until the output is gone.
            if role == .echo, !isPaused {
                isPaused = true
                transport.pauseReading()
            }
        }
    }

    func writeReady(on transport: any Transport) {
        world.require(isBlocked, "\(name): writeReady without writeBlocked")
        isBlocked = false
        enter("writeReady") {
            if isPaused, role == .echo || world.isCalm { resume() }
            try? act()
        }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        enter("connectionLost") {}
        world.require(transport.queuedBytes == 0, "\(name): bytes queued after the end")
        if reason == .closedByUs, !isClosed, !hasThrown, !world.isStopping, !isOwned {
            world.fault("\(name): closed by us, but we did not")
        }
        if case .system(let error) = reason {
            // ENOSPC: it could not be watched any more.
            let possible = [ECONNRESET, EPIPE, ENOSPC].contains(error.code)
            world.require(possible, "\(name): ended by \(error), which no peer can cause")
        }
        self.reason = reason
        timer?.cancel()
        resumption?.cancel()
        (timer, resumption) = (nil, nil)
    }

    // MARK: What it does

    private var canWrite: Bool { isMade && reason == nil && !isClosed && !hasClosedWrite }

    /// Acts now and then also when nobody calls.
    private func tick() {
        timer = world.reactor.every(.microseconds(world.dice.pick(500...60_000))) {
            [unowned self] in
            do { try act() } catch { abort() }
        }
    }

    private func act() throws {
        if world.isCalm || reason != nil { return }
        switch world.dice.below(100) {
        case 0..<30: write(world.dice.pick(1...200))
        case 30..<36: write(world.dice.pick(1...20_000))
        case 36..<44: pause()
        case 44..<50: resume()
        case 50..<51: close()
        case 51..<52: closeWrite()
        case 52: abort()
        case 53 where world.dice.chance(0.5):
            hasThrown = true
            throw Whim()
        case 54: world.dice.pick(world.talkers)?.close()
        case 55: world.dice.pick(world.talkers)?.abort()
        case 56 where world.talkers.count < 40: world.connectSomewhere()
        case 57: world.dice.pick(world.talkers)?.write(10)
        default: break
        }
    }

    func write(_ size: Int) {
        guard canWrite, role != .echo, let transport, let conversation else { return }
        let size = world.isCalm ? size : min(size, world.appetite - sent)
        if size <= 0 { return }
        let bytes = conversation.bytes(from: sent, size, by: role)
        sent += size
        if world.dice.chance(0.5) {
            transport.write(shared: bytes)
        } else {
            transport.write(bytes.span)
        }
        checkQueue()
    }

    private func checkQueue() {
        guard let transport else { return }
        world.require(
            transport.queuedBytes <= transport.writeLimits.maximum,
            "\(name): \(transport.queuedBytes) bytes queued")
    }

    private func pause() {
        guard isMade, reason == nil, let transport else { return }
        isPaused = true
        transport.pauseReading()
        if role == .echo, isBlocked { return }
        resumption?.cancel()
        resumption = world.after(world.dice.time(below: .milliseconds(300))) { [unowned self] in
            resume()
        }
    }

    private func resume() {
        isPaused = false
        transport?.resumeReading()
    }

    func close() {
        guard isMade, reason == nil, let transport else { return }
        isClosed = true
        transport.close()
    }

    func abort() {
        guard isMade, reason == nil, let transport else { return }
        isClosed = true
        transport.abort()
    }

    private func closeWrite() {
        guard canWrite, let transport else { return }
        hasClosedWrite = true
        transport.closeWrite()
    }

    // MARK: After the storm

    func calmDown() {
        timer?.cancel()
        if role == .echo, isBlocked { return }
        if isMade, reason == nil { resume() }
    }

    /// Something that must come through.
    func ping() {
        let size = min(50, world.kernel.pipeCapacity * 5)
        write(size)
        conversation?.server?.write(size)
    }

    func sayGoodBye() {
        write(min(1000, world.kernel.pipeCapacity * 10))
        close()
    }

    /// The end of the world.
    func leave() {
        if world.dice.chance(0.5) { close() } else { abort() }
    }
}

/// The two ends of one connection, and the bytes that they are to say.
final class Conversation {
    let number: Int
    weak var client: Talker?
    weak var server: Talker?

    init(number: Int) {
        self.number = number
    }

    /// Both ends stand and neither has begun to leave.
    var isHealthy: Bool { client?.isHealthy == true && server?.isHealthy == true }
    /// Whether the client may close without a reset: nothing comes back.
    var isOneWay: Bool { server?.role == .server }

    private static let table: [UInt8] = {
        var generator = SeededGenerator(seed: 7)
        return (0..<8191).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }()

    private func start(_ role: Talker.Role) -> Int { number * 131 + (role == .client ? 0 : 4099) }

    /// What `role` says from the place on.
    func bytes(from place: Int, _ count: Int, by role: Talker.Role) -> [UInt8] {
        let start = start(role) + place
        var bytes: [UInt8] = []
        while bytes.count < count {
            let from = (start + bytes.count) % Self.table.count
            let end = min(from + count - bytes.count, Self.table.count)
            bytes += Self.table[from..<end]
        }
        return bytes
    }

    /// What is heard must be what the other end says at this place, and not more than it said.
    func check(_ heard: Span<UInt8>, _ place: Int, by listener: Talker, _ world: World) {
        let speaker = listener.role == .client ? server : client
        // What an echo says are the client's own words.
        let isEcho = server?.role == .echo
        let role: Talker.Role = listener.role == .client && !isEcho ? .server : .client
        guard let speaker else { return }
        let expected = bytes(from: place, heard.count, by: role)
        if !heard.isEqual(to: expected.span) {
            world.fault("\(listener.name): other bytes at \(place) than \(speaker.name) wrote")
        }
        if place + heard.count > speaker.sent {
            world.fault("\(listener.name): more bytes than the \(speaker.sent) of \(speaker.name)")
        }
    }

    func checkThatItMoved(_ world: World) {
        guard let client, let server else { return }
        world.require(
            client.reason == nil && server.reason == nil,
            "conversation \(number) ended though nothing was wrong any more: "
                + "\(String(describing: client.reason)), \(String(describing: server.reason))")
        world.require(
            server.receivedCount == client.sent && client.receivedCount == server.sent,
            "conversation \(number) is stuck: \(server.receivedCount) of \(client.sent) and "
                + "\(client.receivedCount) of \(server.sent) bytes")
    }

    func checkThatItClosed(_ world: World) {
        guard let client, let server else { return }
        // A tenth of a second may be too short for what was queued: then both hear of that.
        if world.reactor.limits.closeTimeout < .seconds(1), case .timedOut? = client.reason {
            return
        }
        world.require(
            client.reason == .closedByUs && server.reason == .closedByPeer,
            "conversation \(number) did not close: "
                + "\(String(describing: client.reason)), \(String(describing: server.reason))")
        world.require(
            server.receivedCount == client.sent,
            "close lost bytes: \(server.receivedCount) of \(client.sent)")
    }
}
