import FairleadWire

/// Tells the service manager how this program is: sd_notify(3), from the loop itself.
///
/// Where the manager watches over it (`WatchdogSec=`), each half of that time the loop says that
/// it turns; a loop that is held says nothing and is started anew. It ends with the reactor.
public final class ServiceNotification {
    private let reactor: Reactor
    private let address: SocketAddress
    private var descriptor: Int32
    private var watchdog: Timer?

    /// Nil where nobody wants to be told: without `NOTIFY_SOCKET`.
    public convenience init?(on reactor: Reactor) {
        self.init(on: reactor, environment: environmentValue, process: ownProcessID())
    }

    init?(on reactor: Reactor, environment: (String) -> String?, process: Int32) {
        guard let name = environment("NOTIFY_SOCKET"), let first = name.utf8.first else {
            return nil
        }
        switch first {
        case UInt8(ascii: "/"): address = .unix(path: name)
        case UInt8(ascii: "@"): address = .abstract(name: Array(name.utf8.dropFirst()))
        default: return nil
        }
        let socket = reactor.kernel.socket(.unix, .datagram)
        guard socket.isSuccess else { return nil }
        self.reactor = reactor
        descriptor = Int32(truncatingIfNeeded: socket.rawValue)
        watch(environment, process)
        reactor.add(to: .beforeShutDown) { [weak self] _, done in
            self?.send("STOPPING=1")
            done()
        }
        reactor.add(to: .afterShutDown) { [weak self] _, done in
            self?.close()
            done()
        }
    }

    /// Everything that was promised is open: whoever waits for this program may go on.
    ///
    /// - Parameter status: what `systemctl status` shows.
    public func ready(_ status: String) {
        send("READY=1\nSTATUS=\(Self.line(status))")
    }

    /// What `systemctl status` shows from now on.
    public func say(_ status: String) { send("STATUS=\(Self.line(status))") }

    private func watch(_ environment: (String) -> String?, _ process: Int32) {
        guard let text = environment("WATCHDOG_USEC"),
            let span = decimalNumber(text.utf8, atMost: 1 << 50), span > 0,
            environment("WATCHDOG_PID").map({ $0 == "\(process)" }) ?? true
        else { return }
        watchdog = reactor.every(.microseconds(span / 2)) { [weak self] in
            self?.send("WATCHDOG=1")
        }
    }

    /// What cannot be sent now is not sent: the manager must never hold the loop.
    private func send(_ text: String) {
        guard descriptor >= 0 else { return }
        let bytes = Array(text.utf8)
        _ = reactor.kernel.send(descriptor, bytes.span, to: address)
    }

    private func close() {
        watchdog?.cancel()
        if descriptor >= 0 { reactor.kernel.close(descriptor) }
        descriptor = -1
    }

    /// A line end would begin another variable.
    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
