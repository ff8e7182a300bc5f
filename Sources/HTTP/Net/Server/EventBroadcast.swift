// One event stream and all who hear it. An event is encoded once, framed as a chunk once, and the
// one array is queued to every listener by reference. What a listener does not take is bounded, by
// one of the three policies; the newest events are kept for those who come back with their last
// id. A system call for each of thousands takes long: a few hundred have their turn, then everybody
// else on the reactor has his, in the order of the events. It must never wait for a listener.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Sends server-sent events to any number of listeners.
public final class EventBroadcast {
    private let reactor: Reactor
    private let writeLimits: WriteLimits
    private let historyLimit: Int
    private let heartbeat: Duration
    private var listeners: [ObjectIdentifier: HTTPExchange] = [:]
    /// The same in the order of their turns, which events share until somebody comes or leaves.
    private var inTurn: [HTTPExchange]?
    private var history: [(id: String, payload: ChunkPayload)] = []
    private var beat: Timer?
    private var isClosed = false
    /// Events that not all have got yet.
    private var rounds: [Round] = []

    /// An event on its way, to those who listened when it was published.
    private struct Round {
        let payload: ChunkPayload
        let listeners: [HTTPExchange]
        var next = 0
    }

    /// - Parameters:
    ///   - historyLimit: events with an id that are kept for listeners that come back.
    ///   - heartbeat: how often a stream without events shows that it lives.
    ///   - slow: what becomes of a listener that does not keep up.
    public init(
        on reactor: Reactor, historyLimit: Int = 100, heartbeat: Duration = .seconds(15),
        slow: WriteLimits = WriteLimits(maximum: 256 * 1024, policy: .conflate)
    ) {
        self.reactor = reactor
        self.historyLimit = max(historyLimit, 0)
        self.heartbeat = heartbeat
        writeLimits = slow
    }

    /// How many listen.
    public var listenerCount: Int { listeners.count }

    /// Answers a request with the stream: a handler.
    public func handle(_ exchange: HTTPExchange) {
        if isClosed { return exchange.refuse(503) }
        exchange.compresses = false
        var response = HTTPResponse(
            status: .ok,
            headerFields: [.contentType: "text/event-stream", .cacheControl: "no-store"])
        // Tells nginx not to gather what it passes on.
        if let name = HTTPField.Name("X-Accel-Buffering") { response.headerFields[name] = "no" }
        guard exchange.begin(response) else { return }
        if exchange.method == .head { return exchange.finish() }
        let key = ObjectIdentifier(exchange)
        listeners[key] = exchange
        inTurn = nil
        exchange.onAbandoned = { [weak self] in self?.left(key) }
        // By its key: a weak reference would make every use of the exchange slower.
        exchange.onShutDown = { [weak self] in self?.left(key)?.finish() }
        exchange.setWriteLimits(writeLimits)
        for payload in missed(exchange.head[HTTPField.Name("Last-Event-ID") ?? .eTag]) {
            exchange.write(payload)
        }
        if beat == nil { startBeating() }
    }

    /// What a listener has not heard yet, by the id that it heard last.
    private func missed(_ lastID: String?) -> [ChunkPayload] {
        guard let lastID, let place = history.firstIndex(where: { $0.id == lastID }) else {
            return []
        }
        return history[(place + 1)...].map(\.payload)
    }

    /// Sends an event to all who listen.
    public func publish(_ event: ServerSentEvent) {
        let payload = ChunkPayload(event.bytes)
        if let id = event.id, !id.isEmpty, historyLimit > 0 {
            if history.count >= historyLimit { history.removeFirst() }
            history.append((id, payload))
        }
        send(payload)
    }

    /// Listeners that are written to in a row.
    private static let share = 250

    private func send(_ payload: ChunkPayload) {
        let isIdle = rounds.isEmpty
        let everybody = inTurn ?? Array(listeners.values)
        inTurn = everybody
        rounds.append(Round(payload: payload, listeners: everybody))
        if isIdle { proceed() }
    }

    /// Writes to the next listeners; the rest follow when others have had their turn.
    private func proceed(atMost limit: Int = share) {
        var left = limit
        while left > 0, var round = rounds.first {
            let end = round.next + min(left, round.listeners.count - round.next)
            for exchange in round.listeners[round.next..<end] { exchange.write(round.payload) }
            left -= end - round.next
            round.next = end
            if end == round.listeners.count {
                rounds.removeFirst()
            } else {
                rounds[0].next = end
            }
        }
        if !rounds.isEmpty { reactor.later { [weak self] in self?.proceed() } }
    }

    /// Ends the stream of everybody; who comes later is answered with 503.
    public func close() {
        isClosed = true
        proceed(atMost: .max)
        let exchanges = listeners.values
        listeners = [:]
        inTurn = nil
        stopBeating()
        for exchange in exchanges { exchange.finish() }
    }

    @discardableResult
    private func left(_ key: ObjectIdentifier) -> HTTPExchange? {
        let exchange = listeners.removeValue(forKey: key)
        inTurn = nil
        if listeners.isEmpty { stopBeating() }
        return exchange
    }

    private func startBeating() {
        let payload = ChunkPayload(ServerSentEvent.heartbeat)
        beat = reactor.every(heartbeat) { [weak self] in self?.send(payload) }
    }

    private func stopBeating() {
        beat?.cancel()
        beat = nil
    }
}

/// Bytes for many receivers, plain and as the chunk that most of them get.
struct ChunkPayload {
    let plain: [UInt8]
    let chunk: [UInt8]

    init(_ bytes: [UInt8]) {
        plain = bytes
        chunk = ResponseWriter.chunk(bytes)
    }
}

extension HTTPExchange {
    /// Sends bytes that many others get too: by reference, when it is this exchange's turn.
    func write(_ payload: ChunkPayload) {
        guard hasBegun, !isAnswered, !writer.suppressesBody else { return }
        guard isFirst, let connection else {
            write(payload.plain)
            return
        }
        connection.writeShared(writer.isChunked ? payload.chunk : payload.plain, for: self)
    }
}
