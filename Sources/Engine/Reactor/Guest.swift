// The reactor as a guest of a foreign loop (GLib, SwiftNIO, Qt, a hand-written poll): one
// descriptor to watch for reading, one call to make when it is readable. A timerfd stands in for
// the timers, so that the host needs to know no deadline.
//
// A host calls `run` whenever the descriptor is readable, until it returns false, and `leave`
// after that. What a host does with the reactor outside of the reactor's own callbacks (a timer,
// a listener) takes effect with the next `run`; call it once afterwards.
import CSystem
import FairleadWire
import Glibc

/// A reactor that a foreign loop turns.
public final class Guest: DescriptorObserver {
    /// Readable when `run` has something to do. Watch it; do not read from it.
    public let descriptor: Int32

    private let reactor: Reactor
    private var timer: Int32
    private var token = Token.none

    /// Makes a guest of the reactor and starts it; nobody else may turn it until `leave`.
    ///
    /// - Throws: `SystemError` with `ENOTSUP` when its event mechanism has no descriptor of its
    ///   own (poll and select), with `EDEADLK` when somebody turns the reactor already.
    public init(_ reactor: Reactor) throws(SystemError) {
        if reactor.isRunning { throw SystemError(EDEADLK, "guest") }
        guard let descriptor = reactor.poller.descriptor else {
            throw SystemError(ENOTSUP, "guest on \(reactor.pollerName)")
        }
        self.descriptor = descriptor
        self.reactor = reactor
        timer = try SystemResult(fl_timerfd()).descriptor("timerfd_create")
        do throws(SystemError) {
            token = try reactor.register(timer, .readable, self)
            reactor.begin()
            try settle()
        } catch {
            leave()
            throw error
        }
    }

    /// Makes every call that is due and returns without waiting.
    ///
    /// - Returns: whether the reactor goes on; false when it has been stopped.
    @discardableResult
    public func run() throws(SystemError) -> Bool {
        if timer < 0 || reactor.hasHalted { return false }
        try reactor.turn(until: Instant(nanoseconds: .min))
        try settle()
        return !reactor.hasHalted
    }

    /// Ends the visit: gives the timer back. The reactor can run by itself, or visit, again.
    public func leave() {
        if timer < 0 { return }
        reactor.unregister(token)
        _ = fl_close(timer)
        timer = -1
        reactor.finish()
    }

    public func ready(_ readiness: Readiness, _ token: Token) {
        var count: UInt64 = 0
        _ = unsafe fl_read(timer, &count, 8)
    }

    public var label: String { "a guest's timer" }

    /// Sets the timer to the next deadline; one that has passed makes it readable at once.
    private func settle() throws(SystemError) {
        let next = reactor.waitDeadline(nil).map { max($0.nanoseconds, 1) }
        _ = fl_timerfd_set(timer, next ?? 0)
        try reactor.poller.prepareForForeignWait()
    }
}
