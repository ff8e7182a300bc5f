// The reactor as a guest of a foreign loop (GLib, SwiftNIO, Qt, a hand-written poll): one
// descriptor to watch for reading, one call to make when it is readable. A timerfd stands in for
// the timers, so that the host needs to know no deadline.
import CSystem
import FairleadWire
import Glibc

/// A reactor that a foreign loop turns.
public final class Guest: DescriptorObserver {
    /// Readable when `run` has something to do. Watch it; do not read from it.
    public let descriptor: Int32

    private let reactor: Reactor
    private let timer: Int32
    private var token = Token.none

    /// Makes a guest of the reactor; nobody else may turn it from now on.
    ///
    /// - Throws: `SystemError` with `ENOTSUP` when its event mechanism has no descriptor.
    public init(_ reactor: Reactor) throws(SystemError) {
        guard let descriptor = reactor.poller.descriptor else {
            throw SystemError(ENOTSUP, "guest on \(reactor.pollerName)")
        }
        self.descriptor = descriptor
        self.reactor = reactor
        timer = try SystemResult(fl_timerfd()).descriptor("timerfd_create")
        token = try reactor.register(timer, .readable, self)
        arm()
    }

    /// Makes every call that is due and returns without waiting.
    public func run() throws(SystemError) {
        try reactor.turn(until: Instant(nanoseconds: .min))
        arm()
    }

    /// Ends the visit: gives the timer back.
    public func leave() {
        reactor.unregister(token)
        _ = fl_close(timer)
    }

    public func ready(_ readiness: Readiness, _ token: Token) {
        var count: UInt64 = 0
        _ = unsafe fl_read(timer, &count, 8)
    }

    /// Sets the timer to the next deadline; one that has passed makes it readable at once.
    private func arm() {
        guard let next = reactor.waitDeadline(nil) else {
            _ = fl_timerfd_set(timer, 0)
            return
        }
        _ = fl_timerfd_set(timer, max(next.nanoseconds, 1))
    }
}
