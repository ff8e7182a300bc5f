// A transport without a descriptor, under the full contract of Transport and StreamProtocol: one
// begin, one end, ends and notices postponed, nothing after the end. The other side is either
// the test itself (`feed`, `written`, `endInput`, `end`) or another memory transport
// (memoryPair). It is entered in the reactor's table without a descriptor, so that it counts as
// a connection in leak reports and ends when the reactor stops. It must never touch a kernel.
import FairleadEngine
import FairleadWire
import Glibc

/// A transport in memory, whose other side is a test or another such transport.
public final class MemoryTransport: Transport, DescriptorObserver {
    public let reactor: Reactor
    public let localAddress: TransportAddress
    public let peerAddress: TransportAddress
    public var writeLimits: WriteLimits {
        get { outbox.limits }
        set { outbox.limits = newValue }
    }
    /// Bytes that the other side takes before writes have to wait.
    public var capacity: Int {
        didSet {
            roomChanged()
            other.roomChanged()
        }
    }

    /// What the protocol has written and the other side has taken; for transports without a peer.
    public private(set) var written: [UInt8] = []
    /// Whether `pauseReading` holds.
    public var isReadingPaused: Bool { state.contains(.paused) }
    /// Whether the protocol has ended its writing.
    public var isWriteEnded: Bool { state.contains(.writeEnded) }
    /// The reason of the end, once there is one.
    public private(set) var endReason: Disconnect?
    /// Bytes that have come in and are not delivered yet.
    public var undeliveredBytes: Int { inbox.count }

    private struct State: OptionSet {
        let rawValue: UInt16
        static let started = State(rawValue: 1)
        static let paused = State(rawValue: 2)
        static let inputOver = State(rawValue: 4)
        static let readEnded = State(rawValue: 8)
        static let closing = State(rawValue: 16)
        static let closingWrite = State(rawValue: 32)
        static let writeEnded = State(rawValue: 64)
        static let ended = State(rawValue: 128)
        static let blocked = State(rawValue: 256)
        static let blockedTold = State(rawValue: 512)
        static let noticePosted = State(rawValue: 1024)
        static let deliveryPosted = State(rawValue: 2048)
        static let calling = State(rawValue: 4096)
    }

    private var state: State = []
    private var handler: (any StreamProtocol)?
    private var inbox: [UInt8] = []
    private var outbox: MemoryOutbox
    private var chunking: Chunking
    private var token = Token.none
    private var closeTimer: Timer?
    private var other: any MemoryPeer = Nobody()

    /// A transport whose other side is the test.
    ///
    /// - Parameters:
    ///   - chunking: how what is fed in is cut before it is delivered.
    ///   - capacity: how many bytes in all the test takes; raise it to let waiting ones through.
    public init(
        on reactor: Reactor, chunking: Chunking = .whole, capacity: Int = .max,
        localAddress: TransportAddress = .other("memory"),
        peerAddress: TransportAddress = .other("the test")
    ) {
        self.reactor = reactor
        self.chunking = chunking
        self.capacity = capacity
        self.localAddress = localAddress
        self.peerAddress = peerAddress
        outbox = MemoryOutbox(limits: reactor.limits.write)
    }

    func connect(with peer: MemoryTransport) { other = Peer(peer) }

    /// Begins the connection; `connectionMade` is called at once.
    public func start(_ handler: any StreamProtocol) {
        self.handler = handler
        state.insert(.started)
        // Without interest no descriptor is looked at: this only counts the connection.
        do { token = try reactor.register(-1, [], self) } catch { return end(.system(error)) }
        call { try $0.connectionMade(on: self) }
        postDelivery()
    }

    public var label: String { handler.map { String(describing: type(of: $0)) } ?? "memory" }
    public func ready(_ readiness: Readiness, _ token: Token) {}
    public func reactorStopped() { abort() }

    // MARK: The test's side

    /// Bytes arrive: delivered at once, or later where reading is paused or a callback runs.
    public func feed(_ bytes: [UInt8]) {
        if !state.isDisjoint(with: [.ended, .inputOver]) { return }
        inbox += bytes
        if state.contains(.calling) { return postDelivery() }
        while canDeliver { deliver() }
    }

