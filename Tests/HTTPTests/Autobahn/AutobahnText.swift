// Section 6 of the Autobahn suite: what is UTF-8 and what is not, whole, in fragments, and refused
// at the first byte that cannot be part of it. The sequences are the corners of RFC 3629, made
// from its table; names are those of the suite.
import FairleadHTTPWire

let autobahnText = fragmentedTexts + failingFast + sequences

private let invalid = AutobahnCase.End.code(1007)
/// Its second character has three bytes.
private let word = "κ\u{1F79}σμε"
private let greek = Array(word.utf8)
private let wrong: [UInt8] = greek + [0xED, 0xA0, 0x80] + Array("edited".utf8)
private let beyond: [UInt8] = greek + [0xF4, 0x90, 0x80, 0x80] + Array("edited".utf8)

private let fragmentedTexts: [AutobahnCase] = [
    AutobahnCase("6.1.1", [frame(0x81)], [.text("")]),
    AutobahnCase("6.1.2", [frame(0x01), frame(0x00), frame(0x80)], [.text("")]),
    AutobahnCase("6.1.3", [frame(0x01), frame(0x00, "middle"), frame(0x80)], [.text("middle")]),
    AutobahnCase("6.2.1", [frame(0x81, bytes: greek)], [.text(word)]),
    AutobahnCase("6.2.2", fragments(1, greek, of: 5), [.text(word)]),
    AutobahnCase("6.2.3", fragments(1, greek, of: 1), [.text(word)]),
    AutobahnCase("6.2.4", fragments(1, greek, of: 3), [.text(word)]),
    AutobahnCase("6.3.1", [frame(0x81, bytes: wrong)], [], invalid),
    AutobahnCase("6.3.2", fragments(1, wrong, of: 1), [], invalid),
]

/// The end must come although the rest of the message never does.
private let failingFast: [AutobahnCase] = [
    AutobahnCase(
        "6.4.1", [frame(0x01, bytes: greek), frame(0x00, bytes: [0xF4, 0x90, 0x80, 0x80])], [],
        invalid),
    AutobahnCase(
        "6.4.2", [frame(0x01, bytes: greek + [0xF4]), frame(0x00, bytes: [0x90])], [], invalid),
    AutobahnCase("6.4.3", [frame(0x81, bytes: beyond)], unsent: 8, [], invalid),
    AutobahnCase("6.4.4", [frame(0x81, bytes: beyond)], pieces: 1, unsent: 8, [], invalid),
]

/// The bytes from one to another.
private func lonely(_ range: ClosedRange<UInt8>) -> [UInt8] { range.flatMap { [$0, 0x20] } }

/// A character by its number, surrogates and all, as its length would be written.
private func coded(_ number: UInt32) -> [UInt8] {
    let low = UInt8(0x80 | number & 63)
    let middle = UInt8(0x80 | number >> 6 & 63)
    if number < 0x10000 { return [UInt8(0xE0 | number >> 12), middle, low] }
    return [UInt8(0xF0 | number >> 18), UInt8(0x80 | number >> 12 & 63), middle, low]
}

private let missing: [[UInt8]] = [
    [0xC0], [0xE0, 0x80], [0xF0, 0x80, 0x80], [0xF8, 0x80, 0x80, 0x80],
    [0xFC, 0x80, 0x80, 0x80, 0x80], [0xDF], [0xEF, 0xBF], [0xF7, 0xBF, 0xBF],
    [0xFB, 0xBF, 0xBF, 0xBF], [0xFD, 0xBF, 0xBF, 0xBF, 0xBF],
]
private let surrogates: [UInt32] = [0xD800, 0xDB7F, 0xDB80, 0xDBFF, 0xDC00, 0xDF80, 0xDFFF]
private let pairs: [(UInt32, UInt32)] = [
    (0xD800, 0xDC00), (0xD800, 0xDFFF), (0xDB7F, 0xDC00), (0xDB7F, 0xDFFF), (0xDB80, 0xDC00),
    (0xDB80, 0xDFFF), (0xDBFF, 0xDC00), (0xDBFF, 0xDFFF),
]

/// Each group's number, whether its sequences are UTF-8, and they.
private let groups: [(Int, Bool, [[UInt8]])] = [
    (
        5, true,
        ["plain", "Größe", "Ξεσκεπάζω", "\u{1F6A2} ahoi", "日本語のテキスト"].map { Array($0.utf8) }
    ),
    (7, true, [[0], [0xC2, 0x80], [0xE0, 0xA0, 0x80], [0xF0, 0x90, 0x80, 0x80]]),
    (8, false, [[0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80]]),
    (9, true, [[0x7F], [0xDF, 0xBF], [0xEF, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF]]),
    (
        10, false,
        [
            [0xF7, 0xBF, 0xBF, 0xBF], [0xFB, 0xBF, 0xBF, 0xBF, 0xBF],
            [0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF],
        ]
    ),
    (12, false, (1...7).map { count in (0..<count).map { $0 % 2 == 0 ? 0x80 : 0xBF } }),
    (
        13, false,
        [
            lonely(0xC0...0xDF), lonely(0xE0...0xEF), lonely(0xF0...0xF7), lonely(0xF8...0xFB),
            lonely(0xFC...0xFD),
        ]
    ),
    (14, false, missing),
    (15, false, [missing.flatMap { $0 }]),
    (16, false, [[0xFE], [0xFF], [0xFE, 0xFE, 0xFF, 0xFF]]),
    (
        17, false,
        [
            [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF],
            [0xF8, 0x80, 0x80, 0x80, 0xAF], [0xFC, 0x80, 0x80, 0x80, 0x80, 0xAF],
        ]
    ),
    (
        18, false,
        [
            [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF8, 0x87, 0xBF, 0xBF, 0xBF], [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF],
        ]
    ),
    (
        19, false,
        [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF8, 0x80, 0x80, 0x80, 0x80], [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80],
        ]
    ),
    (20, false, surrogates.map(coded)),
    (21, false, pairs.map { coded($0.0) + coded($0.1) }),
    (22, true, (0...16).flatMap { [coded($0 << 16 | 0xFFFE), coded($0 << 16 | 0xFFFF)] }),
    (23, true, (0xFFF9...0xFFFF).map(coded)),
]

private let sequences: [AutobahnCase] =
    groups.flatMap { group, isRight, rows in
        rows.enumerated().map { sequence("6.\(group).\($0 + 1)", $1, isRight) }
    }
    // All continuation bytes there are.
    + [sequence("6.12.8", Array(0x80...0xBF), false)]
    + (1...greek.count).map {
        sequence("6.6.\($0)", Array(greek.prefix($0)), [2, 5, 7, 9, 11].contains($0))
    }
    + [
        ([0xED, 0x9F, 0xBF], true), ([0xEE, 0x80, 0x80], true), ([0xEF, 0xBF, 0xBD], true),
        ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0xF4, 0x90, 0x80, 0x80], false),
    ].enumerated().map { sequence("6.11.\($0 + 1)", $1.0, $1.1) }

private func sequence(_ name: String, _ bytes: [UInt8], _ isRight: Bool) -> AutobahnCase {
    isRight
        ? AutobahnCase(
            name, [frame(0x81, bytes: bytes)], [.text(String(decoding: bytes, as: UTF8.self))])
        : AutobahnCase(name, [frame(0x81, bytes: bytes)], [], invalid)
}
