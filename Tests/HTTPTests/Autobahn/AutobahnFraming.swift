// Sections 1 to 5 and 10 of the Autobahn suite: sizes, pings and pongs, reserved bits, opcodes,
// fragments. Names are theirs, bytes our own.
import FairleadHTTPWire

let autobahnFraming = sizes + pings + reserved + opcodes + fragmented + oneFragment

private let broken = AutobahnCase.End.code(1002)

private let sizes: [AutobahnCase] = [("1.1", true), ("1.2", false)].flatMap { section, isText in
    [0, 125, 126, 127, 128, 65_535, 65_536, 65_536].enumerated().map { index, size in
        let bytes = [UInt8](repeating: isText ? 0x2A : 0xFE, count: size)
        return AutobahnCase(
            "\(section).\(index + 1)", [frame(isText ? 0x81 : 0x82, bytes: bytes)],
            pieces: index == 7 ? 997 : nil,
            [isText ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)])
    }
}

private let most = [UInt8](repeating: 0xFE, count: 125)
private let tenPings = (0..<10).map { frame(0x89, "payload-\($0)") }
private let tenPongs = (0..<10).map { WebSocketEvent.pong(Array("payload-\($0)".utf8)) }

private let pings: [AutobahnCase] = [
    AutobahnCase("2.1", [frame(0x89)], [.pong([])]),
    AutobahnCase("2.2", [frame(0x89, "are you there")], [.pong(Array("are you there".utf8))]),
    AutobahnCase(
        "2.3", [frame(0x89, bytes: [0, 0xFF, 0xFE, 0xFD])], [.pong([0, 0xFF, 0xFE, 0xFD])]),
    AutobahnCase("2.4", [frame(0x89, bytes: most)], [.pong(most)]),
    AutobahnCase("2.5", [frame(0x89, bytes: most + [0xFE])], [], broken),
    AutobahnCase("2.6", [frame(0x89, bytes: most)], pieces: 1, [.pong(most)]),
    AutobahnCase("2.7", [frame(0x8A)]),
    AutobahnCase("2.8", [frame(0x8A, "nobody asked")]),
    AutobahnCase(
        "2.9", [frame(0x8A, "nobody asked"), frame(0x89, "ping")], [.pong(Array("ping".utf8))]),
    AutobahnCase("2.10", tenPings, tenPongs),
    AutobahnCase("2.11", tenPings, pieces: 1, tenPongs),
]

private let reserved: [AutobahnCase] = [
    AutobahnCase("3.1", [frame(0x91, "a")], [], broken),
    AutobahnCase("3.2", [frame(0x81, "a"), frame(0xA1, "b"), frame(0x89)], [.text("a")], broken),
    AutobahnCase(
        "3.3", [frame(0x81, "a"), frame(0xB1, "b"), frame(0x89)], pieces: 3, [.text("a")], broken),
    AutobahnCase(
        "3.4", [frame(0x81, "a"), frame(0xC1, "b"), frame(0x89)], pieces: 1, [.text("a")], broken),
    AutobahnCase("3.5", [frame(0xD2, bytes: [0xFF])], [], broken),
    AutobahnCase("3.6", [frame(0xE9, "a")], [], broken),
    AutobahnCase("3.7", [frame(0xF8)], [], broken),
]

private let opcodes: [AutobahnCase] = [("4.1", [3, 4, 5, 6, 7]), ("4.2", [11, 12, 13, 14, 15])]
    .flatMap { section, codes in
        codes.enumerated().map { index, code in
            let first = 0x80 | UInt8(code)
            let name = "\(section).\(index + 1)"
            switch index {
            case 0: return AutobahnCase(name, [frame(first)], [], broken)
            case 1: return AutobahnCase(name, [frame(first, "reserved")], [], broken)
            default:
                return AutobahnCase(
                    name, [frame(0x81, "a"), frame(first, index == 2 ? "" : "b"), frame(0x89)],
                    pieces: index == 4 ? 1 : nil, [.text("a")], broken)
            }
        }
    }

private let withPing = AutobahnCase(
    "5.6", [frame(0x01, "one "), frame(0x89, "ping"), frame(0x80, "two")],
    [.pong(Array("ping".utf8)), .text("one two")])
private let two = AutobahnCase(
    "5.3", [frame(0x01, "one "), frame(0x80, "two")], [.text("one two")])
private let lastOfNothing = AutobahnCase(
    "5.9", [frame(0x80, "of nothing"), frame(0x81, "a")], [], broken)
private let firstOfNothing = AutobahnCase(
    "5.12", [frame(0x00, "of nothing"), frame(0x81, "a")], [], broken)
private let withPings = AutobahnCase(
    "5.19",
    [
        frame(0x01, "1"), frame(0x00, "2"), frame(0x89, "ping 1"), frame(0x00, "3"),
        frame(0x00, "4"), frame(0x89, "ping 2"), frame(0x80, "5"),
    ],
    [.pong(Array("ping 1".utf8)), .pong(Array("ping 2".utf8)), .text("12345")])

private let fragmented: [AutobahnCase] = [
    AutobahnCase("5.1", [frame(0x09, "a"), frame(0x80, "b")], [], broken),
    AutobahnCase("5.2", [frame(0x0A, "a"), frame(0x80, "b")], [], broken),
    two, two.named("5.4", pieces: 4), two.named("5.5", pieces: 1),
    withPing, withPing.named("5.7", pieces: 4), withPing.named("5.8", pieces: 1),
    lastOfNothing, lastOfNothing.named("5.10", pieces: 5), lastOfNothing.named("5.11", pieces: 1),
    firstOfNothing, firstOfNothing.named("5.13", pieces: 5),
    firstOfNothing.named("5.14", pieces: 1),
    AutobahnCase(
        "5.15", [frame(0x01, "a"), frame(0x80, "b"), frame(0x00, "c"), frame(0x81, "d")],
        [.text("ab")], broken),
    AutobahnCase(
        "5.16",
        [frame(0x00, "a"), frame(0x01, "b"), frame(0x80, "c")]
            + [frame(0x00, "a"), frame(0x01, "b"), frame(0x80, "c")], [], broken),
    AutobahnCase(
        "5.17",
        [frame(0x80, "a"), frame(0x01, "b"), frame(0x80, "c")]
            + [frame(0x80, "a"), frame(0x01, "b"), frame(0x80, "c")], [], broken),
    AutobahnCase("5.18", [frame(0x01, "a"), frame(0x81, "b")], [], broken),
    withPings, withPings.named("5.20", pieces: 1),
]

private let oneFragment = [
    AutobahnCase(
        "10.1.1", fragments(1, [UInt8](repeating: 0x2A, count: 65_536), of: 1300),
        [.text(String(repeating: "*", count: 65_536))])
]
