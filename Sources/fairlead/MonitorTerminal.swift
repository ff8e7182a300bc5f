import FairleadEngine
import FairleadHTTPWire
import FairleadMonitor

/// The monitor on this program's own terminal, which is as it was when it has ended.
final class MonitorTerminal {
    private let reactor: Reactor
    private let state: LineState
    private var monitor: Monitor?

    /// Nil where there is no terminal that could show it.
    static func isPossible(_ kernel: any Kernel) -> Bool {
        guard kernel.windowSize(of: 0) != nil, kernel.windowSize(of: 1) != nil else { return false }
        return !["", "dumb"].contains(environmentValue("TERM") ?? "")
    }

    /// Shows the gateway at `url` until a key or a signal ends it; then the reactor stops.
    init(_ url: HTTPURL, on reactor: Reactor) throws {
        self.reactor = reactor
        let kernel = reactor.kernel
        state = try kernel.lineState(of: 0).get()
        let settings = MonitorSettings(hasColour: environmentValue("NO_COLOR") == nil)
        let monitor = Monitor(
            url, on: reactor, settings, size: kernel.windowSize(of: 1) ?? (24, 80)
        ) { [weak reactor] in
            reactor?.stop()
        }
        self.monitor = monitor
        _ = try kernel.setLine(0, to: SerialSettings()).get("set the terminal")
        try reactor.signals.on(.windowChange) { [weak self] in self?.resize() }
        reactor.add(to: .beforeShutDown) { [self] _, done in
            stop()
            done()
        }
        reactor.add(to: .afterShutDown) { [kernel, state] _, done in
            _ = kernel.restoreLine(0, to: state)
            done()
        }
        try reactor.connect("stdio:") { _ in monitor.makeProtocol() }
    }

    private func resize() {
        guard let size = reactor.kernel.windowSize(of: 1) else { return }
        monitor?.resize(rows: size.rows, columns: size.columns)
    }

    private func stop() {
        monitor?.stop()
        monitor = nil
    }
}
