// The opening handshake (RFC 6455, 4) on both sides. Linear in what it reads, and no regular
// expression: a list of sub-protocols with 32,000 spaces in it has stopped others.
import HTTPTypes

/// The opening handshake of WebSocket.
public enum WebSocketHandshake {
    /// Why a request does not open a WebSocket, with the status that says so.
    public struct Refusal: Error, Hashable, Sendable {
        public let status: Int
        public let detail: String
    }

    /// What answers a key.
    public static func accept(_ key: String) -> String {
        Base64.encoded(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// Reads a client's request and gives the fields of the answer.
    ///
    /// - Parameter protocols: sub-protocols that the server speaks, the best first.
    public static func answer(
        _ head: RequestHead, protocols: [String] = []
    ) throws(Refusal) -> HTTPFields {
        guard head.method == .get, !head.isHTTP10, !head.hasBody else {
            throw Refusal(status: 400, detail: "a WebSocket is opened by GET in HTTP/1.1")
        }
        guard head.upgrade?.lowercased() == "websocket" else {
            throw Refusal(status: 426, detail: "this is a WebSocket")
        }
        guard head[.secWebSocketVersion] == "13" else {
            throw Refusal(status: 426, detail: "the version of WebSocket is 13")
        }
        guard head.block.values(of: .secWebSocketKey).count == 1,
            let key = head[.secWebSocketKey], Base64.decoded(key)?.count == 16
        else { throw Refusal(status: 400, detail: "a key is 16 bytes in base 64") }
        var fields: HTTPFields = [.secWebSocketAccept: accept(key)]
        let offered = head.block.values(of: .secWebSocketProtocol).flatMap(names)
        if let chosen = protocols.first(where: offered.contains) {
            fields[.secWebSocketProtocol] = chosen
        }
        return fields
    }

    /// The fields of a client's request.
    public static func request(key: String, protocols: [String] = []) -> HTTPFields {
        var fields: HTTPFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13",
            .secWebSocketKey: key,
        ]
        if !protocols.isEmpty {
            fields[.secWebSocketProtocol] = protocols.joined(separator: ", ")
        }
        return fields
    }

    /// Reads a server's answer; gives the sub-protocol that it chose.
    public static func check(
        _ head: ResponseHead, key: String, protocols: [String]
    ) throws(HTTPFault) -> String? {
        guard head.status == 101, head[.upgrade]?.lowercased() == "websocket",
            head[.secWebSocketAccept] == accept(key)
        else { throw .remote(502, "the server does not open a WebSocket") }
        if head.block.contains(.secWebSocketExtensions) {
            throw .remote(502, "an extension that was not asked for")
        }
        let chosen = head[.secWebSocketProtocol]
        if let chosen, !protocols.contains(chosen) {
            throw .remote(502, "a sub-protocol that was not asked for")
        }
        return chosen
    }

    private static func names(_ field: String) -> [String] {
        field.parts(by: ",", atMost: 65).map { String(String($0).trimmedBlanks) }
    }
}
