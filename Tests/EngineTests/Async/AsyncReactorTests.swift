// The handle of a reactor: calls and where they are made, actors and tasks on the reactor's own
// thread, time, deadlines, and the life of a reactor with a thread of its own. Limits that are
// meant to pass are some milliseconds, those that are not a hundred seconds.
import FairleadEngine
import FairleadWire
import Testing

/// An actor whose executor is the reactor's thread.
private actor Resident: ReactorActor {
    nonisolated let mailbox: Mailbox

    init(_ mailbox: Mailbox) { self.mailbox = mailbox }

    /// Echoes once and tells whether every step was on the reactor's thread.
    func echoOnce(_ connection: AsyncConnection) async throws -> [Bool] {
        var steps = [mailbox.isOnReactorThread]
        let bytes = try await connection.read() ?? []
        steps.append(mailbox.isOnReactorThread)
        try await connection.write(bytes)
        steps.append(mailbox.isOnReactorThread)
        for try await more in connection { try await connection.write(more) }
        steps.append(mailbox.isOnReactorThread)
        return steps
    }

    /// Whether a call is made at once, without a hop, from the reactor's own thread.
    func performsAtOnce(_ reactor: AsyncReactor) async throws -> Bool {
        let before = Shared(false)
        mailbox.post { _ in before.set(true) }
        let wasFirst = try await reactor.perform { _ in !before.value }
        return wasFirst
    }
}

