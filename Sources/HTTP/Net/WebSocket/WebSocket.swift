// An open WebSocket of either role. Pings are answered here, a silent peer is asked and then given
// up, and both closing handshakes end here: whoever speaks over it sees messages and one end. What
// it sends has no queue of its own: the transport's limits are the limits.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire

/// A WebSocket (RFC 6455), on the server's or the client's side.
public final class WebSocket: StreamProtocol {
    private enum Phase {
        case open
        /// We have sent a close frame and await the peer's.
        case closing
        case over
    }

    /// The sub-protocol that was agreed upon; nil for none.
    public let subprotocol: String?
    /// How messages are compressed; nil when they are not.
    public var deflate: WebSocketDeflate? { compression?.agreed }
    private let compression: MessageCompression?
    private let role: WebSocketRole
    private let limits: HTTPLimits
    private let user: any WebSocketProtocol
    private var reader: WebSocketReader
    private var transport: (any Transport)?
    private var phase = Phase.open
    private var timer: Timer?
    private var hasAsked = false
    private var isTold = false
    private var mask = SystemRandomNumberGenerator()

    init(
        _ role: WebSocketRole, _ user: any WebSocketProtocol,
        _ agreement: WebSocketHandshake.Agreement, limits: HTTPLimits
    ) {
        self.role = role
        self.user = user
        subprotocol = agreement.subprotocol
        compression = agreement.deflate.map { MessageCompression($0, role) }
        self.limits = limits
        reader = WebSocketReader(role, limits: limits, isDeflated: agreement.deflate != nil)
    }

    // MARK: Sending

    /// Sends a text.
    public func send(_ text: String) {
        if compression != nil { return sendDeflated(Array(text.utf8), isText: true) }
        send { WebSocketWriter.text(text, mask: $0) }
    }

    /// Sends bytes.
    public func send(_ bytes: [UInt8]) {
        if compression != nil { return sendDeflated(bytes, isText: false) }
        send { WebSocketWriter.binary(bytes, mask: $0) }
    }

    private func sendDeflated(_ bytes: [UInt8], isText: Bool) {
        guard phase == .open else { return }
        let small = compression?.compress(bytes)
        send { mask in
            if let small { return WebSocketWriter.deflated(small, isText: isText, mask: mask) }
            return WebSocketWriter.message(bytes, isText: isText, mask: mask)
        }
    }

    /// Sends a frame that many others get too, by reference; on the server's side only.
    ///
    /// Never compressed: what a listener has heard before, and can refer to, is his alone.
    /// - Parameter frame: what `WebSocketWriter` makes without a mask.
    public func send(frame: [UInt8]) {
        guard phase == .open, role == .server else { return }
        transport?.write(shared: frame)
    }

    /// Asks the peer whether it is there.
    public func ping(_ bytes: [UInt8] = []) {
        send { WebSocketWriter.ping(bytes, mask: $0) }
    }

    /// Whether more is queued than the peer takes.
    public var isBlocked: Bool { transport?.isWriteBlocked ?? true }
    /// The marks and the limit of what is queued.
    public var writeLimits: WriteLimits {
        get { transport?.writeLimits ?? WriteLimits() }
        set { transport?.writeLimits = newValue }
    }
    /// The other end, for logs.
    public var peerAddress: TransportAddress { transport?.peerAddress ?? .other("gone") }

    private func send(_ frame: (UInt32?) -> [UInt8]) {
        guard phase == .open else { return }
        transport?.write(shared: frame(nextMask))
    }

    /// A new random number for each frame of a client; nil for a server.
    private var nextMask: UInt32? {
        role == .client ? UInt32.random(in: 0 ... .max, using: &mask) : nil
    }

    // MARK: Closing

    /// Begins the closing handshake; what was sent before still arrives.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") {
        guard phase == .open else { return }
        transport?.write(shared: WebSocketWriter.close(code, reason: reason, mask: nextMask))
        phase = .closing
        timer?.reset(after: limits.webSocketClose)
    }

    /// Ends it at once, without a word.
    public func abort() { transport?.abort() }

    private func peerCloses(_ code: WebSocketCloseCode, _ reason: String) {
        if phase == .open {
            transport?.write(shared: WebSocketWriter.close(code, mask: nextMask))
        }
        finish(code, reason)
        // The server closes first (RFC 6455, 7.1.1); a client gives it the time to.
        if role == .server { transport?.close() } else { transport?.closeWrite() }
        timer?.reset(after: limits.webSocketClose)
    }

    private func failed(_ fault: WebSocketFault) {
        if phase == .open {
            transport?.write(
                shared: WebSocketWriter.close(fault.code, reason: fault.message, mask: nextMask))
        }
        finish(fault.code, fault.message)
        transport?.close()
    }

    /// Tells the user of the end, once.
    private func finish(_ code: WebSocketCloseCode, _ reason: String) {
        phase = .over
        if isTold { return }
        isTold = true
        user.closed(code, reason: reason, on: self)
    }

    // MARK: The transport's calls

    public func connectionMade(on transport: any Transport) {
        self.transport = transport
        timer = transport.reactor.after(limits.webSocketPing) { [weak self] in self?.timePassed() }
        user.opened(self)
    }

    public func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        if phase == .over { return }
        hasAsked = false
        if phase == .open { timer?.reset(after: limits.webSocketPing) }
        var place = 0
        do throws(WebSocketFault) {
            while phase != .over, let event = try reader.step(bytes, &place) {
                handle(try inflated(event))
            }
        } catch {
            failed(error)
        }
    }

    /// A message as it was before it was compressed.
    private func inflated(_ event: WebSocketEvent) throws(WebSocketFault) -> WebSocketEvent {
        guard case .deflated(let small, let isText) = event, let compression else { return event }
        let bytes: [UInt8]
        do throws(Decompressor.Fault) {
            bytes = try compression.decompress(small, upTo: limits.webSocketMessage)
        } catch {
            throw error == .tooLong
                ? WebSocketFault(.tooBig, "a message above \(limits.webSocketMessage) bytes")
                : WebSocketFault(.invalidText, "a message that cannot be decompressed")
        }
        if !isText { return .binary(bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw WebSocketFault(.invalidText, "text that is not UTF-8")
        }
        return .text(text)
    }

    private func handle(_ event: WebSocketEvent) {
        switch event {
        case .text(let text): if phase == .open { user.received(text, on: self) }
        case .binary(let bytes): if phase == .open { user.received(bytes, on: self) }
        // A peer that asks without listening to the answers gets none: the queue stays bounded.
        case .ping(let bytes): if !isBlocked { send { WebSocketWriter.pong(bytes, mask: $0) } }
        case .pong, .deflated: break
        case .close(let code, let reason): peerCloses(code, reason)
        }
    }

    private func timePassed() {
        switch phase {
        case .open where !hasAsked:
            hasAsked = true
            ping()
            timer?.reset(after: limits.webSocketPing)
        case .open: transport?.abort(.timedOut("a WebSocket was silent"))
        case .closing, .over: transport?.abort(.timedOut("a WebSocket did not close"))
        }
    }

    public func writeReady(on transport: any Transport) {
        if phase == .open { user.writeReady(on: self) }
    }

    public func readEnded(on transport: any Transport) { transport.close() }

    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        finish(.abnormal, "")
        self.transport = nil
    }
}
