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

    /// What both sides have agreed upon.
    public struct Agreement: Hashable, Sendable {
        /// The fields of the server's answer.
        public var fields: HTTPFields = [:]
        /// The sub-protocol; nil for none.
        public var subprotocol: String?
        /// How messages are compressed; nil when they are not.
        public var deflate: WebSocketDeflate?
    }

    /// Reads a client's request and gives the answer.
    ///
    /// - Parameters:
    ///   - protocols: sub-protocols that the server speaks, the best first.
    ///   - deflate: how it would compress messages; nil when it does not.
    public static func answer(
        _ head: RequestHead, protocols: [String] = [], deflate: WebSocketDeflate? = nil
    ) throws(Refusal) -> Agreement {
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
        guard let offers = ExtensionList(head.block.values(of: .secWebSocketExtensions)) else {
            throw Refusal(status: 400, detail: "a list of extensions that is none")
        }
        var agreement = Agreement()
        agreement.fields[.secWebSocketAccept] = accept(key)
        let offered = head.block.values(of: .secWebSocketProtocol).flatMap(names)
        agreement.subprotocol = protocols.first(where: offered.contains)
        agreement.fields[.secWebSocketProtocol] = agreement.subprotocol
        if let (agreed, field) = deflate?.answer(to: offers) {
            agreement.deflate = agreed
            agreement.fields[.secWebSocketExtensions] = field
        }
        return agreement
    }

    /// The fields of a client's request.
    public static func request(
        key: String, protocols: [String] = [], deflate: WebSocketDeflate? = nil
    ) -> HTTPFields {
        var fields: HTTPFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13",
            .secWebSocketKey: key,
        ]
        if !protocols.isEmpty {
            fields[.secWebSocketProtocol] = protocols.joined(separator: ", ")
        }
        fields[.secWebSocketExtensions] = deflate?.offer
        return fields
    }

    /// Reads a server's answer; gives what it chose.
    public static func check(
        _ head: ResponseHead, key: String, protocols: [String], deflate: WebSocketDeflate? = nil
    ) throws(HTTPFault) -> Agreement {
        guard head.status == 101, head[.upgrade]?.lowercased() == "websocket",
            head[.secWebSocketAccept] == accept(key)
        else { throw .remote(502, "the server does not open a WebSocket") }
        var agreement = Agreement()
        let answers = head.block.values(of: .secWebSocketExtensions)
        if !answers.isEmpty {
            guard let list = ExtensionList(answers), let agreed = deflate?.agreed(by: list) else {
                throw .remote(502, "an extension that was not asked for")
            }
            agreement.deflate = agreed
        }
        agreement.subprotocol = head[.secWebSocketProtocol]
        if let chosen = agreement.subprotocol, !protocols.contains(chosen) {
            throw .remote(502, "a sub-protocol that was not asked for")
        }
        return agreement
    }

    private static func names(_ field: String) -> [String] {
        field.parts(by: ",", atMost: 65).map { String(String($0).trimmedBlanks) }
    }
}
