// The client of an event stream (HTML standard, 9.2): it stays connected. When the stream ends it
// comes back with the last id that it heard, after the time that the server asked for, and later
// each time when it fails; 204 tells it to stay away. Whoever uses it sees events and nothing of
// this.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// A lasting subscription to an event stream.
public final class EventSource {
    /// What the subscription is doing.
    public enum State: Hashable, Sendable {
        case connecting
        case open
        /// Between two attempts.
        case waiting
        /// Closed, by us or by the server's 204.
        case closed
    }

    /// Called with each event.
    public var onEvent: ((ServerSentEvent) -> Void)?
    /// Called at each change.
    public var onState: ((State) -> Void)?
    public private(set) var state = State.connecting {
        didSet { if state != oldValue { onState?(state) } }
    }
    /// Why the last attempt ended; nil while there was none.
    public private(set) var lastError: HTTPClientError?
    /// The id that was heard last.
    public private(set) var lastEventID = ""

    private let client: HTTPClient
    private var request: ClientRequest
    private var parser = EventStreamParser()
    private var call: HTTPCall?
    private var timer: Timer?
    private let backOff: BackOff
    private var failures = 0
    private var retry: Duration?

    /// Subscribes at once.
    ///
    /// - Parameters:
    ///   - backOff: how long to wait from failure to failure; the server's `retry` is the least.
    ///   - idle: how long the stream may be silent, heartbeats included.
    public init(
        _ client: HTTPClient, _ url: HTTPURL, fields: HTTPFields = [:],
        backOff: BackOff = BackOff(), idle: Duration = .seconds(60)
    ) {
        self.client = client
        self.backOff = backOff
        request = ClientRequest(url, fields: fields)
        request.fields[.accept] = "text/event-stream"
        request.fields[.cacheControl] = "no-store"
        request.timeouts.total = nil
        request.timeouts.idle = idle
        connect()
    }

    deinit {
        timer?.cancel()
        call?.cancel()
    }

    /// Ends the subscription.
    public func close() {
        guard state != .closed else { return }
        state = .closed
        timer?.cancel()
        timer = nil
        let call = call
        self.call = nil
        call?.cancel()
    }

    private func connect() {
        state = .connecting
        parser = EventStreamParser(maximum: client.limits.webSocketMessage)
        if let name = HTTPField.Name("Last-Event-ID") {
            request.fields[name] = lastEventID.isEmpty ? nil : lastEventID
        }
        call = client.send(request) { call in
            call.onHead = { [weak self] in self?.received($0) }
            call.onData = { [weak self] in self?.received($0) }
            call.onEnd = { [weak self] in self?.ended($0) }
        }
    }

    private func received(_ response: HTTPResponse) {
        if response.status.code == 204 { return close() }
        let type = MediaType(response.headerFields[.contentType] ?? "")?.essence
        guard response.status.code == 200, type == "text/event-stream" else {
            let text = "status \(response.status.code) is no event stream"
            lastError = .fault(HTTPFault(.remote, status: 502, text))
            call?.cancel()
            return
        }
        state = .open
        failures = 0
    }

    private func received(_ bytes: Span<UInt8>) {
        guard state == .open else { return }
        parser.feed(bytes) { event in
            if let id = event.id, !id.isEmpty { lastEventID = id }
            if state == .open { onEvent?(event) }
        }
        if let milliseconds = parser.retry { retry = .milliseconds(milliseconds) }
    }

    private func ended(_ result: Result<HTTPFields?, HTTPClientError>) {
        call = nil
        if state == .closed { return }
        if case .failure(let error) = result, error != .cancelled { lastError = error }
        state = .waiting
        failures += 1
        let pause = backOff.pause(after: failures, &client.reactor.random)
        let delay = max(pause, retry ?? .zero)
        timer = client.reactor.after(delay) { [weak self] in
            guard let self, state == .waiting else { return }
            timer = nil
            connect()
        }
    }
}
