import CSystem
import FairleadEngine
import FairleadWire
import Synchronization

extension PollerTrial {
    // MARK: Deadlines

    func deadlineIsNeverEarly() throws(SystemError) {
        let (socket, _) = keep(try SystemProbe.socketPair())
        try watch(socket, .readable)
        for span in [0, 1, 999, 400_000, 1_000_001, 2_500_000] {
            try expectWait(until: now + .nanoseconds(span), "a deadline in \(span) ns")
        }
        try expectWait(until: now + .seconds(-5), "a deadline that has passed")
    }

    /// Waits for nothing: it must last until the deadline.
    func expectWait(until deadline: Instant, _ when: String) throws(SystemError) {
        expectNothing(try wait(until: deadline), when)
        let end = now
        expect(end >= deadline, "\(when): came back \(deadline.since(end)) early")
    }

    // MARK: Wake-ups

    /// What two threads tell each other.
    private final class Flags: Sendable {
        let isWoken = Atomic<Bool>(false)
        let rounds = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
    }

    func wakeFromAnotherThread(deadline: Instant?) throws(SystemError) {
        let flags = Flags()
        let waker = poller.waker
        try startThread("waker") {
            flags.isWoken.store(true, ordering: .sequentiallyConsistent)
            waker.wake()
        }
        expectNothing(try wait(until: deadline), "woken")
        expect(flags.isWoken.load(ordering: .sequentiallyConsistent), "nobody had woken it yet")
        if let deadline { expect(now < deadline, "the wake-up did not end the wait") }
        expectNothing(try look(), "after the wake-up")
    }

    func wakeEndsTheNextWait() throws(SystemError) {
        poller.waker.wake()
        let deadline = now + .seconds(60)
        expectNothing(try wait(until: deadline), "woken before the wait")
        expect(now < deadline, "a wake-up before the wait did not end it")
        // Together with an event, it may end the same wait or the next, but no more than that.
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let token = try watch(socket, .readable)
        _ = fl_check_put(peer)
        poller.waker.wake()
        let first = try report()
        let events = first.isEmpty ? try report() : first
        expect(events, of: token, .readable, "woken with a byte waiting")
    }

    func manyWakesEndOneWait() throws(SystemError) {
        for _ in 0..<1000 { poller.waker.wake() }
        expectNothing(try report(), "woken a thousand times")
        try expectWait(until: now + .milliseconds(2), "woken a thousand times, second wait")
        poller.waker.wake()
        expectNothing(try report(), "woken again")
        try expectWait(until: now + .milliseconds(2), "woken again, second wait")
    }

    /// Each wake-up comes after a change that the waiter must see: a lost one would leave it
    /// asleep over the last change.
    func noWakeIsLost() throws(SystemError) {
        let flags = Flags()
        let waker = poller.waker
        let total = 20_000
        try startThread("waker") {
            for round in 1...total {
                flags.rounds.store(round, ordering: .sequentiallyConsistent)
                waker.wake()
            }
        }
        let deadline = now + .seconds(30)
        while flags.rounds.load(ordering: .sequentiallyConsistent) < total {
            expectNothing(try wait(until: deadline), "woken")
            if now >= deadline { return note("a wake-up was lost") }
        }
    }

    func interruptionIsInvisible() throws(SystemError) {
        let flags = Flags()
        let waker = poller.waker
        let thread = fl_check_interruptible()
        defer { fl_check_uninterruptible() }
        let before = fl_check_interruptions()
        try startThread("interrupter") {
            while fl_check_interruptions() < before + 20 {
                _ = fl_check_interrupt(thread)
                Self.pause()
            }
            flags.isOver.store(true, ordering: .sequentiallyConsistent)
            waker.wake()
        }
        expectNothing(try wait(until: nil), "interrupted")
        expect(flags.isOver.load(ordering: .sequentiallyConsistent), "a signal ended the wait")
    }

    /// Gives the interrupted thread time to fall asleep again.
    private static func pause() {
        let clock = PosixKernel()
        let end = clock.now() + .microseconds(200)
        while clock.now() < end {}
    }

    // MARK: Hosts

    func descriptorTellsTheTruth() throws(SystemError) {
        guard let descriptor = poller.descriptor else { return }
        let (socket, peer) = keep(try SystemProbe.socketPair())
        try watch(socket, .readable)
        try expectReadable(descriptor, false, "nothing has come")
        _ = fl_check_put(peer)
        try expectReadable(descriptor, true, "a byte has come")
        _ = try look()
        try expectReadable(descriptor, true, "the byte was reported and not consumed")
        _ = fl_check_drain(socket)
        _ = try look()
        try expectReadable(descriptor, false, "the byte was consumed")
        poller.waker.wake()
        try expectReadable(descriptor, true, "woken")
        _ = try look()
        try expectReadable(descriptor, false, "the wake-up was seen")
        let file = keep(try SystemProbe.file())
        do throws(SystemError) { try watch(file, .readable) } catch { return }
        try expectReadable(descriptor, true, "a file is always ready")
        unwatch(file)
        _ = try look()
        try expectReadable(descriptor, false, "the file is no longer watched")
    }

    private func expectReadable(_ descriptor: Int32, _ readable: Bool, _ when: String)
        throws(SystemError)
    {
        try poller.prepareForForeignWait()
        let seen = fl_check_is_readable(descriptor, 0) != 0
        expect(seen == readable, "\(when): the descriptor is readable: \(seen)")
    }
}
