// Connections and ports of tasks over real sockets, TCP and UNIX: what arrives, in which order,
// how much is ever queued, and how each end of a connection is told. Each test ends with a look
// at what its reactor has left: no watch, no open descriptor.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

@Suite(.timeLimit(.minutes(2))) struct AsyncConnectionTests {
    /// Starts a server that returns what comes in.
    private func echo(_ reactor: AsyncReactor, _ medium: Medium) async throws -> AsyncListener {
        let listener = try await medium.listen(reactor)
        Task {
            try await listener.serve { connection in
                for try await bytes in connection { try await connection.write(bytes) }
            }
        }
        return listener
    }

    @Test(arguments: Medium.allCases)
    func whatIsWrittenComesBackAndTheHalfClosedStreamEnds(_ medium: Medium) async throws {
        try await withReactor { reactor in
            let listener = try await echo(reactor, medium)
            let connection = try await reactor.connect(to: listener)
            let bytes = pattern(3_000_000)
            async let received = readAll(connection)
            for start in stride(from: 0, to: bytes.count, by: 70_000) {
                try await connection.write(Array(bytes[start..<min(start + 70_000, bytes.count)]))
            }
            connection.closeWrite()
            let isSame = try await received == bytes
            #expect(isSame)
            #expect(connection.peerAddress == listener.localAddress)
            #expect(try await connection.read() == nil)
            #expect(try await connection.waitForEnd() == .closedByPeer)
            listener.stop()
        }
    }

    @Test func twoHundredConnectionsEchoAtOnce() async throws {
        try await withReactor { reactor in
            let listener = try await echo(reactor, .tcp)
            let sums = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let connection = try await reactor.connect(to: listener)
                        for round in 0..<10 {
                            let message = pattern(100 + round, seed: UInt64(number))
                            try await connection.write(message)
                            let answer = try await connection.read(exactly: message.count)
                            if answer != message { return false }
                        }
                        return true
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(sums == 200)
            listener.stop()
        }
    }

    @Test(arguments: Medium.allCases)
    func aWriterWaitsWhileThePeerDoesNotReadAndQueuesNoMoreThanTheMark(_ medium: Medium)
        async throws
    {
        var limits = Limits()
        limits.write = WriteLimits(highWater: 32 * 1024, lowWater: 8 * 1024)
        try await withReactor(limits) { reactor in
            let (near, far) = try await reactor.pair(medium)
            let bytes = pattern(24_000_000)
            let isDone = Shared(false)
            let most = Shared(0)
            let writer = Task {
                for start in stride(from: 0, to: bytes.count, by: 1_000_000) {
                    try await near.write(Array(bytes[start..<start + 1_000_000]))
                    let queued = near.queuedBytes
                    most.change { $0 = max($0, queued) }
                }
                isDone.set(true)
                near.closeWrite()
            }
            #expect(try await eventually(reactor) { near.queuedBytes == 32 * 1024 })
            // The far end has filled its own buffer and has paused; so has everything in between.
            #expect(try await eventually(reactor) { far.bufferedBytes >= 64 * 1024 })
            #expect(far.bufferedBytes <= 64 * 1024 + limits.readBuffer)
            #expect(!isDone.value)
            let isSame = try await readAll(far) == bytes
            try await writer.value
            #expect(isSame)
            #expect(isDone.value)
            #expect(most.value <= 32 * 1024)
        }
    }

    @Test func writersThatWaitAreServedInOrderAndWhole() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let big = [UInt8](repeating: 7, count: 16_000_000)
            let first = Task { try await near.write(big) }
            #expect(try await eventually(reactor) { near.queuedBytes > 0 })
            let second = Task { try await near.write([UInt8](repeating: 8, count: 100_000)) }
            let received = try await far.read(exactly: 16_000_000)
            #expect(received == big)
            let rest = try await far.read(exactly: 100_000)
            #expect(rest == [UInt8](repeating: 8, count: 100_000))
            try await first.value
            try await second.value
        }
    }

    @Test func readTakesNoMoreThanItWasAskedFor() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            try await near.write("hello, world!")
            near.closeWrite()
            #expect(try await far.read(exactly: 5) == Array("hello".utf8))
            #expect(try await far.read(upTo: 2) == Array(", ".utf8))
            #expect(try await far.read(exactly: 6) == Array("world!".utf8))
            let error = await failure { try await far.read(exactly: 1) }
            #expect(error as? Disconnect == .closedByPeer)
            // The other direction is still open.
            try await far.write("bye")
            far.close()
            #expect(try await readAll(near) == Array("bye".utf8))
        }
    }

    @Test func aResetIsThrownToReaderAndWriter() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let reader = Task { try await near.read() }
            try await near.write("x")
            _ = try await far.read()
            far.abort()
            let reason = try await near.waitForEnd()
            guard case .system(let error) = reason else {
                Issue.record("ended with \(reason)")
                return
            }
            #expect(error.code == ECONNRESET)
            await #expect(throws: reason) { try await reader.value }
            await #expect(throws: reason) { try await near.write("y") }
            await #expect(throws: reason) { try await near.read() }
            #expect(near.end == reason)
        }
    }

    @Test func ourOwnCloseEndsWhatAwaits() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let reader = Task { try await near.read() }
            let writer = Task { try await near.write([UInt8](repeating: 1, count: 30_000_000)) }
            #expect(try await eventually(reactor) { near.queuedBytes > 0 })
            near.abort()
            await #expect(throws: Disconnect.closedByUs) { try await reader.value }
            await #expect(throws: Disconnect.closedByUs) { try await writer.value }
            #expect(try await near.waitForEnd() == .closedByUs)
            await #expect(throws: Disconnect.closedByUs) { try await near.write("z") }
            _ = far
        }
    }

    @Test func closingSendsWhatIsQueuedFirst() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            // Larger than what the kernel takes at once, smaller than what may be queued.
            let bytes = pattern(60_000)
            for _ in 0..<10 { try await near.write(bytes) }
            near.close()
            let received = try await readAll(far)
            #expect(received.count == 600_000)
        }
    }

    @Test func aConnectionThatNobodyHoldsIsClosed() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            let near = try await reactor.connect(to: listener)
            try await accept(from: listener, andWrite: "bye")
            #expect(try await readAll(near) == Array("bye".utf8))
        }
    }

    private func accept(from listener: AsyncListener, andWrite text: String) async throws {
        let far = try #require(try await listener.accept())
        try await far.write(text)
    }

    @Test func severalReadersAreServedInOrder() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let total = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        while let bytes = try await far.read(upTo: 1000) {
                            total.change { $0 += bytes.count }
                        }
                    }
                }
                for _ in 0..<500 { try await near.write(pattern(777)) }
                near.closeWrite()
                try await group.waitForAll()
            }
            #expect(total.value == 500 * 777)
        }
    }

    @Test func aRefusedConnectionIsATypedError() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            let port = try #require(listener.localAddress.socketAddress?.port)
            listener.stop()
            #expect(try await listener.accept() == nil)
            let error = await failure { try await reactor.connectTCP(to: "127.0.0.1", port: port) }
            guard case .failed(let failures) = (error as? ConnectError)?.cause else {
                Issue.record("failed with \(String(describing: error))")
                return
            }
            #expect(failures.map(\.error.code) == [ECONNREFUSED])
        }
    }

    @Test func endpointStringsAreUnderstood() async throws {
        try await withReactor { reactor in
            let listener = try await reactor.listen("tcp:0:interface=127.0.0.1")
            let port = try #require(listener.localAddress.socketAddress?.port)
            let near = try await reactor.connect("tcp:127.0.0.1:\(port)")
            let far = try #require(try await listener.accept())
            try await near.write("hello")
            #expect(try await far.read(exactly: 5) == Array("hello".utf8))
            await #expect(throws: EndpointStringError.self) { try await reactor.listen("tpc:0") }
            await #expect(throws: EndpointStringError.self) { try await reactor.connect("tcp:") }
        }
    }

    @Test func endpointsAreMadeOnTheReactorsThread() async throws {
        try await withReactor { reactor in
            let name = Array("fairlead-endpoint-\(UInt64.random(in: 0 ... .max))".utf8)
            let listener = try await reactor.listen(on: { _ in AbstractSocket(name: name) })
            let near = try await reactor.connect(to: { _ in AbstractSocket(name: name) })
            let far = try #require(try await listener.accept())
            try await near.write("hello")
            #expect(try await far.read(exactly: 5) == Array("hello".utf8))
        }
    }
}

/// An endpoint on both sides.
private struct AbstractSocket: ServerEndpoint, ClientEndpoint {
    let name: [UInt8]
    var description: String { "an abstract socket" }

    func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        try reactor.listenUnix(on: .abstract(name: name), factory)
    }

    func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        reactor.connectUnix(
            to: .abstract(name: name), ConnectOptions(), factory, completion: completion)
    }
}
