// What ends a wait early: cancellation, the peer, the reactor, in every order that some hundred
// races bring about. That no continuation is resumed twice the checked ones see to; that none is
// forgotten shows in that every test ends.
import FairleadEngine
import Glibc
import Testing

/// What ends a wait early: cancellation, the peer, the reactor; in every order.
@Suite(.timeLimit(.minutes(2))) struct AsyncEndingTests {
    @Test func cancellingAReadClosesTheConnection() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let reader = Task { try await far.read() }
            reader.cancel()
            await #expect(throws: CancellationError.self) { try await reader.value }
            #expect(try await far.waitForEnd() == .closedByUs)
            #expect(try await readAll(near) == [])
        }
    }

    @Test func cancellingAWriteAbortsTheConnection() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let writer = Task { try await near.write([UInt8](repeating: 1, count: 30_000_000)) }
            #expect(try await eventually(reactor) { near.queuedBytes > 0 })
            writer.cancel()
            await #expect(throws: CancellationError.self) { try await writer.value }
            #expect(try await near.waitForEnd() == .closedByUs)
            #expect(near.queuedBytes == 0)
            let error = await failure { try await readAll(far) }
            guard case .system(let reason) = error as? Disconnect else {
                Issue.record("the peer saw \(String(describing: error))")
                return
            }
            #expect(reason.code == ECONNRESET)
        }
    }

    @Test func cancellingAnAcceptClosesThePort() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            let acceptor = Task { try await listener.accept() == nil }
            acceptor.cancel()
            await #expect(throws: CancellationError.self) { try await acceptor.value }
            #expect(try await listener.accept() == nil)
            let error = await failure { try await reactor.connect(to: listener) }
            #expect(error is ConnectError)
        }
    }

    @Test func cancellingAConnectCallsTheAttemptOff() async throws {
        try await withReactor { reactor in
            let begun = Shared(false)
            let calledOff = Shared(0)
            let task = Task {
                _ = try await reactor.connect { _, _, _ in
                    begun.set(true)
                    return Endless { calledOff.change { $0 += 1 } }
                }
            }
            let hasBegun = try await eventually(reactor) { begun.value }
            #expect(hasBegun)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let isCalledOff = try await eventually(reactor) { calledOff.value == 1 }
            #expect(isCalledOff)
        }
    }

    @Test func aConnectThatNobodyAnswersIsCalledOffAndItsSocketClosed() async throws {
        try await withReactor { reactor in
            // A listener that never accepts, its queue full: further SYNs are dropped.
            let kernel = PosixKernel()
            let descriptor = Int32(kernel.socket(.ipv4, .stream).rawValue)
            defer { kernel.close(descriptor) }
            #expect(kernel.bind(descriptor, to: loopback).isSuccess)
            #expect(kernel.listen(descriptor, backlog: 0).isSuccess)
            let port = try #require(kernel.localAddress(of: descriptor)?.port)
            let tasks = (0..<6).map { _ in
                Task {
                    let connection = try await reactor.connectTCP(to: "127.0.0.1", port: port)
                    return try await connection.read()
                }
            }
            // All are begun: what the reactor watches are six sockets, connected or not.
            while try await reactor.perform({ $0.census.descriptors }) < 6 { await Task.yield() }
            for task in tasks { task.cancel() }
            for task in tasks {
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            while try await reactor.perform({ $0.census.descriptors }) > 0 { await Task.yield() }
        }
    }

    @Test func aTaskThatIsCancelledAlreadyOpensNothing() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let calls = Shared(0)
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                await #expect(throws: CancellationError.self) {
                    try await reactor.sleep(for: .zero)
                }
                let error = await failure { try await reactor.perform { _ in calls.set(1) } }
                #expect(error is CancellationError)
                await #expect(throws: CancellationError.self) { try await near.read() }
            }
            await task.value
            #expect(calls.value == 0)
            #expect(try await readAll(far) == [])
        }
    }

    /// Reading, writing, resets and cancellations race; whoever is first, everything ends.
    @Test func racesOfCancellationDataAndResetAlwaysEnd() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            var outcomes = 0
            for round in 0..<300 {
                let near = try await reactor.connect(to: listener)
                let far = try #require(try await listener.accept())
                let reader = Task { try await readAll(near).count }
                let writer = Task { try await near.write([UInt8](repeating: 2, count: 200_000)) }
                let other = Task {
                    try await far.write("data")
                    if round % 3 == 0 { far.abort() } else { far.close() }
                }
                if round % 2 == 0 { reader.cancel() }
                if round % 4 < 2 { writer.cancel() }
                _ = await failure { try await other.value }
                _ = await failure { try await writer.value }
                _ = await failure { try await reader.value }
                near.close()
                _ = try await near.waitForEnd()
                outcomes += 1
            }
            #expect(outcomes == 300)
        }
    }

    @Test func racesOfConnectAndCancellationLeaveNothingOpen() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.unix.listen(reactor)
            let server = Task { try await listener.serve { _ = try await $0.read() } }
            for round in 0..<300 {
                let task = Task { try await reactor.connect(to: listener).peerAddress }
                if round % 3 > 0 { await Task.yield() }
                task.cancel()
                if let error = await failure({ try await task.value }) {
                    #expect(error is CancellationError)
                }
            }
            listener.stop()
            try await server.value
        }
    }

    @Test func theEndOfTheReactorEndsEverythingThatAwaits() async throws {
        for _ in 0..<20 {
            let reactor = try await AsyncReactor.start()
            let (near, far) = try await reactor.pair()
            let (quiet, other) = try await reactor.pair()
            let listener = try await Medium.tcp.listen(reactor)
            let isBlocked = Shared(false)
            let tasks: [Task<Bool, Never>] = [
                Task { await failure { try await quiet.read() } is Disconnect },
                Task {
                    await failure { try await near.write([UInt8](repeating: 0, count: 40_000_000)) }
                        is Disconnect
                },
                Task { await failure { try await near.waitForEnd() } == nil },
                Task { (try? await listener.accept() == nil) ?? false },
                Task {
                    await failure { try await reactor.sleep(for: .seconds(999)) } is ReactorStopped
                },
                Task {
                    for try await _ in reactor.ticks(every: .seconds(999)) {}
                    return false
                }.mapFailure { $0 is ReactorStopped },
                Task {
                    await failure {
                        try await reactor.withDeadline(.seconds(999)) {
                            try await Task.sleep(for: .seconds(999))
                        }
                    } is ReactorStopped
                },
                Task {
                    await failure {
                        try await reactor.connect { _, _, _ in Endless { isBlocked.set(true) } }
                    } is ReactorStopped
                },
                Task { (try? await reactor.waitUntilStopped()) != nil },
            ]
            await reactor.stop()
            var ended: [Bool] = []
            for task in tasks { ended.append(await task.value) }
            #expect(ended == Array(repeating: true, count: tasks.count))
            #expect(far.end != nil && other.end != nil)
            // And so does everything that comes too late.
            let late = await failure { try await reactor.perform { _ in 1 } }
            #expect(late is ReactorStopped)
            await #expect(throws: ReactorStopped.self) { try await reactor.listenTCP(on: loopback) }
            await reactor.stop()
        }
    }

    @Test func aTaskOnTheReactorsThreadOutlivesTheReactor() async throws {
        let reactor = try await AsyncReactor.start()
        let mailbox = reactor.mailbox
        let task = Task(executorPreference: mailbox) {
            var errors = 0
            for _ in 0..<3 {
                if await failure({ try await reactor.sleep(for: .seconds(999)) }) != nil {
                    errors += 1
                }
                await Task.yield()
            }
            return errors
        }
        await reactor.stop()
        #expect(await task.value == 3)
        // Jobs that come even later are still run.
        #expect(await Task(executorPreference: mailbox) { 7 }.value == 7)
    }

    @Test func aReactorThatIsDroppedWithoutARunAnswersToo() async throws {
        let handle = try makeAndDrop { reactor in reactor.handle }
        await #expect(throws: ReactorStopped.self) { try await handle.perform { _ in 1 } }
    }

    private func makeAndDrop(_ body: (Reactor) -> AsyncReactor) throws -> AsyncReactor {
        body(try Reactor())
    }

    @Test func theBacklogIsBoundedAndNobodyIsLost() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor, backlog: 4)
            var clients: [AsyncConnection] = []
            for number in 0..<40 {
                let client = try await reactor.connect(to: listener)
                try await client.write("\(number)\n")
                client.closeWrite()
                clients.append(client)
            }
            #expect(try await eventually(reactor) { listener.waitingConnections == 4 })
            var seen: Set<String> = []
            for _ in 0..<40 {
                let served = try #require(try await listener.accept())
                #expect(listener.waitingConnections <= 4)
                seen.insert(String(decoding: try await readAll(served), as: UTF8.self))
            }
            #expect(seen.count == 40)
        }
    }

    @Test func stoppingTheListenerEndsItsSequenceAndTheServedGoOn() async throws {
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            let near = try await reactor.connect(to: listener)
            let far = try #require(try await listener.accept())
            let acceptor = Task {
                var count = 0
                for try await _ in listener { count += 1 }
                return count
            }
            let waiting = try await reactor.connect(to: listener)
            listener.stop()
            #expect(try await acceptor.value <= 1)
            #expect(try await readAll(waiting) == [])
            try await near.write("on")
            #expect(try await far.read(exactly: 2) == Array("on".utf8))
        }
    }

    @Test func aFaultInOneServedConnectionTouchesNoOther() async throws {
        struct Fault: Error {}
        try await withReactor { reactor in
            let listener = try await Medium.tcp.listen(reactor)
            let server = Task {
                try await listener.serve { connection in
                    for try await bytes in connection {
                        if bytes.first == UInt8(ascii: "!") { throw Fault() }
                        try await connection.write(bytes)
                    }
                }
            }
            let good = try await reactor.connect(to: listener)
            let bad = try await reactor.connect(to: listener)
            try await bad.write("!")
            await #expect(throws: Disconnect.self) { try await readAll(bad) }
            try await good.write("good")
            #expect(try await good.read(exactly: 4) == Array("good".utf8))
            server.cancel()
            await #expect(throws: CancellationError.self) { try await server.value }
            await #expect(throws: ConnectError.self) { try await reactor.connect(to: listener) }
        }
    }
}

/// An attempt that never comes to anything.
private final class Endless: ConnectAttempt {
    private let calledOff: () -> Void

    init(_ calledOff: @escaping () -> Void) { self.calledOff = calledOff }
    func cancel() { calledOff() }
}

extension Task where Failure == any Error, Success == Bool {
    /// The task's value, or what `judge` makes of its error.
    fileprivate func mapFailure(_ judge: @escaping @Sendable (any Error) -> Bool) -> Task<
        Bool, Never
    > {
        Task<Bool, Never> {
            do { return try await value } catch { return judge(error) }
        }
    }
}
