// The reactor: waits for descriptors, timers and letters, and calls their owners. One turn is
//
//   1. wait: until a descriptor is ready, a timer is due, a letter or a postponed call waits
//   2. descriptors: each that is ready, unless it was removed meanwhile
//   3. timers: each that is due, none that was made in this turn
//   4. letters: what other threads and Swift tasks have sent, up to now
//   5. postponed calls: what callbacks of this turn have put off, connection ends among them
//
// It knows descriptors, observers and times; it must never know what a descriptor carries.
// Everything here is confined to the one thread that turns the reactor; the only way in from
// elsewhere is the mailbox. Start-up and shut-down are in Lifecycle.swift.
import FairleadWire
import Glibc

/// An event loop: confined to one thread, started and stopped as often as you like.
public final class Reactor {
    /// The system calls that everything on this reactor uses.
    public let kernel: any Kernel
    /// The door for other threads.
    public let mailbox: Mailbox
    public let limits: Limits
    /// Where warnings go.
    public var log: LogHandler = logToStandardError
    /// What looks host names up.
    public var resolver: any Resolver = SystemResolver()
    /// Where jitter comes from; a test sets a seeded one.
    public var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
    /// The name of the event mechanism in use.
    public var pollerName: String { poller.name }

    let poller: any Poller
    let timers: TimerQueue
    let readBuffer: ReadBuffer
    let tickets = Tickets()
    let underway = Underway()
    var lifecycle = Lifecycle()
    /// The signals of the process.
    public private(set) lazy var signals = Signals(self)
    /// Threads for calls that block.
    public private(set) lazy var workers = WorkerPool(self)

    private var table = DescriptorTable()
    private var batch: [ReadyEvent] = []
    private var postponed: [() -> Void] = []
    private var watchdog: Watchdog
    /// The reactor inside whose turn, on the same thread, this one is turned.
    private var outer: Reactor?

    /// A reactor on the given event mechanism, which it closes at its end.
    public init(poller: any Poller, kernel: any Kernel, limits: Limits = Limits()) {
        self.kernel = kernel
        self.poller = poller
        self.limits = limits
        mailbox = Mailbox(waker: poller.waker)
        timers = TimerQueue(kernel: kernel)
        readBuffer = ReadBuffer(capacity: limits.readBuffer)
        watchdog = Watchdog(threshold: limits.watchdog, now: kernel.coarseNow())
        batch.reserveCapacity(512)
    }

    /// A reactor on this machine, by default with the mechanism that FAIRLEAD_POLLER names or
    /// with the platform's best.
    public convenience init(
        _ backend: Backend? = nil, limits: Limits = Limits(),
        log: @escaping LogHandler = logToStandardError
    ) throws {
        let kernel = PosixKernel()
        kernel.log = log
        let backend = try backend ?? Backend.fromEnvironment()
        self.init(poller: try kernel.makePoller(backend), kernel: kernel, limits: limits)
        self.log = log
    }

    deinit {
        mailbox.close()
        poller.close()
    }

    // MARK: The turn

    /// Waits once, at most until `limit`, and makes every call that is due.
    ///
    /// - Throws: `SystemError`; `EDEADLK` when called from inside a turn: a callback is never
    ///   called while another is under way.
    public func turn(until limit: Instant? = nil) throws(SystemError) {
        if mailbox.isOnReactorThread { throw SystemError(EDEADLK, "turn") }
        enter()
        defer { leave() }
        try turnInside(until: limit)
    }

    /// Marks the calling thread as this reactor's.
    func enter() {
        outer = CurrentReactor.exchange(self)
        mailbox.enter()
    }

    func leave() {
        mailbox.leave()
        _ = CurrentReactor.exchange(outer)
        outer = nil
    }

    /// A turn on a thread that the mailbox knows already.
    @inline(__always)
    func turnInside(until limit: Instant?) throws(SystemError) {
        var events: [ReadyEvent] = []
        swap(&events, &batch)
        try poller.wait(until: waitDeadline(limit), into: &events)
        watchdog.begin(kernel.coarseNow())
        for event in events { dispatch(event) }
        events.removeAll(keepingCapacity: true)
        swap(&events, &batch)
        if timers.next != nil { runTimers() }
        if !mailbox.isEmpty { readLetters() }
        if !postponed.isEmpty { runPostponed() }
    }

    /// How long the turn may wait.
    func waitDeadline(_ limit: Instant?) -> Instant? {
        if !postponed.isEmpty || !mailbox.isEmpty { return Instant(nanoseconds: .min) }
        guard let next = timers.next else { return limit }
        guard let limit else { return next }
        return min(next, limit)
    }

