// Frames by table: what RFC 6455 allows, what it forbids, and what broke others (W1 to W5). The
// rows of W9 follow the sections of the Autobahn suite: framing, pings, reserved bits, opcodes,
// fragmentation, UTF-8, closing, limits.
import FairleadHTTPWire
import FairleadWire
import Testing

/// What was read, at whatever cut.
private struct Reading: Equatable {
    var events: [WebSocketEvent] = []
    var fault: WebSocketCloseCode?
}

private func read(
    _ pieces: [[UInt8]], _ role: WebSocketRole = .client, _ limits: HTTPLimits = HTTPLimits()
) -> Reading {
    var reader = WebSocketReader(role, limits: limits)
    var reading = Reading()
    do throws(WebSocketFault) {
        for piece in pieces {
            var place = 0
            while let event = try reader.step(piece.span, &place) { reading.events.append(event) }
        }
    } catch {
        reading.fault = error.code
    }
    return reading
}

/// An unmasked frame by its first byte.
private func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [first, UInt8(payload.count)] + payload
}

private func text(_ first: UInt8, _ payload: String) -> [UInt8] {
    frame(first, Array(payload.utf8))
}

/// Frames of a server, what is found, and the code by which they are refused.
struct FrameRow: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let events: [WebSocketEvent]
    let fault: WebSocketCloseCode?

    init(
        _ name: String, _ bytes: [UInt8], _ events: [WebSocketEvent] = [],
        _ fault: WebSocketCloseCode? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.events = events
        self.fault = fault
    }

    var testDescription: String { name }
}

private let framing: [FrameRow] = [
    FrameRow("1.1 an empty text", text(0x81, ""), [.text("")]),
    FrameRow("1.1 a text", text(0x81, "Hello"), [.text("Hello")]),
    FrameRow(
        "1.1 125 bytes", frame(0x82, Array(repeating: 7, count: 125)),
        [.binary(Array(repeating: 7, count: 125))]),
    FrameRow(
        "1.2 126 bytes", [0x82, 126, 0, 126] + Array(repeating: 1, count: 126),
        [.binary(Array(repeating: 1, count: 126))]),
    FrameRow("2.1 a ping", text(0x89, "hi"), [.ping(Array("hi".utf8))]),
    FrameRow("2.5 a ping of 126 bytes", [0x89, 126, 0, 126], [], .protocolError),
    FrameRow("2.7 a pong that nobody asked for", text(0x8A, "x"), [.pong(Array("x".utf8))]),
    FrameRow("3.1 a reserved bit", text(0xC1, "a"), [], .protocolError),
    FrameRow(
        "3.2 another behind a text", text(0x81, "a") + text(0xA1, "b"), [.text("a")],
        .protocolError),
    FrameRow("3.7 on a close", frame(0x98, []), [], .protocolError),
    FrameRow("4.1 opcode 3", frame(0x83, []), [], .protocolError),
    FrameRow("4.2 opcode 11", frame(0x8B, []), [], .protocolError),
    FrameRow("5.1 a ping in fragments", text(0x09, "a"), [], .protocolError),
    FrameRow("5.3 two fragments", text(0x01, "a") + text(0x80, "b"), [.text("ab")]),
    FrameRow(
        "5.6 a ping between", text(0x01, "a") + text(0x89, "p") + text(0x80, "b"),
        [.ping(Array("p".utf8)), .text("ab")]),
    FrameRow("5.9 a continuation of nothing", text(0x80, "a"), [], .protocolError),
    FrameRow(
        "5.15 a continuation after the end",
        text(0x01, "a") + text(0x80, "b") + text(0x00, "c"), [.text("ab")], .protocolError),
    FrameRow("5.18 a text within a text", text(0x01, "a") + text(0x81, "b"), [], .protocolError),
    FrameRow("a length that is too long", [0x82, 126, 0, 5, 1, 2, 3, 4, 5], [], .protocolError),
    FrameRow(
        "a length of eight bytes for two", [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 5], [],
        .protocolError),
    FrameRow(
        "W2 a length of 64 bits",
        [0x82, 0x7F] + Array(repeating: 0xFF, count: 8), [], .protocolError),
    FrameRow(
        "W2 a length of 63 bits", [0x82, 0x7F, 0x7F] + Array(repeating: 0xFF, count: 7), [],
        .tooBig),
    FrameRow("W1 a masked frame from a server", [0x81, 0x81, 0, 0, 0, 0, 65], [], .protocolError),
]

private let texts: [FrameRow] = [
    FrameRow(
        "6.2 a character in two fragments",
        frame(0x01, [0xCE]) + frame(0x80, [0xBA]), [.text("κ")]),
    FrameRow("6.3 not UTF-8", frame(0x81, [0x61, 0xFF]), [], .invalidText),
    FrameRow("6.4 wrong in the first fragment", frame(0x01, [0xF4, 0x90]), [], .invalidText),
    FrameRow("6.6 cut off", frame(0x81, [0xCE]), [], .invalidText),
    FrameRow("6.8 overlong", frame(0x81, [0xC0, 0xAF]), [], .invalidText),
    FrameRow("6.8 overlong with three", frame(0x81, [0xE0, 0x80, 0xAF]), [], .invalidText),
    FrameRow("6.11 the greatest", frame(0x81, [0xF4, 0x8F, 0xBF, 0xBF]), [.text("\u{10FFFF}")]),
    FrameRow("6.16 a surrogate", frame(0x81, [0xED, 0xA0, 0x80]), [], .invalidText),
    FrameRow("6.18 a lone continuation", frame(0x81, [0x80]), [], .invalidText),
    FrameRow("binary need not be", frame(0x82, [0xFF]), [.binary([0xFF])]),
]

