// What a connection's two sides share: tasks anywhere on one side, the reactor's callbacks on the
// other (ConnectionEdge). Bytes pass through here under one short lock, so that a read that finds
// bytes and a write that finds room cost no hop between threads. Both directions are bounded: a
// full buffer pauses the reading of the transport, a full queue makes writers wait. It must never
// call the transport, nor anything that could call back, while it holds the lock.
import FairleadWire
import Synchronization

/// What the tasks and the reactor's side of one connection share.
final class Exchange: Sendable {
    /// A task that waits for bytes, and how many it takes at most.
    struct Reader {
        let answer: Answer<[UInt8]?>
        let maximum: Int
    }

    /// A task that waits until all of its bytes are queued.
    struct Writer {
        let answer: Answer<Void>
        var bytes: ArraySlice<UInt8>
    }

    /// How our side of the connection is to end.
    enum Ending: Int, Comparable {
        case none
        case closeWrite
        case close
        case abort

        static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }
    }

    struct State {
        // Received bytes, in order; those before `consumed` are taken.
        var buffer: [UInt8] = []
        var consumed = 0
        var readers: [Reader] = []
        var wantsPause = false
        /// Set when nothing more is received: nil inside for the ordinary end.
        var inputEnd: Disconnect??

        // Bytes for the transport, and how many it has queued itself as far as known.
        var outbox: [[UInt8]] = []
        var outboxBytes = 0
        var queuedBytes = 0
        var writers: [Writer] = []
        var ending = Ending.none

        /// Whether the reactor's side has been asked to look and has not looked yet.
        var isCalled = false
        var end: Disconnect?
        var watchers: [Answer<Disconnect>] = []
    }

    let localAddress: TransportAddress
    let peerAddress: TransportAddress
    private let state = Mutex(State())
    private let mailbox: Mailbox
    /// Received bytes beyond which reading pauses.
    private let readLimit: Int
    /// Queued bytes that are never exceeded.
    private let writeLimit: Int

    init(_ transport: any Transport, readLimit: Int) {
        mailbox = transport.reactor.mailbox
        localAddress = transport.localAddress
        peerAddress = transport.peerAddress
        self.readLimit = max(readLimit, 1)
        writeLimit = max(transport.writeLimits.highWater, 1)
    }

    /// Has the reactor's side look at what is to be done: at once when this is its thread.
    private func callEdge() {
        if let reactor = mailbox.reactorHere {
            reactor.underway.look(self)
        } else {
            mailbox.post { $0.underway.look(self) }
        }
    }

    // MARK: Reading, the tasks' side

    /// Bytes that are here, an end, or what to wait for.
    func read(upTo maximum: Int) -> Reading {
        let (reading, calls) = state.withLock { state -> (Reading, Bool) in
            if !state.hasBytes, let end = state.inputEnd {
                return (end.map(Reading.failed) ?? .ended, false)
            }
            // Those who came before are served first.
            if !state.hasBytes || !state.readers.isEmpty {
                let reader = Reader(answer: Answer(), maximum: maximum)
                state.readers.append(reader)
                return (.wait(reader.answer), false)
            }
            let bytes = state.take(upTo: maximum)
            return (.bytes(bytes), state.mayResume(readLimit))
        }
        if calls { callEdge() }
        return reading
    }

    enum Reading {
        case bytes([UInt8])
        case ended
        case failed(Disconnect)
        case wait(Answer<[UInt8]?>)
    }

    // MARK: Reading, the reactor's side

    /// Takes received bytes; tells whether reading should pause.
    func deliver(_ bytes: Span<UInt8>) -> Bool {
        state.withLock { state in
            if state.inputEnd != nil { return false }
            state.compact()
            state.buffer.append(copying: bytes)
            state.serveReaders()
            state.wantsPause = state.buffered >= readLimit
            return state.wantsPause
        }
    }

    /// Nothing more is received; what is buffered can still be read.
    func endInput(_ reason: Disconnect?) {
        state.withLock { $0.endInput(reason) }
    }

    // MARK: Writing, the tasks' side

    /// Queues the bytes as far as there is room; gives what to wait for when not all found room.
    func write(_ bytes: [UInt8]) throws -> Answer<Void>? {
        let (result, calls) = state.withLock { state -> (Result<Answer<Void>?, any Error>, Bool) in
            if let end = state.end { return (.failure(end), false) }
            if state.ending > .none { return (.failure(Disconnect.closedByUs), false) }
            if state.writers.isEmpty, bytes.count <= state.room(writeLimit) {
                state.queue(bytes)
                return (.success(nil), state.call())
            }
            let writer = Writer(answer: Answer(), bytes: bytes[...])
            state.writers.append(writer)
            state.feed(writeLimit)
            return (.success(writer.answer), state.call())
        }
        if calls { callEdge() }
        return try result.get()
    }

    /// Ends our side; a stronger ending overrides a weaker one.
    func finish(_ ending: Ending) {
        let calls = state.withLock { state in
            if state.end != nil || ending <= state.ending { return false }
            state.ending = ending
            state.failWriters(.closedByUs)
            if ending >= .close {
                state.buffer = []
                state.consumed = 0
                state.endInput(.closedByUs)
            }
            if ending == .abort { state.dropOutbox() }
            return state.call()
        }
        if calls { callEdge() }
    }

    // MARK: Writing, the reactor's side

    /// What the tasks have left to be done.
    struct Orders {
        var chunks: [[UInt8]]
        var ending: Ending
        var wantsPause: Bool
    }

    func takeOrders() -> Orders {
        state.withLock { state in
            state.isCalled = false
            let orders = Orders(
                chunks: state.outbox, ending: state.ending, wantsPause: state.wantsPause)
            // Until the transport has said how much it took, all of it counts as queued.
            state.queuedBytes += state.outboxBytes
            state.dropOutbox()
            return orders
        }
    }

    /// Notes how many bytes the transport has queued; tells whether that made room for more.
    func noteQueued(_ count: Int) -> Bool {
        state.withLock { state in
            state.queuedBytes = count
            state.feed(writeLimit)
            return state.outboxBytes > 0
        }
    }

    /// The connection is over.
    func end(_ reason: Disconnect) {
        let watchers = state.withLock { state in
            state.end = reason
            state.endInput(reason == .closedByPeer ? nil : reason)
            state.failWriters(reason)
            state.dropOutbox()
            state.queuedBytes = 0
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.give(reason) }
    }

    // MARK: Watching

    /// Why the connection is over, nil while it is not.
    var end: Disconnect? { state.withLock { $0.end } }
    /// Bytes that wait to be sent, as far as known.
    var queuedBytes: Int { state.withLock { $0.outboxBytes + $0.queuedBytes } }
    /// Received bytes that wait to be read.
    var bufferedBytes: Int { state.withLock { $0.buffered } }

    /// The answer that comes with the end.
    func watchEnd() -> Answer<Disconnect> {
        let answer = Answer<Disconnect>()
        state.withLock { state in
            if let end = state.end {
                answer.give(end)
            } else {
                state.watchers.append(answer)
            }
        }
        return answer
    }
}

