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
        /// Writing has failed; what had arrived before that is still delivered.
        static let writeFailed = State(rawValue: 1024)
        /// Closed by `close`, all written: nothing must get lost on its last way.
        static let orderly = State(rawValue: 2048)

        static let notReading: State = [.paused, .readEnded, .closing, .ended]
        static let notWriting: State = [.ended, .closing, .closingWrite, .writeEnded, .writeFailed]
    }

    let reactor: Reactor
    private(set) var input: Int32
    private(set) var output: Int32
    private var inputToken = Token.none
    private var outputToken = Token.none
    private(set) var state: State = []
    /// The error number that writing failed with.
    private var writeError: Int32 = 0
    private var closeTimer: Timer?
    private(set) var handler: (any StreamProtocol)?
    private var queue: WriteQueue?

    /// Takes the descriptors over; `start` begins the connection. Without output (-1) nothing can
    /// be written from the start.
    init(_ reactor: Reactor, input: Int32, output: Int32) {
        self.reactor = reactor
        self.input = input
        self.output = output
        if output < 0 { state.insert(.writeEnded) }
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
    /// Closes the input's descriptor, which this connection no longer watches.
    ///
    /// - Parameter orderly: we closed, all is written, and the peer has not ended its side.
    func closeInput(_ descriptor: Int32, orderly: Bool) { reactor.kernel.close(descriptor) }
    /// The last act before the descriptors are closed.
    func willClose() {}
    /// After the descriptors are closed and before the protocol hears of it.
    func didClose() {}
    /// Everything queued is written and the connection closes; a medium that buffers may take time.
    func finishClosing(_ reason: Disconnect) { end(reason) }
    /// Calls `tell` when the end may be announced: when this turn ends, unless there is more to it.
    func announceEnd(_ reason: Disconnect, _ tell: @escaping (Disconnect) -> Void) {
        reactor.later { tell(reason) }
    }

    // MARK: Start

    /// Begins the connection with `handler`; from now on there will be exactly one end.
    ///
    /// A connection that has ended already, for example by its factory, does not begin.
    func start(_ handler: any StreamProtocol) {
        if state.contains(.ended) { return }
        self.handler = handler
        state.insert(.started)
        var failure: SystemError?
        do {
            inputToken = try reactor.register(input, .readable, self)
            outputToken =
                input == output || output < 0
                ? inputToken : try reactor.register(output, [], self)
        } catch {
            failure = error
        }
        protect { try handler.connectionMade(on: self) }
        // Every end has a beginning: the protocol hears of both.
        if let failure { end(.system(failure)) }
    }

    /// Another protocol takes the connection over, as after a negotiation.
    func replaceProtocol(_ handler: any StreamProtocol) {
        if self.handler != nil { self.handler = handler }
    }

    var label: String { handler.map { String(describing: type(of: $0)) } ?? "a stream" }

    // MARK: Readiness

    final func ready(_ readiness: Readiness, _ token: Token) {
        if readiness == .readable, state.isDisjoint(with: .notReading) { return readAvailable() }
        let troubled = !readiness.isDisjoint(with: [.hangUp, .error])
        if token == outputToken, readiness.contains(.writable) || troubled, hasQueue { flush() }
        if state.contains(.ended) { return }
        if token == inputToken {
            if state.isDisjoint(with: .notReading) {
                // Room to write alone is no reason to read.
                if readiness.contains(.readable) || troubled { readAvailable() }
            } else if troubled {
                troubleWhileNotReading()
            } else {
                updateInterest()
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
                if !state.isDisjoint(with: .notReading) { return }
            } else {
                return count == 0 ? inputEnded() : readFailed(result)
            }
        }
    }

    private func readFailed(_ result: SystemResult) {
        if !result.wouldBlock {
            end(reason(ofCode: result.code, "read"))
        } else if state.contains(.writeFailed) {
            end(reason(ofCode: writeError, "write"))
        }
    }

    private func inputEnded() {
        if state.contains(.writeFailed) { return end(reason(ofCode: writeError, "write")) }
        if let reason = endOfInput { return end(reason) }
        state.insert(.readEnded)
        updateInterest()
        if state.contains(.writeEnded) { return end(.closedByPeer) }
        protect { try handler?.readEnded(on: self) }
    }

    /// The line is gone in both directions and nobody reads: stop watching, or it would be
    /// reported for ever.
    private func troubleWhileNotReading() {
        if state.contains(.closing) {
            end(closeReason)
        } else if state.contains(.readEnded) {
            let result = fillBuffer()
            let hasFailed = !result.isSuccess && !result.wouldBlock
            end(hasFailed ? reason(ofCode: result.code, "read") : .closedByPeer)
        } else {
            // Paused: what has arrived must not be lost. Reading resumes with the watch.
            setInterest([], of: inputToken)
        }
    }

    /// A peer that has closed its end shows as EPIPE; all else is the medium's to judge.
    private func reason(ofCode code: Int32, _ call: String) -> Disconnect {
        code == EPIPE ? .closedByPeer : reason(of: SystemError(code, call))
    }

    // MARK: Writing

    var hasQueue: Bool {
        guard let queue else { return false }
        return !queue.isEmpty
    }

    final func write(_ bytes: Span<UInt8>) {
        guard canWrite, bytes.count > 0 else { return }
        var sent = 0
        if !hasQueue, mayBegin(bytes.count) {
            guard let count = writeNow(bytes) else { return }
            if count == bytes.count { return }
            sent = count
        }
        let rest = bytes.extracting(droppingFirst: sent)
        enqueued(openQueue().append(copying: rest, hasBegun: sent > 0))
    }

    final func write(shared bytes: [UInt8]) {
        guard canWrite, !bytes.isEmpty else { return }
        var sent = 0
        if !hasQueue, mayBegin(bytes.count) {
            guard let count = writeNow(bytes.span) else { return }
            if count == bytes.count { return }
            sent = count
        }
        enqueued(openQueue().append(shared: bytes, skipping: sent))
    }

    @inline(__always)
    final var canWrite: Bool {
        state.isDisjoint(with: .notWriting) && state.contains(.started)
    }

    /// Whether a write to an empty queue may be tried at once.
    ///
    /// One that cannot be queued whole is dropped whole: it must not be begun.
    @inline(__always)
    private func mayBegin(_ size: Int) -> Bool {
        let limits = queue?.limits ?? reactor.limits.write
        return size <= limits.maximum || limits.policy == .disconnect
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

    /// Nothing more can be sent. What the peer sent before is still delivered, then it is over.
    private func writeFailed(_ result: SystemResult) {
        queue?.removeAll()
        writeError = result.code
        state.insert(.writeFailed)
        if !state.isDisjoint(with: [.closing, .readEnded]) {
            return end(reason(ofCode: writeError, "write"))
        }
        // Whoever has paused reading until the queue drains must go on, or never hear of the end.
        if state.contains(.blocked) {
            state.remove(.blocked)
            postNotice()
        }
        updateInterest()
        drainInput()
    }

    /// Reads what is left, a share in each turn; the end of it is the end of the connection.
    private func drainInput() {
        reactor.later { [self] in
            guard state.isDisjoint(with: .notReading) else { return }
            readAvailable()
            if !state.contains(.ended) { drainInput() }
        }
    }

    private func openQueue() -> WriteQueue {
        if let queue { return queue }
        let queue = WriteQueue(limits: reactor.limits.write)
        self.queue = queue
        return queue
    }

    private func enqueued(_ outcome: WriteQueue.Outcome) {
        guard let queue else { return }
        if outcome == .overLimit {
            return abort(.limitReached("write queue of \(queue.limits.maximum) bytes"))
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
            // No reference to the chunks may outlive the call, or to advance would copy them.
            let result = reactor.kernel.write(
                output, gathering: queue.waiting, skipping: queue.sent)
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
        if state.contains(.closing) { return endOrderly() }
        if state.contains(.closingWrite) { finishWriting() }
        updateInterest()
    }

    /// Tells the protocol of the queue's marks when the present callback has returned.
    ///
    /// The two calls always come in turns, also when the queue has drained meanwhile: a producer
    /// that saw `isWriteBlocked` waits for `writeReady`.
    private func postNotice() {
        if state.contains(.noticePosted) { return }
        state.insert(.noticePosted)
        reactor.later { [self] in
            state.remove(.noticePosted)
            if !state.contains(.ended), !state.contains(.blockedTold) {
                state.insert(.blockedTold)
                handler?.writeBlocked(on: self)
            }
            if state.isDisjoint(with: [.ended, .blocked]) {
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
        // The watch goes on until something arrives: a pause of a quiet connection is free.
        state.insert(.paused)
    }

    final func resumeReading() {
        guard state.contains(.paused) else { return }
        state.remove(.paused)
        updateInterest()
        if state.contains(.writeFailed) { drainInput() }
    }

    func updateInterest() {
        if state.contains(.ended) { return }
        let reads = state.isDisjoint(with: .notReading)
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
        state.insert(.closing)
        if !hasQueue { return endOrderly() }
        updateInterest()
        let limit = reactor.limits.closeTimeout
        closeTimer = reactor.after(limit) { [weak self] in
            self?.abort(.timedOut("closing within \(limit)"))
        }
    }

    private func endOrderly() {
        if state.isDisjoint(with: [.readEnded, .writeFailed]) { state.insert(.orderly) }
        finishClosing(closeReason)
    }

    final func closeWrite() {
        guard canWrite else { return }
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

    /// The system still sends what it has taken; what is queued here is dropped.
    func reactorStopped() { end(closeReason) }

    final var hasEnded: Bool { state.contains(.ended) }

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
        if input >= 0 { closeInput(input, orderly: state.contains(.orderly)) }
        input = -1
        didClose()
        guard handler != nil else { return }
        announceEnd(reason) { [self] reason in
            guard let handler else { return }
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
