// The read and write loop that all stream transports share: sockets, serial lines, pipes,
// pseudo-terminals. Input and output may be one descriptor or two. What differs between media
// (what an end of input means, how writing alone is shut down) is overridden by each medium;
// the data path is not. It must never know a protocol, nor call one while another call to the
// same connection is under way: ends and notices are postponed to the end of the turn.
//
// Level-triggered and frugal: one read per readiness unless the buffer came back full, and a
// write is tried at once, so that an echo costs the two system calls that it must cost.
import FairleadWire
import Glibc

/// A connection over one or two descriptors.
class DescriptorStream: Transport, DescriptorObserver {
    struct State: OptionSet {
        let rawValue: UInt16
        static let started = State(rawValue: 1)
        static let paused = State(rawValue: 2)
        static let readEnded = State(rawValue: 4)
        static let closing = State(rawValue: 8)
        static let closingWrite = State(rawValue: 16)
        static let writeEnded = State(rawValue: 32)
        static let ended = State(rawValue: 64)
        static let blocked = State(rawValue: 128)
        static let blockedTold = State(rawValue: 256)
        static let noticePosted = State(rawValue: 512)
    }

    let reactor: Reactor
    private(set) var input: Int32
    private(set) var output: Int32
    private var inputToken = Token.none
    private var outputToken = Token.none
    private(set) var state: State = []
    private var handler: (any StreamProtocol)?
    private var queue: WriteQueue?
    private var closeTimer: Timer?

    /// Takes the descriptors over; `start` begins the connection.
    init(_ reactor: Reactor, input: Int32, output: Int32) {
        self.reactor = reactor
        self.input = input
        self.output = output
    }

    // MARK: What a medium overrides

    var localAddress: TransportAddress { .descriptor(input) }
    var peerAddress: TransportAddress { .descriptor(output) }
    /// What the end of input means: nil for "the peer sends no more", else the connection's end.
    var endOfInput: Disconnect? { nil }
    /// The reason of an end by a failed call.
    func reason(of error: SystemError) -> Disconnect { .system(error) }
    /// One read into the reactor's buffer.
    func fillBuffer() -> SystemResult {
        reactor.readBuffer.fill(from: input, by: reactor.kernel)
    }
    /// Tells the peer that nothing more comes; all is written.
    func shutDownWriting() {
        if output != input { closeOutput() }
    }
    /// Makes the closing abrupt, where the medium knows a way.
    func prepareAbort() {}
    /// The last act before the descriptors are closed.
    func willClose() {}
    /// After the descriptors are closed and before the protocol hears of it.
    func didClose() {}

    // MARK: Start

