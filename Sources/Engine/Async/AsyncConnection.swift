// A connection as tasks see it: an `AsyncSequence` of received bytes and a `write` that waits
// while the peer does not take them. Usable from every task and actor, and nowhere does it hop
// to the reactor's thread for bytes or room that are here already. Cancelling a task that awaits
// a verb closes the connection: half a message is worth nothing. A connection that nobody holds
// any more is closed, so that an early return leaks none.

/// A stream connection for tasks and actors anywhere.
public final class AsyncConnection: AsyncSequence, Sendable {
    /// Received bytes, as many as were found together.
    public typealias Element = [UInt8]

    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    deinit { exchange.finish(.close) }

    /// Our end, for people and logs.
    public var localAddress: TransportAddress { exchange.localAddress }
    /// The other end, for people and logs.
    public var peerAddress: TransportAddress { exchange.peerAddress }
    /// Why the connection is over; nil while it is not.
    public var end: Disconnect? { exchange.end }
    /// Bytes that wait to be sent; never more than the high-water mark of the reactor's limits.
    public var queuedBytes: Int { exchange.queuedBytes }
    /// Received bytes that wait to be read.
    public var bufferedBytes: Int { exchange.bufferedBytes }

    // MARK: Reading

    /// Waits for bytes and gives those that have arrived, or nil when the peer has sent its last.
    ///
    /// - Parameter maximum: no more than these; the rest is for the next call.
    /// - Throws: `Disconnect` when the connection has ended in any other way; `CancellationError`,
    ///   which closes the connection.
    nonisolated(nonsending) public func read(upTo maximum: Int = .max) async throws -> [UInt8]? {
        if Task.isCancelled { throw cancelled(.close) }
        switch exchange.read(upTo: maximum) {
        case .bytes(let bytes): return bytes
        case .ended: return nil
        case .failed(let reason): throw reason
        case .wait(let answer):
            return try await answer.value { [exchange] in exchange.finish(.close) }
        }
    }

    /// Waits for exactly `count` bytes.
    ///
    /// - Throws: `Disconnect.closedByPeer` when the peer sends its last before that; all as `read`.
    nonisolated(nonsending) public func read(exactly count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard let more = try await read(upTo: count - bytes.count) else {
                throw Disconnect.closedByPeer
            }
            bytes += more
        }
        return bytes
    }

    public func makeAsyncIterator() -> Iterator { Iterator(connection: self) }

    /// The received bytes in the chunks in which they are found; ends as `read` does.
    public struct Iterator: AsyncIteratorProtocol {
        let connection: AsyncConnection

        public func next() async throws -> [UInt8]? { try await connection.read() }

        public func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            try await connection.read()
        }
    }

    // MARK: Writing

    /// Queues the bytes, and waits while there is no room for them.
    ///
    /// The bytes of one call stay together. Returning does not mean that they have arrived.
    /// - Throws: the `Disconnect` by which the connection ended, `closedByUs` also after
    ///   `closeWrite`; `CancellationError`, which aborts the connection.
    nonisolated(nonsending) public func write(_ bytes: [UInt8]) async throws {
        if Task.isCancelled { throw cancelled(.abort) }
        guard let answer = try exchange.write(bytes) else { return }
        try await answer.value { [exchange] in exchange.finish(.abort) }
    }

    /// Queues text as UTF-8, and waits while there is no room for it.
    nonisolated(nonsending) public func write(_ text: String) async throws {
        try await write(Array(text.utf8))
    }

    // MARK: The end

    /// Sends what is queued, then tells the peer that nothing more will come; reading goes on.
    public func closeWrite() { exchange.finish(.closeWrite) }

    /// Sends what is queued, then closes. Nothing more is read.
    public func close() { exchange.finish(.close) }

    /// Closes at once and drops what is queued; a TCP peer sees a reset.
    public func abort() { exchange.finish(.abort) }

    /// Waits until the connection is over, and tells why. Cancelling this wait closes nothing.
    @discardableResult
    nonisolated(nonsending) public func waitForEnd() async throws -> Disconnect {
        try await exchange.watchEnd().value {}
    }

    private func cancelled(_ ending: Exchange.Ending) -> CancellationError {
        exchange.finish(ending)
        return CancellationError()
    }
}
