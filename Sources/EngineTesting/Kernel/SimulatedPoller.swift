// The event mechanism of the simulated kernel: level-triggered, in any order, now and then with
// less than all or more than the truth, as the laws of a poller allow. When nothing is ready the
// clock jumps to whatever comes next. Where nothing will ever come it says so instead of hanging,
// and where the same readiness is reported again and again to somebody who does nothing about it.
import FairleadEngine
import FairleadWire
import Glibc
import Synchronization

/// The event mechanism of a simulated kernel.
final class SimulatedPoller: Poller {
    /// Reports in a row, without any call on the descriptor, that make a busy loop.
    static let patience = 50
    /// Waits at one and the same instant that make a busy loop.
    static let waitsPerInstant = 10_000

    private struct Watch {
        let descriptor: Int32
        var interest: Interest
        var token: Token
        var ignored = 0
    }

    let name = "simulated"
    var descriptor: Int32? { nil }
    var waker: any Waker { flag }

    private let kernel: SimulatedKernel
    private let flag = Flag()
    private var watches: [Watch] = []
    private var lastWait = Instant(nanoseconds: .min)
    private var waitsAtInstant = 0

    /// A waker that only notes that it was called: nothing here ever sleeps.
    private final class Flag: Waker {
        private let isSet = Atomic<Bool>(false)
        func wake() { isSet.store(true, ordering: .releasing) }
        func take() -> Bool { isSet.exchange(false, ordering: .acquiringAndReleasing) }
    }

    init(_ kernel: SimulatedKernel) {
        self.kernel = kernel
    }

    func close() { kernel.forget(self) }

    // MARK: Watches

    func isWatching(_ descriptor: Int32) -> Bool { index(of: descriptor) != nil }

    private func index(of descriptor: Int32) -> Int? {
        watches.firstIndex { $0.descriptor == descriptor }
    }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        let result = addWatch(descriptor, interest, token)
        kernel.record(.watch, descriptor, Int(interest.rawValue), result)
        _ = try result.get("watch")
    }

    private func addWatch(_ descriptor: Int32, _ interest: Interest, _ token: Token)
        -> SystemResult
    {
        guard kernel.entered(.watch, descriptor) != nil else { return .failure(EBADF) }
        if isWatching(descriptor) { return .failure(EEXIST) }
        if kernel.strikes(kernel.plan.rates.noWatch) { return .failure(ENOSPC) }
        watches.append(Watch(descriptor: descriptor, interest: interest, token: token))
        return .success
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        kernel.record(.rewatch, descriptor, Int(interest.rawValue), .success)
        guard kernel.entered(.rewatch, descriptor) != nil, let index = index(of: descriptor)
        else { throw SystemError(ENOENT, "rewatch") }
        watches[index] = Watch(descriptor: descriptor, interest: interest, token: token)
    }

    func remove(_ descriptor: Int32, _ token: Token) {
        kernel.record(.unwatch, descriptor, 0, .success)
        guard kernel.entered(.unwatch, descriptor) != nil else { return }
        if !isWatching(descriptor) {
            kernel.violate("descriptor \(descriptor) was unwatched, but not watched")
        }
        forget(descriptor)
    }

    func forget(_ descriptor: Int32) { watches.removeAll { $0.descriptor == descriptor } }

    /// Somebody does something with the descriptor.
    func noticed(_ descriptor: Int32) {
        if let index = index(of: descriptor) { watches[index].ignored = 0 }
    }

    // MARK: Waiting

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        try countWaits()
        while true {
            kernel.runAgenda()
            try collect(into: &events)
            if flag.take() || !events.isEmpty { break }
            if let deadline, deadline <= kernel.clock.now { break }
            try sleep(until: deadline)
        }
        kernel.record(.wait, -1, 0, SystemResult(events.count))
    }

    /// Lets the clock jump to what comes next.
    private func sleep(until deadline: Instant?) throws(SystemError) {
        let next = min(deadline ?? .distantFuture, kernel.agenda.next ?? .distantFuture)
        if next == .distantFuture {
            throw SystemError(EDEADLK, "wait, though nothing will ever happen")
        }
        kernel.clock.advance(to: next)
        if kernel.strikes(kernel.plan.rates.clockJump) {
            kernel.clock.advance(by: kernel.plan.generator.time(below: .seconds(2)))
        }
    }

    private func countWaits() throws(SystemError) {
        waitsAtInstant = kernel.clock.now == lastWait ? waitsAtInstant + 1 : 0
        lastWait = kernel.clock.now
        if kernel.trace.count > kernel.callLimit {
            throw SystemError(ELOOP, "wait: more than \(kernel.callLimit) calls")
        }
        if waitsAtInstant > Self.waitsPerInstant {
            throw SystemError(ELOOP, "wait: \(waitsAtInstant) times at \(lastWait)")
        }
    }

    private func collect(into events: inout [ReadyEvent]) throws(SystemError) {
        let first = events.count
        for watch in watches {
            var readiness = readiness(of: watch)
            if kernel.strikes(kernel.plan.rates.spurious) {
                readiness.insert(Readiness(rawValue: watch.interest.rawValue))
                // It takes its time, or a storm of them would last for ever.
                kernel.clock.advance(by: kernel.plan.generator.time(below: .microseconds(500)))
            }
            if !readiness.isEmpty { events.append(ReadyEvent(watch.token, readiness)) }
        }
        if events.count > first + 1, kernel.clock.now < kernel.plan.until {
            kernel.plan.generator.shuffle(&events)
            if kernel.strikes(kernel.plan.rates.partialReport) {
                events.removeLast(kernel.plan.generator.below(events.count))
            }
        }
        for event in events { try countReport(event) }
    }

    /// What there is to report of one watch.
    private func readiness(of watch: Watch) -> Readiness {
        guard let state = kernel.file(watch.descriptor)?.readiness else { return [] }
        let wanted = Readiness(rawValue: watch.interest.rawValue).union([.hangUp, .error])
        var readiness = state.intersection(wanted)
        if readiness.contains(.hangUp), kernel.strikes(kernel.plan.rates.bareHangUp) {
            readiness.remove(.readable)
        }
        return readiness
    }

    private func countReport(_ event: ReadyEvent) throws(SystemError) {
        guard let index = watches.firstIndex(where: { $0.token == event.token }) else { return }
        watches[index].ignored += 1
        let watch = watches[index]
        if watch.ignored <= Self.patience { return }
        let text =
            "descriptor \(watch.descriptor) was reported \(watch.ignored) times "
            + "(\(event.readiness.rawValue)) and nobody did anything about it: a busy loop"
        kernel.violate(text)
        throw SystemError(ELOOP, "wait: \(text)")
    }
}