private let closings: [FrameRow] =
    [
        FrameRow("7.1 no code", frame(0x88, []), [.close(.none, reason: "")]),
        FrameRow("7.3 one byte", frame(0x88, [3]), [], .protocolError),
        FrameRow("7.3 a code", frame(0x88, [0x03, 0xE8]), [.close(.normal, reason: "")]),
        FrameRow(
            "7.3 a reason", frame(0x88, [0x03, 0xE8] + Array("bye".utf8)),
            [.close(.normal, reason: "bye")]),
        FrameRow(
            "7.5 a reason that is not UTF-8", frame(0x88, [0x03, 0xE8, 0xCE]), [],
            .invalidText),
    ]
    + [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map { code in
        FrameRow(
            "7.9 code \(code)", frame(0x88, [UInt8(code >> 8), UInt8(code & 255)]), [],
            .protocolError)
    }
    + [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map { code in
        FrameRow(
            "7.7 code \(code)", frame(0x88, [UInt8(code >> 8), UInt8(code & 255)]),
            [.close(WebSocketCloseCode(rawValue: UInt16(code)), reason: "")])
    }

@Suite struct WebSocketTests {
    @Test(arguments: framing + texts + closings)
    func framesAreReadAtEachCut(row: FrameRow) {
        let expected = Reading(events: row.events, fault: row.fault)
        for pieces in cuts(row.bytes) {
            let reading = read(pieces)
            #expect(reading == expected)
            if reading != expected { return }
        }
    }

    /// W1: the bytes are those of HOSTILE.md.
    @Test func aServerRefusesAFrameWithoutAMask() {
        let bytes: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]
        #expect(read([bytes], .server) == Reading(fault: .protocolError))
        #expect(read([bytes], .client) == Reading(events: [.text("Hello")]))
    }

    /// W3: fragments are counted together, before the application sees any.
    @Test func fragmentsAreBoundedInSum() {
        var limits = HTTPLimits()
        limits.webSocketMessage = 1000
        let piece: [UInt8] = [0x00, 0xFE, 0x00, 0xC8, 0, 0, 0, 0] + Array(repeating: 1, count: 200)
        let start: [UInt8] = [0x02, 0x80, 0, 0, 0, 0]
        let enough = start + (0..<5).flatMap { _ in piece } + [0x80, 0x80, 0, 0, 0, 0]
        #expect(read([enough], .server, limits).events.count == 1)
        let more = start + (0..<6).flatMap { _ in piece }
        #expect(read([more], .server, limits) == Reading(fault: .tooBig))
    }

    /// W4: empty fragments cost the sender nothing.
    @Test func fragmentsAreBoundedInNumber() {
        let empty: [UInt8] = [0x00, 0x80, 0, 0, 0, 0]
        let start: [UInt8] = [0x01, 0x80, 0, 0, 0, 0]
        let last: [UInt8] = [0x80, 0x80, 0, 0, 0, 0]
        let most = start + (0..<126).flatMap { _ in empty } + last
        #expect(read([most], .server) == Reading(events: [.text("")]))
        let more = start + (0..<128).flatMap { _ in empty }
        #expect(read([more], .server) == Reading(fault: .tooBig))
    }

    /// W2: nothing is allocated on an announcement.
    @Test func anAnnouncementAllocatesNothing() throws {
        var limits = HTTPLimits()
        limits.webSocketMessage = .max
        var reader = WebSocketReader(.client, limits: limits)
        var place = 0
        let bytes: [UInt8] = [0x82, 0x7F, 0, 0, 0x40, 0, 0, 0, 0, 0]
        #expect(try reader.step(bytes.span, &place) == nil)
        #expect(reader.memory < 1024)
    }

    @Test func whatIsWrittenIsReadAgain() {
        for count in [0, 1, 125, 126, 65_535, 65_536] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let plain = WebSocketWriter.binary(bytes)
            let masked = WebSocketWriter.binary(bytes, mask: 0x1234_5678)
            #expect(read([plain]) == Reading(events: [.binary(bytes)]))
            #expect(read([masked], .server) == Reading(events: [.binary(bytes)]))
            #expect(plain[1] & 0x80 == 0 && masked[1] & 0x80 != 0)
        }
        let text = "κόσμε"
        #expect(read([WebSocketWriter.text(text)]) == Reading(events: [.text(text)]))
        let close = WebSocketWriter.close(.normal, reason: String(repeating: "é", count: 100))
        #expect(close.count <= 127)
        #expect(read([close]).events.count == 1)
        #expect(read([WebSocketWriter.close(.abnormal)]).events == [.close(.none, reason: "")])
        #expect(WebSocketWriter.ping(Array(repeating: 1, count: 300)).count == 127)
    }

    @Test func nothingIsReadAfterAFault() {
        var reader = WebSocketReader(.client)
        for bytes in [frame(0x83, []), text(0x81, "a")] {
            var place = 0
            #expect(throws: WebSocketFault.self) { _ = try reader.step(bytes.span, &place) }
        }
    }
}
