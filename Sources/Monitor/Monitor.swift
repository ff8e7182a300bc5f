// The monitor at work: events of a gateway in, pictures out. A terminal that takes no more is given
// the newest picture when it does; a gateway that is gone is waited for. Whatever ends it, the
// terminal is as it was before.

import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire

/// Shows a running gateway on a terminal.
public final class Monitor {
    private let reactor: Reactor
    private let client: HTTPClient
    /// Without the slash of the path.
    private let base: String
    private var model = MonitorModel()
    private var settings: MonitorSettings
    private var screen: MonitorScreen
    private var source: EventSource?
    private var timer: Timer?
    private var terminal: (any Transport)?
    private var size: (rows: Int, columns: Int)
    private var isDirty = false
    /// Called once when the user wants no more.
    private let ended: () -> Void

    /// - Parameters:
    ///   - url: of the gateway's web outlet, without a path.
    ///   - ended: called when the user wants no more.
    public init(
        _ url: HTTPURL, on reactor: Reactor, _ settings: MonitorSettings,
        size: (rows: Int, columns: Int), ended: @escaping () -> Void
    ) {
        self.reactor = reactor
        let text = "\(url)"
        base = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.settings = settings
        self.size = size
        self.ended = ended
        client = HTTPClient(on: reactor)
        screen = MonitorScreen(hasColour: settings.hasColour)
    }

    /// The protocol of the terminal.
    public func makeProtocol() -> any StreamProtocol { Keys(self) }

    private final class Keys: StreamProtocol {
        private weak var monitor: Monitor?
        init(_ monitor: Monitor) { self.monitor = monitor }

        func connectionMade(on transport: any Transport) { monitor?.begin(on: transport) }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            for index in bytes.indices { monitor?.press(bytes[index]) }
        }
        func writeReady(on transport: any Transport) { monitor?.draw() }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            monitor?.ended()
        }
    }

    private func begin(on transport: any Transport) {
        terminal = transport
        transport.write(MonitorScreen.begin)
        timer = reactor.every(.seconds(1)) { [weak self] in self?.draw() }
        subscribe()
        draw()
    }

    /// The terminal as it was.
    public func stop() {
        timer?.cancel()
        timer = nil
        source?.close()
        terminal?.write(MonitorScreen.end)
        terminal?.close()
        terminal = nil
        client.close()
    }

    private func press(_ key: UInt8) {
        if settings.press(key, &model) { return ended() }
        draw()
    }

    /// The terminal has another size.
    public func resize(rows: Int, columns: Int) {
        size = (rows, columns)
        terminal?.write(screen.clear())
        draw()
    }

    // MARK: The gateway

    private func subscribe() {
        guard let events = HTTPURL("\(base)/v1/events") else { return }
        let source = EventSource(
            client, events, backOff: BackOff(initial: .seconds(1), maximum: .seconds(10)))
        source.onState = { [weak self, weak source] state in
            switch state {
            case .open: self?.connected()
            case .waiting:
                self?.model.link = .lost(source?.lastError.map { "\($0)" } ?? "it has ended")
            default: break
            }
            self?.changed()
        }
        source.onEvent = { [weak self] event in
            guard let self else { return }
            model.take(event: event.name, event.data, at: reactor.now)
            changed()
        }
        self.source = source
    }

    /// What was before the first event.
    private func connected() {
        model.link = .connected
        for path in ["/v1/devices", "/v1/position", "/v1/satellites"] {
            guard let url = HTTPURL("\(base)\(path)") else { continue }
            client.fetch(ClientRequest(url), upTo: 1_000_000) { [weak self] result in
                guard let self, case .success(let response) = result, response.status == 200
                else { return }
                model.take(answer: path, response.text, at: reactor.now)
                changed()
            }
        }
    }

    /// Many events at a time are one picture.
    private func changed() {
        if isDirty { return }
        isDirty = true
        reactor.after(.milliseconds(50)) { [weak self] in self?.draw() }
    }

    private func draw() {
        isDirty = false
        guard let terminal, !terminal.isWriteBlocked else { return }
        let lines = MonitorView.lines(
            model, settings, rows: size.rows, columns: size.columns, now: reactor.now)
        let bytes = screen.show(lines)
        if !bytes.isEmpty { terminal.write(bytes) }
    }
}
