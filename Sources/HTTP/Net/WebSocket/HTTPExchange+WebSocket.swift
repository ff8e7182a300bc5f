import FairleadEngine
import FairleadHTTPWire
import HTTPTypes

extension HTTPExchange {
    /// Opens a WebSocket over this request's connection, or refuses the request.
    ///
    /// - Parameters:
    ///   - user: what speaks over it.
    ///   - protocols: sub-protocols that `user` speaks, the best first.
    ///   - origins: hosts whose pages may open it; nil for any. A browser always says where a page
    ///     comes from; what has no Origin is no browser, and allowed.
    ///   - deflate: how messages are compressed for a client that asks for it; nil for not at all.
    public func acceptWebSocket(
        _ user: any WebSocketProtocol, protocols: [String] = [], from origins: HostList? = nil,
        deflate: WebSocketDeflate? = nil
    ) {
        guard let connection else { return }
        if let origins, let origin = head[.origin], !origins.allows(origin: origin) {
            return refuse(403, "a page of another site")
        }
        do throws(WebSocketHandshake.Refusal) {
            let agreement = try WebSocketHandshake.answer(
                head, protocols: protocols, deflate: deflate)
            let socket = WebSocket(.server, user, agreement, limits: connection.server.limits)
            if !connection.upgrade(self, to: "websocket", agreement.fields, socket) {
                refuse(400, "a WebSocket in the middle of a pipeline")
            }
        } catch {
            var fields = HTTPFields()
            if error.status == 426 {
                fields[.upgrade] = "websocket"
                fields[.secWebSocketVersion] = "13"
            }
            refuse(error.status, error.detail, fields: fields)
        }
    }

    /// Hands the connection over to another protocol after 101 Switching Protocols.
    ///
    /// - Returns: false when that cannot be done; the request is still to be answered then.
    public func upgrade(
        to name: String, fields: HTTPFields = [:], _ next: any StreamProtocol
    ) -> Bool {
        connection?.upgrade(self, to: name, fields, next) ?? false
    }
}