@Suite(.timeLimit(.minutes(2))) struct AsyncReactorTests {
    @Test func callsAreMadeOnTheReactorsThreadAndErrorsComeBack() async throws {
        struct Fault: Error {}
        try await withReactor { reactor in
            let mailbox = reactor.mailbox
            let isThere = try await reactor.perform { _ in mailbox.isOnReactorThread }
            #expect(isThere)
            #expect(!mailbox.isOnReactorThread)
            await #expect(throws: Fault.self) { try await reactor.perform { _ in throw Fault() } }
        }
    }

    @Test func anActorOnTheReactorsThreadNeedsNoHop() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let resident = Resident(reactor.mailbox)
            async let steps = resident.echoOnce(far)
            try await near.write("hello")
            #expect(try await near.read(exactly: 5) == Array("hello".utf8))
            near.closeWrite()
            #expect(try await steps == [true, true, true, true])
            #expect(try await resident.performsAtOnce(reactor))
        }
    }

    @Test func aTaskThatPrefersTheReactorUsesConnectionsThere() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let mailbox = reactor.mailbox
            let task = Task(executorPreference: mailbox) {
                var places: Set<Bool> = []
                for try await bytes in far {
                    places.insert(mailbox.isOnReactorThread)
                    try await far.write(bytes)
                    places.insert(mailbox.isOnReactorThread)
                }
                return places
            }
            for round in 1...50 {
                try await near.write([UInt8](repeating: 3, count: round))
                #expect(try await near.read(exactly: round).count == round)
            }
            near.closeWrite()
            #expect(try await task.value == [true])
        }
    }

    @Test func blockingCallsRunElsewhere() async throws {
        struct Fault: Error {}
        try await withReactor { reactor in
            let mailbox = reactor.mailbox
            let isThere = try await reactor.blocking { mailbox.isOnReactorThread }
            #expect(!isThere)
            await #expect(throws: Fault.self) { try await reactor.blocking { throw Fault() } }
        }
    }

    @Test func ticksKeepTheirGrid() async throws {
        try await withReactor { reactor in
            var slots: [Instant] = []
            for try await slot in reactor.ticks(every: .milliseconds(2)) {
                let now = try await reactor.perform { $0.now }
                #expect(now >= slot)
                slots.append(slot)
                if slots.count == 10 { break }
            }
            for (slot, next) in zip(slots, slots.dropFirst()) {
                let gap = next.since(slot).nanoseconds
                #expect(gap > 0 && gap % 2_000_000 == 0)
            }
        }
    }

    @Test func whatTheSetUpThrowsComesOut() async throws {
        struct Fault: Error {}
        let error = await failure { try await AsyncReactor.start { _ in throw Fault() } }
        #expect(error is Fault)
    }

    @Test func runGivesTheBodysValueOrErrorWhenTheReactorHasEnded() async throws {
        struct Fault: Error {}
        let kept = try await AsyncReactor.run { reactor in reactor }
        await #expect(throws: ReactorStopped.self) { try await kept.perform { _ in 1 } }
        let error = await failure { try await AsyncReactor.run { _ in throw Fault() } }
        #expect(error is Fault)
    }

    @Test func aReactorThatIsTurnedByItsOwnerServesTasksAndStartsAgain() throws {
        let reactor = try Reactor()
        for round in 1...3 {
            let handle = reactor.handle
            let result = Shared<[Int]>([])
            // Not in the pool, whose threads other tests may hold.
            Task(executorPreference: reactor.mailbox) {
                let (near, far) = try await handle.pair()
                try await near.write([UInt8](repeating: 1, count: round))
                let count = try await far.read(exactly: round).count
                result.change { $0.append(count) }
                await handle.stop()
            }
            try reactor.run()
            #expect(result.value == [round])
            #expect(reactor.census.isEmpty, "\(reactor.census)")
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct TimeLimitTests {
    @Test func aBodyThatIsDoneInTimeGivesItsValueOrItsError() async throws {
        struct Fault: Error {}
        try await withReactor { reactor in
            let five = try await reactor.withDeadline(.seconds(100)) { 5 }
            #expect(five == 5)
            let error = await failure {
                try await reactor.withDeadline(.seconds(100)) { throw Fault() }
            }
            #expect(error is Fault)
            let timers = try await reactor.perform { $0.census.timers.count }
            #expect(timers == 0)
        }
    }

    @Test func aReadThatTakesTooLongEndsAndItsConnectionIsClosed() async throws {
        try await withReactor { reactor in
            let (near, far) = try await reactor.pair()
            let error = await failure {
                try await reactor.withDeadline(.milliseconds(5)) { try await far.read() }
            }
            #expect(error as? DeadlineExceeded == DeadlineExceeded(limit: .milliseconds(5)))
            #expect(try await readAll(near) == [])
        }
    }

    @Test func ofNestedDeadlinesTheFirstThatComesIsReported() async throws {
        try await withReactor { reactor in
            let inner = await failure {
                try await reactor.withDeadline(.seconds(100)) {
                    try await reactor.withDeadline(.milliseconds(3)) {
                        try await reactor.sleep(for: .seconds(100))
                    }
                }
            }
            #expect((inner as? DeadlineExceeded)?.limit == .milliseconds(3))
            let outer = await failure {
                try await reactor.withDeadline(.milliseconds(3)) {
                    try await reactor.withDeadline(.seconds(100)) {
                        try await reactor.sleep(for: .seconds(100))
                    }
                }
            }
            #expect((outer as? DeadlineExceeded)?.limit == .milliseconds(3))
        }
    }

    @Test func cancellingTheCallerIsNotATimeout() async throws {
        try await withReactor { reactor in
            let task = Task {
                try await reactor.withDeadline(.seconds(100)) {
                    try await reactor.sleep(for: .seconds(100))
                }
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func shortDeadlinesRaceWithTheirBodies() async throws {
        try await withReactor { reactor in
            var ended = 0
            for round in 0..<200 {
                let error = await failure {
                    try await reactor.withDeadline(.microseconds(round * 5)) {
                        try await reactor.sleep(for: .microseconds(500))
                    }
                }
                if error == nil || error is DeadlineExceeded { ended += 1 }
            }
            #expect(ended == 200)
            let timers = try await reactor.perform { $0.census.timers.count }
            #expect(timers == 0)
        }
    }
}
