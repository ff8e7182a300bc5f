// The mailbox as the only door: posts from other threads, wake-ups, the Swift executor, and what
// becomes of letters when the reactor has stopped or is gone. Wake-ups are counted, not timed: an
// event descriptor knows how often it was written to.
import CSystem
import FairleadWire
import Testing

@testable import FairleadEngine

/// An actor whose executor is the reactor's thread, and that a callback may enter at once.
private actor Counter: ReactorActor {
    nonisolated let mailbox: Mailbox
    private var count = 0

    init(_ mailbox: Mailbox) { self.mailbox = mailbox }

    func increment() -> Bool {
        count += 1
        return mailbox.isOnReactorThread
    }

    var value: Int { count }
}

@Suite(.timeLimit(.minutes(2))) struct MailboxTests {
    @Test func aHundredThousandPostsFromFourThreadsArriveOnceAndInOrder() async throws {
        let receiver = try await AsyncReactor.start("receiver")
        let arrived = Shared<[[Int]]>(Array(repeating: [], count: 4))
        let strangers = Shared(0)
        var senders: [AsyncReactor] = []
        for sender in 0..<4 {
            let mailbox = receiver.mailbox
            senders.append(
                try await AsyncReactor.start("sender") { _ in
                    for number in 0..<25_000 {
                        mailbox.post { reactor in
                            arrived.change { $0[sender].append(number) }
                            if !reactor.mailbox.isOnReactorThread { strangers.change { $0 += 1 } }
                        }
                    }
                })
        }
        for sender in senders { await sender.stop() }
        // What was posted before is done before.
        try await receiver.perform { _ in }
        for numbers in arrived.value { #expect(numbers == Array(0..<25_000)) }
        #expect(strangers.value == 0)
        await receiver.stop()
    }

    @Test func manyWakesMakeOneSystemCall() async throws {
        let event = try EventDescriptor()
        for _ in 0..<3 {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { for _ in 0..<5_000 { event.wake() } } }
            }
            // Each unit that can be taken off is one write.
            #expect(writes(to: event) == 1)
            event.wake()
            #expect(writes(to: event) == 1)
        }
    }

    /// Counts the writes that an event descriptor has seen and makes it unreadable again.
    private func writes(to event: EventDescriptor) -> UInt64 {
        var count: UInt64 = 0
        _ = unsafe fl_read(event.descriptor, &count, 8)
        event.consume()
        return count
    }

    @Test func whatWaitsIsReadInOneTurn() throws {
        let reactor = try Reactor()
        var count = 0
        let counter = Shared(0)
        for _ in 0..<10_000 { reactor.mailbox.post { _ in counter.change { $0 += 1 } } }
        try reactor.turn(until: reactor.now)
        count = counter.value
        #expect(count == 10_000)
        // One wake-up was enough, and it is used up: this turn waits for its timer.
        var isDue = false
        reactor.after(.milliseconds(2)) { isDue = true }
        try reactor.turn(until: reactor.now + .seconds(100))
        #expect(isDue)
    }

    @Test func twoReactorsPassABallToAndFro() async throws {
        let left = try await AsyncReactor.start("left")
        let right = try await AsyncReactor.start("right")
        let last = Answer<Int>()
        @Sendable func pass(_ ball: Int, to mailbox: Mailbox, _ other: Mailbox) {
            mailbox.post { _ in
                if ball == 20_000 {
                    last.give(ball)
                } else {
                    pass(ball + 1, to: other, mailbox)
                }
            }
        }
        pass(0, to: left.mailbox, right.mailbox)
        #expect(try await last.value() == 20_000)
        await left.stop()
        await right.stop()
    }

    @Test func whatIsPostedToAStoppedReactorWaitsForItsNextStart() throws {
        let reactor = try Reactor()
        let order = Shared<[Int]>([])
        reactor.mailbox.post { reactor in
            order.change { $0.append(1) }
            reactor.stop()
        }
        #expect(order.value == [])
        try reactor.run()
        #expect(order.value == [1])
        reactor.mailbox.post { _ in order.change { $0.append(2) } }
        reactor.mailbox.post { $0.stop() }
        #expect(order.value == [1])
        try reactor.run()
        #expect(order.value == [1, 2])
    }

    @Test func whatIsPostedToAReactorThatIsGoneIsDropped() throws {
        final class Token: Sendable {}
        var reactor: Reactor? = try Reactor()
        let mailbox = try #require(reactor?.mailbox)
        var token: Token? = Token()
        weak let held = token
        mailbox.post { [token] _ in _ = token }
        token = nil
        #expect(held != nil)
        reactor = nil
        #expect(held == nil)
        token = Token()
        weak let late = token
        mailbox.post { [token] _ in _ = token }
        token = nil
        #expect(late == nil)
    }

    @Test func anActorLivesOnTheReactorsThreadAndCallbacksMayEnterIt() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        let counter = Counter(mailbox)
        let places = Shared<[Bool]>([])
        reactor.after(.zero) {
            // The loop is the actor's executor: no hop, no await.
            counter.assumeIsolated { counter in
                let isThere = counter.increment()
                places.change { $0.append(isThere) }
            }
            Task(executorPreference: mailbox) {
                for _ in 0..<100 {
                    let isThere = await counter.increment()
                    let isHere = mailbox.isOnReactorThread
                    places.change { $0 += [isThere, isHere] }
                }
                let value = await counter.value
                places.change { $0.append(value == 101) }
                mailbox.post { $0.stop() }
            }
        }
        #expect(!mailbox.isOnReactorThread)
        #expect(mailbox.isIsolatingCurrentContext() == false)
        try reactor.run()
        #expect(!mailbox.isOnReactorThread)
        #expect(places.value.count == 202)
        #expect(!places.value.contains(false))
    }

    @Test func actorsAreReachedFromAnywhere() async throws {
        let reactor = try await AsyncReactor.start()
        let counter = Counter(reactor.mailbox)
        let there = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1_000 { group.addTask { await counter.increment() } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(there == 1_000)
        #expect(await counter.value == 1_000)
        await reactor.stop()
        // The reactor is gone; the actor's state can still be asked for.
        #expect(await counter.value == 1_000)
    }

    @Test func aTicketIsRedeemedOnceAndNeverAfterItWasWithdrawn() {
        let tickets = Tickets()
        var answers: [Int] = []
        let first = tickets.lodge { if let number = $0 as? Int { answers.append(number) } }
        let second = tickets.lodge { if let number = $0 as? Int { answers.append(-number) } }
        #expect(tickets.count == 2)
        tickets.withdraw(second)
        tickets.redeem(second, with: 1)
        tickets.redeem(first, with: 2)
        tickets.redeem(first, with: 3)
        #expect(answers == [2])
        #expect(tickets.count == 0)
    }
}