    /// Text arrives, as UTF-8.
    public func feed(_ text: String) { feed(Array(text.utf8)) }

    /// The other side will send nothing more; told when all before is delivered.
    public func endInput() {
        state.insert(.inputOver)
        if state.contains(.calling) { postDelivery() } else { deliverEnd() }
    }

    /// The connection ends for a reason of the outside: a reset, a hang-up.
    public func end(from outside: Disconnect) { end(outside) }

    /// Takes what was written so far.
    public func takeWritten() -> [UInt8] {
        let taken = written
        written = []
        roomChanged()
        return taken
    }

    /// The same as text.
    public func takeWrittenText() -> String { String(decoding: takeWritten(), as: UTF8.self) }

    // MARK: Delivery

    private var canDeliver: Bool {
        state.contains(.started) && !inbox.isEmpty
            && state.isDisjoint(with: [.paused, .closing, .ended, .readEnded])
    }

    private func deliver() {
        let size = chunking.next(of: inbox.count)
        let chunk = Array(inbox.prefix(size))
        inbox.removeFirst(size)
        call { try $0.received(chunk.span, on: self) }
        other.roomChanged()
        deliverEnd()
    }

    private func deliverEnd() {
        guard state.contains(.inputOver), inbox.isEmpty, state.contains(.started),
            state.isDisjoint(with: [.paused, .closing, .ended, .readEnded])
        else { return }
        state.insert(.readEnded)
        if state.contains(.writeEnded) { return end(.closedByPeer) }
        call { try $0.readEnded(on: self) }
    }

    /// Delivers what waits, a chunk in each turn: the others have their turn too.
    private func postDelivery() {
        let hasEnd = state.contains(.inputOver) && !state.contains(.readEnded)
        if inbox.isEmpty && !hasEnd { return }
        if !state.isDisjoint(with: [.deliveryPosted, .paused, .ended]) { return }
        state.insert(.deliveryPosted)
        reactor.later { [self] in
            state.remove(.deliveryPosted)
            if canDeliver { deliver() } else { deliverEnd() }
            postDelivery()
        }
    }

    /// A callback of the protocol; one that throws ends the connection.
    private func call(_ body: (any StreamProtocol) throws -> Void) {
        guard let handler else { return }
        state.insert(.calling)
        defer { state.remove(.calling) }
        do { try body(handler) } catch { abort(Disconnect(thrown: error)) }
    }

    public func pauseReading() { state.insert(.paused) }

    public func resumeReading() {
        guard state.contains(.paused) else { return }
        state.remove(.paused)
        postDelivery()
    }

    // MARK: Writing

    public var queuedBytes: Int { outbox.count }
    public var isWriteBlocked: Bool { state.contains(.blocked) }

    public func write(_ bytes: Span<UInt8>) { write(shared: [UInt8](copying: bytes)) }

    public func write(shared bytes: [UInt8]) {
        guard state.contains(.started), !bytes.isEmpty,
            state.isDisjoint(with: [.ended, .closing, .closingWrite, .writeEnded])
        else { return }
        if other.isGone { return end(.closedByPeer) }
        if !outbox.append(bytes, room: room) {
            return end(.limitReached("write queue of \(outbox.limits.maximum) bytes"))
        }
        flush()
        updateMarks()
    }

    /// What the other side takes now.
    private var room: Int { other.room ?? max(capacity - written.count, 0) }

    private func flush() {
        if other.isGone { return end(.closedByPeer) }
        while !outbox.isEmpty, room > 0 {
            let bytes = outbox.take(atMost: room)
            if other.room == nil { written += bytes } else { other.send(bytes) }
        }
        if outbox.isEmpty { drained() }
    }

    private func drained() {
        if state.contains(.closing) { return end(closeReason) }
        if state.contains(.closingWrite) { finishWriting() }
    }

    private func updateMarks() {
        if state.contains(.ended) { return }
        let isBlocked = state.contains(.blocked)
        if !isBlocked, outbox.count >= outbox.limits.highWater, !outbox.isEmpty {
            state.insert(.blocked)
            postNotice()
        } else if isBlocked, outbox.count <= outbox.limits.lowWater {
            state.remove(.blocked)
            postNotice()
        }
    }