extension Exchange.State {
    var buffered: Int { buffer.count - consumed }
    var hasBytes: Bool { buffered > 0 }

    /// Takes at most `maximum` bytes off the buffer; all of them without copying.
    mutating func take(upTo maximum: Int) -> [UInt8] {
        if consumed == 0, buffer.count <= maximum {
            defer { buffer = [] }
            return buffer
        }
        let count = min(max(maximum, 1), buffered)
        let bytes = Array(buffer[consumed..<consumed + count])
        consumed += count
        compact()
        return bytes
    }

    /// Forgets the bytes that are taken, once they are the greater part.
    mutating func compact() {
        if consumed == buffer.count {
            buffer.removeAll(keepingCapacity: false)
            consumed = 0
        } else if consumed > buffer.count / 2 {
            buffer.removeFirst(consumed)
            consumed = 0
        }
    }

    mutating func serveReaders() {
        while hasBytes, let reader = readers.first {
            // A reader that has been cancelled takes nothing.
            reader.answer.give { .success(take(upTo: reader.maximum)) }
            readers.removeFirst()
        }
    }

    /// Whether reading was paused and there is room again.
    mutating func mayResume(_ limit: Int) -> Bool {
        guard wantsPause, buffered <= limit / 2 else { return false }
        wantsPause = false
        return call()
    }

    mutating func endInput(_ reason: Disconnect?) {
        if inputEnd == nil { inputEnd = .some(reason) }
        // Who still waits found the buffer empty.
        for reader in readers {
            reader.answer.give { reason.map { .failure($0) } ?? .success(nil) }
        }
        readers = []
    }

    func room(_ limit: Int) -> Int { max(limit - outboxBytes - queuedBytes, 0) }

    mutating func queue(_ bytes: [UInt8]) {
        outboxBytes += bytes.count
        // Small writes go out together.
        if let last = outbox.indices.last, outbox[last].count + bytes.count <= 4096 {
            outbox[last] += bytes
        } else {
            outbox.append(bytes)
        }
    }

    /// Lets waiting writers have what room there is, in order.
    mutating func feed(_ limit: Int) {
        while let writer = writers.first {
            let room = room(limit)
            if writer.answer.isGiven {
                writers.removeFirst()
            } else if writer.bytes.count <= room {
                queue(Array(writer.bytes))
                writer.answer.give(())
                writers.removeFirst()
            } else {
                if room == 0 { return }
                queue(Array(writer.bytes.prefix(room)))
                writers[0].bytes = writer.bytes.dropFirst(room)
                return
            }
        }
    }

    mutating func failWriters(_ reason: Disconnect) {
        for writer in writers { writer.answer.fail(reason) }
        writers = []
    }

    mutating func dropOutbox() {
        outbox = []
        outboxBytes = 0
    }

    /// Whether the reactor's side must be called: once until it looks.
    mutating func call() -> Bool {
        defer { isCalled = true }
        return !isCalled
    }
}
