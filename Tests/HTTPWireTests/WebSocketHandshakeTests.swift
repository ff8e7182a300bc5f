import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct WebSocketHandshakeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
    private static let version = "Sec-WebSocket-Version: 13\r\n"
    private static let good = upgrade + version + "Sec-WebSocket-Key: \(key)\r\n"

    @Test func theAnswerIsThatOfTheStandard() throws {
        #expect(WebSocketHandshake.accept(Self.key) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        let head = try head(Self.good + "Sec-WebSocket-Protocol: b , chat\r\n")
        let fields = try WebSocketHandshake.answer(head, protocols: ["chat", "b"]).fields
        #expect(fields[.secWebSocketAccept] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(fields[.secWebSocketProtocol] == "chat")
        #expect(!fields.contains(.secWebSocketExtensions))
        #expect(try WebSocketHandshake.answer(head).subprotocol == nil)
    }

    @Test(arguments: [
        ("COMP-UPGRADE-POST", good, "POST", 400),
        (
            "COMP-UPGRADE-MISSING-CONN",
            "Upgrade: websocket\r\n" + version + "Sec-WebSocket-Key: \(key)\r\n", "GET", 426
        ),
        (
            "COMP-UPGRADE-UNKNOWN",
            "Connection: Upgrade\r\nUpgrade: x\r\n" + version + "Sec-WebSocket-Key: \(key)\r\n",
            "GET", 426
        ),
        (
            "COMP-UPGRADE-INVALID-VER",
            upgrade + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: \(key)\r\n", "GET", 426
        ),
        ("no version", upgrade + "Sec-WebSocket-Key: \(key)\r\n", "GET", 426),
        ("no key", upgrade + version, "GET", 400),
        ("a short key", upgrade + version + "Sec-WebSocket-Key: AAAA\r\n", "GET", 400),
        ("a key that is none", upgrade + version + "Sec-WebSocket-Key: <script>\r\n", "GET", 400),
        ("two keys", good + "Sec-WebSocket-Key: \(key)\r\n", "GET", 400),
        ("a body", good + "Content-Length: 1\r\n", "GET", 400),
    ])
    func whatIsNoHandshakeIsRefused(name: String, fields: String, method: String, status: Int)
        throws
    {
        let head = try head(fields, method: method)
        let error = #expect(throws: WebSocketHandshake.Refusal.self) {
            try WebSocketHandshake.answer(head)
        }
        #expect(error?.status == status)
    }

    /// H12: many blanks in a list of sub-protocols.
    @Test func manyBlanksAreNoWork() throws {
        let blanks = String(repeating: " ", count: 12_000)
        let head = try head(Self.good + "Sec-WebSocket-Protocol: b\(blanks)x\r\n")
        #expect(try WebSocketHandshake.answer(head, protocols: ["b"]).fields.count == 1)
    }

    private func responseHead(_ fields: String, status: Int = 101) throws -> ResponseHead {
        var parser = ResponseParser()
        try parser.expect(.get)
        var place = 0
        let bytes = Array("HTTP/1.1 \(status) X\r\n\(fields)\r\n".utf8)
        try #require(try parser.step(bytes.span, &place) == .head)
        return parser.head
    }

    @Test func aClientChecksTheAnswer() throws {
        let accept = "Sec-WebSocket-Accept: \(WebSocketHandshake.accept(Self.key))\r\n"
        let upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        let good = try responseHead(upgrade + accept + "Sec-WebSocket-Protocol: a\r\n")
        let agreement = try WebSocketHandshake.check(good, key: Self.key, protocols: ["a"])
        #expect(agreement.subprotocol == "a" && agreement.deflate == nil)
        let fields = [
            upgrade, accept, upgrade + accept + "Sec-WebSocket-Extensions: x\r\n",
            upgrade + accept + "Sec-WebSocket-Protocol: b\r\n",
            upgrade + "Sec-WebSocket-Accept: AAAA\r\n",
        ]
        for bad in try fields.map({ try responseHead($0) }) {
            #expect(throws: HTTPFault.self) {
                try WebSocketHandshake.check(bad, key: Self.key, protocols: ["a"])
            }
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsThatOfTheStandard(text: String, encoded: String) {
        #expect(Base64.encoded(Array(text.utf8)) == encoded)
        #expect(Base64.decoded(encoded) == Array(text.utf8))
    }

    @Test(arguments: ["Z", "Zg=", "Zg", "Zh==", "Z===", "====", "Zm9v\n", "Zm 9", "é==="])
    func whatIsNoBase64IsNil(text: String) {
        #expect(Base64.decoded(text) == nil)
    }
}