    private func postNotice() {
        if state.contains(.noticePosted) { return }
        state.insert(.noticePosted)
        reactor.later { [self] in
            state.remove(.noticePosted)
            let blocked = state.contains(.blocked)
            if state.contains(.ended) || blocked == state.contains(.blockedTold) { return }
            state.formSymmetricDifference(.blockedTold)
            if blocked {
                call { $0.writeBlocked(on: self) }
            } else {
                call { $0.writeReady(on: self) }
            }
        }
    }

    // MARK: The end

    private var closeReason: Disconnect {
        state.contains(.readEnded) ? .closedByPeer : .closedByUs
    }

    public func close() {
        guard state.isDisjoint(with: [.ended, .closing]) else { return }
        if outbox.isEmpty { return end(closeReason) }
        state.insert(.closing)
        let limit = reactor.limits.closeTimeout
        closeTimer = reactor.after(limit) { [weak self] in
            self?.end(.timedOut("closing within \(limit)"))
        }
    }

    public func closeWrite() {
        guard state.isDisjoint(with: [.ended, .closing, .closingWrite, .writeEnded]) else { return }
        state.insert(.closingWrite)
        if outbox.isEmpty { finishWriting() }
    }

    private func finishWriting() {
        state.remove(.closingWrite)
        state.insert(.writeEnded)
        if state.contains(.readEnded) { return end(.closedByPeer) }
        other.sendEnd()
    }

    public func abort() { abort(.closedByUs) }

    public func abort(_ reason: Disconnect) {
        if state.contains(.ended) { return }
        other.sendReset()
        end(reason)
    }

    private func end(_ reason: Disconnect) {
        if state.contains(.ended) { return }
        state.insert(.ended)
        endReason = reason
        inbox = []
        outbox.removeAll()
        closeTimer?.cancel()
        closeTimer = nil
        reactor.unregister(token)
        other.sendEnd()
        other.roomChanged()
        other = Nobody(isGone: true)
        guard let handler, state.contains(.started) else { return }
        reactor.later { [self] in
            self.handler = nil
            handler.connectionLost(reason, on: self)
        }
    }

    // MARK: What the other transport of a pair does

    /// Whether it has ended.
    fileprivate var hasEnded: Bool { state.contains(.ended) }
    /// How many bytes it takes now.
    fileprivate var inboxRoom: Int { max(capacity - inbox.count, 0) }

    fileprivate func arrive(_ bytes: [UInt8]) {
        if state.contains(.ended) { return }
        inbox += bytes
        postDelivery()
    }

    fileprivate func arriveEnd() {
        if state.contains(.ended) { return }
        state.insert(.inputOver)
        postDelivery()
    }

    fileprivate func arriveReset() { end(.system(SystemError(ECONNRESET, "read"))) }

    /// The other side can take more than before.
    func roomChanged() {
        if outbox.isEmpty || state.contains(.ended) { return }
        flush()
        updateMarks()
    }
}

/// What a memory transport sends to.
private protocol MemoryPeer {
    /// Bytes that it takes now; nil where the test is the other side.
    var room: Int? { get }
    var isGone: Bool { get }
    func send(_ bytes: [UInt8])
    func sendEnd()
    func sendReset()
    func roomChanged()
}

/// No other transport: the test, or nothing any more.
private struct Nobody: MemoryPeer {
    var isGone = false
    var room: Int? { nil }
    func send(_ bytes: [UInt8]) {}
    func sendEnd() {}
    func sendReset() {}
    func roomChanged() {}
}

/// The other transport of a pair.
private struct Peer: MemoryPeer {
    private weak var transport: MemoryTransport?

    init(_ transport: MemoryTransport) { self.transport = transport }

    var room: Int? { transport?.inboxRoom ?? 0 }
    var isGone: Bool { transport?.hasEnded ?? true }
    func send(_ bytes: [UInt8]) { transport?.arrive(bytes) }
    func sendEnd() { transport?.arriveEnd() }
    func sendReset() { transport?.arriveReset() }

    /// Later: the other side is told outside of any callback of ours.
    func roomChanged() {
        guard let transport, transport.queuedBytes > 0 else { return }
        transport.reactor.later { [weak transport] in transport?.roomChanged() }
    }
}