    @inline(__always)
    private func dispatch(_ event: ReadyEvent) {
        guard let observer = table.observer(of: event.token) else { return }
        observer.ready(event.readiness, event.token)
        if let held = watchdog.check(kernel.coarseNow()) { report(held, observer.label) }
    }

    private func runTimers() {
        let now = kernel.now()
        let mark = timers.mark
        while let timer = timers.popDue(at: now, madeBefore: mark) {
            TimerQueue.run(timer)
            if let held = watchdog.check(kernel.coarseNow()) { report(held, timer.owner) }
        }
    }

    private func readLetters() {
        for letter in mailbox.takeAll() {
            switch letter {
            case .call(let call, _, _): call(self)
            case .request(let request): request(self)
            case .job(let job): mailbox.run(job)
            }
            if let held = watchdog.check(kernel.coarseNow()) { report(held, letter.owner) }
        }
    }

    /// Makes the calls that wait, those that they cause included, but without waiting and not for
    /// ever: the last act of a run.
    func finishCalls() {
        for _ in 0..<Self.lastRounds {
            if mailbox.isEmpty, postponed.isEmpty { return }
            readLetters()
            runPostponed()
        }
    }

    private static let lastRounds = 256

    private func runPostponed() {
        let calls = postponed
        postponed = []
        for call in calls { call() }
        if let held = watchdog.check(kernel.coarseNow()) { report(held, "a postponed call") }
    }

    private func report(_ held: Duration, _ owner: String) {
        log(.warning, "\(owner) held the loop for \(held.nanoseconds / 1_000_000) ms")
    }

    // MARK: Calls at a later time

    /// The monotonic time.
    public var now: Instant { kernel.now() }

    /// Calls `action` once, `delay` from now.
    @discardableResult
    public func after(
        _ delay: Duration, file: StaticString = #fileID, line: UInt = #line,
        _ action: @escaping () -> Void
    ) -> Timer {
        timers.add(now + max(delay, .zero), period: 0, file, line, action)
    }

    /// Calls `action` on a fixed grid of `period`, first one period from now.
    ///
    /// Slots that were missed because the loop was held are skipped; the grid does not drift.
    /// A period below a microsecond is taken as one.
    @discardableResult
    public func every(
        _ period: Duration, file: StaticString = #fileID, line: UInt = #line,
        _ action: @escaping () -> Void
    ) -> Timer {
        let period = max(period, .microseconds(1))
        return timers.add(now + period, period: period.nanoseconds, file, line, action)
    }

    /// Calls `action` when the present callbacks have returned, before the loop waits again.
    public func later(_ action: @escaping () -> Void) {
        postponed.append(action)
    }

    // MARK: Descriptors

    /// Watches a non-blocking descriptor until `unregister`.
    public func register(
        _ descriptor: Int32, _ interest: Interest, _ observer: any DescriptorObserver
    ) throws(SystemError) -> Token {
        let token = table.insert(observer, descriptor)
        do {
            try setInterest(interest, of: token)
        } catch {
            if let index = table.index(of: token) { table.remove(at: index) }
            throw error
        }
        return token
    }

    /// Changes what a descriptor is watched for; with nothing it is not watched at all.
    public func setInterest(_ interest: Interest, of token: Token) throws(SystemError) {
        guard let index = table.index(of: token) else { return }
        let slot = table.slots[index]
        if slot.interest == interest { return }
        if interest.isEmpty {
            poller.remove(slot.descriptor, token)
        } else if slot.interest.isEmpty {
            try poller.add(slot.descriptor, interest, token)
        } else {
            try poller.modify(slot.descriptor, interest, token)
        }
        table.setInterest(interest, at: index)
    }

    /// Ends the watch; must come before the descriptor is closed.
    public func unregister(_ token: Token) {
        guard let index = table.index(of: token) else { return }
        let slot = table.slots[index]
        if !slot.interest.isEmpty { poller.remove(slot.descriptor, token) }
        table.remove(at: index)
    }

    /// Every object that watches a descriptor.
    var observers: [any DescriptorObserver] { table.observers }

    /// What is open and pending: all zero when everything has been given back.
    public var census: Census {
        Census(
            descriptors: table.count, observers: observers.map(\.label).sorted(),
            timers: timers.pending.map(\.owner).sorted(), postponedCalls: postponed.count)
    }
}

/// What a reactor still holds.
public struct Census: Hashable, Sendable, CustomStringConvertible {
    /// Watched descriptors.
    public var descriptors: Int
    /// Who watches them.
    public var observers: [String]
    /// File and line of whoever made each pending timer.
    public var timers: [String]
    public var postponedCalls: Int

    public var isEmpty: Bool { descriptors == 0 && timers.isEmpty && postponedCalls == 0 }

    public var description: String {
        "\(descriptors) descriptors \(observers), \(timers.count) timers \(timers), "
            + "\(postponedCalls) postponed"
    }
}
