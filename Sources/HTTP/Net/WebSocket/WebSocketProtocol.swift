import FairleadEngine
import FairleadHTTPWire

/// What speaks over a WebSocket; all calls come on the reactor's thread.
public protocol WebSocketProtocol: AnyObject {
    /// The WebSocket is open; called once, before anything else.
    func opened(_ socket: WebSocket)
    /// A text has come.
    func received(_ text: String, on socket: WebSocket)
    /// Bytes have come.
    func received(_ bytes: [UInt8], on socket: WebSocket)
    /// What was queued has drained after `isBlocked` was true.
    func writeReady(on socket: WebSocket)
    /// The WebSocket is over; called once, after everything else.
    ///
    /// - Parameter code: the peer's, `none` when it gave none, `abnormal` when it just went.
    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket)
}

extension WebSocketProtocol {
    public func opened(_ socket: WebSocket) {}
    public func received(_ text: String, on socket: WebSocket) {}
    public func received(_ bytes: [UInt8], on socket: WebSocket) {}
    public func writeReady(on socket: WebSocket) {}
    public func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) {}
}
