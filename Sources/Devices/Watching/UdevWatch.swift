import FairleadEngine
import FairleadWire
import Glibc

/// Tells when udev has worked on a serial device.
final class UdevWatch: DescriptorObserver {
    private unowned let reactor: Reactor
    private let monitor: UdevMonitor
    private let changed: () -> Void
    private var token = Token.none
    private var isWatching = true

    init(_ source: UdevSource, on reactor: Reactor, changed: @escaping () -> Void)
        throws(SystemError)
    {
        guard let monitor = source.makeMonitor() else {
            throw SystemError(ENOTCONN, "udev's monitor")
        }
        self.monitor = monitor
        self.reactor = reactor
        self.changed = changed
        token = try reactor.register(monitor.descriptor, .readable, self)
    }

    /// Ends the watch.
    func cancel() {
        if isWatching { reactor.unregister(token) }
        isWatching = false
    }

    func ready(_ readiness: Readiness, _ token: Token) {
        // Also when nothing could be read: events that were lost have changed something.
        _ = monitor.drain()
        changed()
    }

    func reactorStopped() { cancel() }
}