    /// Begins the connection with `handler`; from now on there will be exactly one end.
    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        state.insert(.started)
        do {
            inputToken = try reactor.register(input, .readable, self)
            outputToken =
                input == output ? inputToken : try reactor.register(output, [], self)
        } catch {
            // The protocol hears of beginning and end all the same: others may count on both.
            end(.system(error))
        }
        protect { try handler.connectionMade(on: self) }
    }

    /// Another protocol takes the connection over, as after a negotiation.
    func replaceProtocol(_ handler: any StreamProtocol) { self.handler = handler }

    var label: String { handler.map { String(describing: type(of: $0)) } ?? "a stream" }

    // MARK: Readiness

    final func ready(_ readiness: Readiness, _ token: Token) {
        let troubled = !readiness.isDisjoint(with: [.hangUp, .error])
        if token == outputToken, readiness.contains(.writable) || troubled, hasQueue { flush() }
        if state.contains(.ended) { return }
        if token == inputToken {
            if state.isDisjoint(with: [.paused, .readEnded, .closing]) {
                // Room to write alone is no reason to read.
                if readiness.contains(.readable) || troubled { readAvailable() }
            } else if troubled {
                troubleWhileNotReading()
            }
        } else if troubled, !hasQueue {
            end(.closedByPeer)
        }
    }

    private func readAvailable() {
        let buffer = reactor.readBuffer
        for _ in 0..<reactor.limits.readsInARow {
            let result = fillBuffer()
            let count = result.rawValue
            if count > 0 {
                buffer.lend(count) { bytes in
                    do { try handler?.received(bytes, on: self) } catch { failed(error) }
                }
                if count < buffer.capacity { return }
                if !state.isDisjoint(with: [.paused, .closing, .ended]) { return }
            } else if count == 0 {
                return inputEnded()
            } else {
                if !result.wouldBlock { end(reason(of: SystemError(result.code, "read"))) }
                return
            }
        }
    }

    private func inputEnded() {
        if let reason = endOfInput { return end(reason) }
        state.insert(.readEnded)
        updateInterest()
        if state.contains(.writeEnded) { return end(.closedByPeer) }
        protect { try handler?.readEnded(on: self) }
    }

    /// The line is gone in both directions and nobody reads: stop watching, or it would be
    /// reported for ever.
    private func troubleWhileNotReading() {
        if state.contains(.readEnded) || state.contains(.closing) {
            end(state.contains(.readEnded) ? .closedByPeer : .closedByUs)
        } else {
            // Paused: what has arrived must not be lost. Reading resumes with the watch.
            setInterest([], of: inputToken)
        }
    }

    // MARK: Writing

    var hasQueue: Bool {
        guard let queue else { return false }
        return !queue.isEmpty
    }

    final func write(_ bytes: Span<UInt8>) {
        guard canWrite, bytes.count > 0 else { return }
        var sent = 0
        if !hasQueue {
            guard let count = writeNow(bytes) else { return }
            if count == bytes.count { return }
            sent = count
        }
        let rest = bytes.extracting(droppingFirst: sent)
        enqueued(openQueue().append(copying: rest, isRest: sent > 0), isRest: sent > 0)
    }

    final func write(shared bytes: [UInt8]) {
        guard canWrite, !bytes.isEmpty else { return }
        var sent = 0
        if !hasQueue {
            guard let count = writeNow(bytes.span) else { return }
            if count == bytes.count { return }
            sent = count
        }
        enqueued(openQueue().append(shared: bytes, skipping: sent), isRest: sent > 0)
    }

    private var canWrite: Bool {
        state.isDisjoint(with: [.ended, .closing, .closingWrite, .writeEnded])
            && state.contains(.started)
    }

    /// What the kernel takes at once; nil when the connection has ended over it.
    @inline(__always)
    private func writeNow(_ bytes: Span<UInt8>) -> Int? {
        while true {
            let result = reactor.kernel.write(output, bytes)
            if result.isSuccess { return result.rawValue }
            if result.wouldBlock { return 0 }
            if result.wasInterrupted { continue }
            writeFailed(result)
            return nil
        }
    }

    private func writeFailed(_ result: SystemResult) {
        let error = SystemError(result.code, "write")
        end(result.code == EPIPE ? .closedByPeer : reason(of: error))
    }

    private func openQueue() -> WriteQueue {
        if let queue { return queue }
        let queue = WriteQueue(limits: reactor.limits.write)
        self.queue = queue
        return queue
    }

    private func enqueued(_ outcome: WriteQueue.Outcome, isRest: Bool) {
        guard let queue else { return }
        // Half of a write is worse than none: where its rest is dropped, the stream is over.
        if outcome == .overLimit || (outcome == .dropped && isRest) {
            return end(.limitReached("write queue of \(queue.limits.maximum) bytes"))
        }
        updateInterest()
        if queue.count >= queue.limits.highWater, !state.contains(.blocked) {
            state.insert(.blocked)
            postNotice()
        }
    }

    private func flush() {
        guard let queue else { return }
        while !queue.isEmpty {
            let (chunks, skip) = queue.waiting
            let result = reactor.kernel.write(output, gathering: chunks, skipping: skip)
            if result.isSuccess {
                queue.advance(by: result.rawValue)
            } else if result.wouldBlock {
                break
            } else if !result.wasInterrupted {
                return writeFailed(result)
            }
        }
        drained(queue)
    }

    private func drained(_ queue: WriteQueue) {
        if queue.count <= queue.limits.lowWater, state.contains(.blocked) {
            state.remove(.blocked)
            postNotice()
        }
        guard queue.isEmpty else { return }
        if state.contains(.closing) { return end(closeReason) }
        if state.contains(.closingWrite) { finishWriting() }
        updateInterest()
    }

    /// Tells the protocol of the queue's state when the present callback has returned, and only
    /// if it still is another than what was told last.
    private func postNotice() {
        if state.contains(.noticePosted) { return }
        state.insert(.noticePosted)
        reactor.later { [self] in
            state.remove(.noticePosted)
            let blocked = state.contains(.blocked)
            if state.contains(.ended) || blocked == state.contains(.blockedTold) { return }
            if blocked {
                state.insert(.blockedTold)
                handler?.writeBlocked(on: self)
            } else {
                state.remove(.blockedTold)
                handler?.writeReady(on: self)
            }
        }
    }

    final var queuedBytes: Int { queue?.count ?? 0 }
    final var isWriteBlocked: Bool { state.contains(.blocked) }
    final var writeLimits: WriteLimits {
        get { queue?.limits ?? reactor.limits.write }
        set { openQueue().limits = newValue }
    }

    // MARK: Flow control of reading

    final func pauseReading() {
        state.insert(.paused)
        updateInterest()
    }

    final func resumeReading() {
        guard state.contains(.paused) else { return }
        state.remove(.paused)
        updateInterest()
    }

    private func updateInterest() {
        if state.contains(.ended) { return }
        let reads = state.isDisjoint(with: [.paused, .readEnded, .closing])
        let wantsInput: Interest = reads ? .readable : []
        let wantsOutput: Interest = hasQueue ? .writable : []
        if input == output {
            setInterest(wantsInput.union(wantsOutput), of: inputToken)
        } else {
            setInterest(wantsInput, of: inputToken)
            setInterest(wantsOutput, of: outputToken)
        }
    }

    private func setInterest(_ interest: Interest, of token: Token) {
        do { try reactor.setInterest(interest, of: token) } catch { end(.system(error)) }
    }

    // MARK: The end

    private var closeReason: Disconnect {
        state.contains(.readEnded) ? .closedByPeer : .closedByUs
    }

    final func close() {
        guard state.isDisjoint(with: [.ended, .closing]) else { return }
        if !hasQueue { return end(closeReason) }
        state.insert(.closing)
        updateInterest()
        let limit = reactor.limits.closeTimeout
        closeTimer = reactor.after(limit) { [weak self] in
            self?.end(.timedOut("closing within \(limit)"))
        }
    }

    final func closeWrite() {
        guard state.isDisjoint(with: [.ended, .closing, .closingWrite, .writeEnded]) else { return }
        state.insert(.closingWrite)
        if !hasQueue { finishWriting() }
    }

    private func finishWriting() {
        state.remove(.closingWrite)
        state.insert(.writeEnded)
        if state.contains(.readEnded) { return end(.closedByPeer) }
        shutDownWriting()
    }

    final func abort() { abort(.closedByUs) }

    final func abort(_ reason: Disconnect) {
        if state.contains(.ended) { return }
        prepareAbort()
        end(reason)
    }

    func reactorStopped() { abort() }

    /// A callback threw: that one connection ends.
    private func failed(_ error: any Error) { abort(Disconnect(thrown: error)) }

    private func protect(_ call: () throws -> Void) {
        do { try call() } catch { failed(error) }
    }

    /// The one way out: everything is given back, and the protocol is told once.
    final func end(_ reason: Disconnect) {
        if state.contains(.ended) { return }
        state.insert(.ended)
        queue?.removeAll()
        closeTimer?.cancel()
        closeTimer = nil
        willClose()
        reactor.unregister(inputToken)
        closeOutput()
        if input >= 0 { reactor.kernel.close(input) }
        input = -1
        didClose()
        guard let handler, state.contains(.started) else { return }
        reactor.later { [self] in
            self.handler = nil
            handler.connectionLost(reason, on: self)
        }
    }

    /// Closes the output when it is a descriptor of its own.
    private func closeOutput() {
        if output != input, output >= 0 {
            reactor.unregister(outputToken)
            reactor.kernel.close(output)
        }
        output = -1
    }
}
