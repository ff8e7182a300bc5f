// What is agreed upon about compression (RFC 7692, 7.1), by table for both sides, and where the
// bit that says that a message is compressed may stand. What the compressed bytes are is tested
// where zlib is: in HTTPTests.
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct WebSocketDeflateTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let plain = WebSocketDeflate()
    private static let small = WebSocketDeflate(
        serverForgets: true, clientForgets: true, serverWindowBits: 10, clientWindowBits: 11)

    private func answer(_ offer: String, _ wishes: WebSocketDeflate?) throws
        -> WebSocketHandshake.Agreement
    {
        let head = try head(
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: \(Self.key)\r\nSec-WebSocket-Extensions: \(offer)\r\n")
        return try WebSocketHandshake.answer(head, deflate: wishes)
    }

    @Test(arguments: [
        ("permessage-deflate", plain, "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits", plain, "permessage-deflate"),
        (
            "permessage-deflate; client_max_window_bits=10", plain,
            "permessage-deflate; client_max_window_bits=10"
        ),
        (
            "permessage-deflate; server_max_window_bits=9", plain,
            "permessage-deflate; server_max_window_bits=9"
        ),
        (
            "permessage-deflate;server_max_window_bits=\"12\" ; server_no_context_takeover", plain,
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=12"
        ),
        (
            "permessage-deflate; client_no_context_takeover", plain,
            "permessage-deflate; client_no_context_takeover"
        ),
        // The first that can be met.
        (
            "x-other, permessage-deflate; nobody_knows, permessage-deflate", plain,
            "permessage-deflate"
        ),
        (
            "permessage-deflate; server_max_window_bits=8, permessage-deflate", plain,
            "permessage-deflate"
        ),
        // What the server wishes; a client that cannot be told its window keeps it.
        (
            "permessage-deflate", small,
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10"
        ),
        (
            "permessage-deflate; client_max_window_bits", small,
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10; client_max_window_bits=11"
        ),
    ])
    func anOfferIsAnswered(offer: String, wishes: WebSocketDeflate, field: String) throws {
        let agreement = try answer(offer, wishes)
        #expect(agreement.fields[.secWebSocketExtensions] == field)
        #expect(agreement.deflate != nil)
        #expect(try answer(offer, nil).fields[.secWebSocketExtensions] == nil)
    }

    @Test(arguments: [
        "x-other", "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_max_window_bits", "permessage-deflate; a=b",
        "permessage-deflate; server_max_window_bits=16", "Permessage-Deflate",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=09",
        "permessage-deflate; client_max_window_bits=8a",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
    ])
    func anOfferThatCannotBeMetIsDeclined(offer: String) throws {
        let agreement = try answer(offer, Self.plain)
        #expect(agreement.deflate == nil)
        #expect(!agreement.fields.contains(.secWebSocketExtensions))
    }

    @Test(arguments: [
        "permessage-deflate;", "permessage-deflate; =", "a b", ",", "a; b=", "a; b=\"",
        "a; b=\"c d\"",
        "a; b=\"\"", "", String(repeating: "a,", count: 40) + "a",
        "a" + String(repeating: ";b", count: 40),
    ])
    func aListThatIsNoneIsRefused(offer: String) {
        #expect(throws: WebSocketHandshake.Refusal.self) { try answer(offer, nil) }
    }

    // MARK: The client

    private func check(
        _ answer: String, _ wishes: WebSocketDeflate?
    ) throws -> WebSocketDeflate? {
        var parser = ResponseParser()
        try parser.expect(.get)
        var place = 0
        let bytes = Array(
            ("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(WebSocketHandshake.accept(Self.key))\r\n"
                + "Sec-WebSocket-Extensions: \(answer)\r\n\r\n").utf8)
        try #require(try parser.step(bytes.span, &place) == .head)
        return try WebSocketHandshake.check(
            parser.head, key: Self.key, protocols: [], deflate: wishes
        ).deflate
    }

    @Test func aClientOffersItsWishes() {
        func offer(_ wishes: WebSocketDeflate?) -> String? {
            WebSocketHandshake.request(key: Self.key, deflate: wishes)[.secWebSocketExtensions]
        }
        #expect(offer(nil) == nil)
        #expect(offer(Self.plain) == "permessage-deflate; client_max_window_bits")
        #expect(
            offer(Self.small)
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10; client_max_window_bits=11")
    }

    @Test func aClientTakesWhatBelongsToItsOffer() throws {
        let whole = try #require(try check("permessage-deflate", Self.plain))
        #expect(whole == Self.plain)
        let less = try #require(
            try check(
                "permessage-deflate; server_no_context_takeover; client_max_window_bits=9; "
                    + "server_max_window_bits=8", Self.plain))
        #expect(less.serverForgets && !less.clientForgets)
        #expect(less.serverWindowBits == 8 && less.clientWindowBits == 9)
        let small = "permessage-deflate; server_no_context_takeover; server_max_window_bits=10"
        let kept = try #require(try check(small, Self.small))
        #expect(kept.clientForgets && kept.clientWindowBits == 11)
    }

    @Test(arguments: [
        ("permessage-deflate", nil), ("x-other", plain),
        ("permessage-deflate, permessage-deflate", plain), ("permessage-deflate, x", plain),
        ("permessage-deflate; client_max_window_bits", plain),
        ("permessage-deflate; client_max_window_bits=8", plain),
        ("permessage-deflate; client_max_window_bits=16", plain),
        ("permessage-deflate; a", plain), ("permessage-deflate; server_max_window_bits", plain),
        ("permessage-deflate", small),
        ("permessage-deflate; server_max_window_bits=10", small),
        ("permessage-deflate; server_no_context_takeover", small),
        ("permessage-deflate; server_no_context_takeover; server_max_window_bits=11", small),
        (
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; "
                + "client_max_window_bits=12", small
        ),
    ])
    func whatWasNotOfferedIsTheEnd(answer: String, wishes: WebSocketDeflate?) {
        #expect(throws: HTTPFault.self) { try check(answer, wishes) }
    }

    // MARK: The bit

    /// First bytes of frames of a server, and whether they may come; one letter each.
    @Test(arguments: [
        ([0xC1], true, true), ([0xC2], true, true), ([0xC1], false, false),
        ([0x41, 0x80], true, true), ([0x41, 0xC0], true, false), ([0x01, 0xC0], true, false),
        ([0xC8], true, false), ([0xC9], true, false), ([0xCA], true, false),
        ([0xA1], true, false), ([0x91], true, false), ([0xE1], true, false), ([0xD2], true, false),
        ([0x41, 0x89, 0x80], true, true), ([0x41, 0xC9, 0x80], true, false),
        ([0xC1, 0x81], true, true), ([0xC0], true, false),
    ])
    func theBitStandsOnTheFirstFrameOnly(starts: [UInt8], isDeflated: Bool, isRight: Bool) {
        for pieces in cuts(starts.flatMap { [$0, 1, 0x61] }) {
            var reader = WebSocketReader(.client, isDeflated: isDeflated)
            var fault: WebSocketCloseCode?
            do throws(WebSocketFault) {
                for piece in pieces {
                    var place = 0
                    while try reader.step(piece.span, &place) != nil {}
                }
            } catch { fault = error.code }
            #expect(fault == (isRight ? nil : .protocolError))
        }
    }

    /// Its text is not looked at before it is decompressed; its fragments are one message.
    @Test func aCompressedMessageComesAsItIs() throws {
        let bytes: [UInt8] = [0x41, 2, 0xFF, 0xFE, 0x89, 0, 0x80, 1, 0xFD, 0x81, 1, 0x61]
        var reader = WebSocketReader(.client, isDeflated: true)
        var place = 0
        var events: [WebSocketEvent] = []
        while let event = try reader.step(bytes.span, &place) { events.append(event) }
        #expect(
            events == [.ping([]), .deflated([0xFF, 0xFE, 0xFD], isText: true), .text("a")])
        let frame = WebSocketWriter.deflated([1, 2], isText: false, mask: 0)
        #expect(frame == [0xC2, 0x82, 0, 0, 0, 0, 1, 2])
    }
}
