// The line framer by table (each row whole, byte by byte and cut at every point) and against a
// slow reading of its contract: a search for the first delimiter in the whole rest of the stream.
// The random part uses a small alphabet, in which delimiters overlap themselves and each other.
import FairleadWire
import Testing

@Suite struct LineFramerTests {
    enum Event: Hashable {
        case line(String)
        case raw(String)
        case tooLong(Int)
    }

    typealias Delimiter = LineFramer.Delimiter

    /// What a framer makes of chunks; `react` may switch its mode. Raw pieces that follow each
    /// other are joined, because their cut is the chunks'.
    static func events(
        _ framer: LineFramer, _ chunks: [[UInt8]],
        _ react: (String) -> LineFramer.Mode? = { _ in nil }
    ) -> [Event] {
        var events: [Event] = []
        for chunk in chunks {
            framer.feed(chunk.span) { piece, bytes in
                let text = String(decoding: bytes)
                switch piece {
                case .line:
                    events.append(.line(text))
                    if let mode = react(text) { framer.mode = mode }
                case .tooLong(let count): events.append(.tooLong(count))
                case .raw:
                    if case .raw(let before)? = events.last {
                        events[events.count - 1] = .raw(before + text)
                    } else {
                        events.append(.raw(text))
                    }
                }
            }
        }
        return events
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let delimiter: Delimiter
        let maximum: Int
        let stream: String
        let events: [Event]
        let pending: Int

        init(
            _ delimiter: Delimiter, max maximum: Int = 100, _ stream: String, _ events: [Event],
            pending: Int = 0
        ) {
            self.delimiter = delimiter
            self.maximum = maximum
            self.stream = stream
            self.events = events
            self.pending = pending
        }

        var testDescription: String { "\(delimiter) max \(maximum): \(stream.debugDescription)" }
    }

    static func bytes(_ text: String) -> Delimiter { .bytes(Array(text.utf8)) }

    static let rows = [
        Row(.crlf, "", []),
        Row(.crlf, "a\r\nbc\r\n", [.line("a"), .line("bc")]),
        Row(.crlf, "\r\n\r\n", [.line(""), .line("")]),
        Row(.crlf, "a\nb\rc\r\n", [.line("a\nb\rc")]),
        Row(.crlf, "a\r\r\n", [.line("a\r")]),
        Row(.crlf, "\n\r\n", [.line("\n")]),
        Row(.crlf, "a\r\nrest\r", [.line("a")], pending: 5),
        Row(.lf, "a\nb\r\n\r\n\n", [.line("a"), .line("b"), .line(""), .line("")]),
        Row(.lf, "a\r\r\nb\rc\n", [.line("a\r"), .line("b\rc")]),
        Row(.bytes([]), "a\r\nb\n", [.line("a\r"), .line("b")]),
        Row(.bytes([0]), "a\0\0b", [.line("a"), .line("")], pending: 1),
        Row(bytes("aab"), "aaabaab", [.line("a"), .line("")]),
        Row(bytes("aab"), "abaaaab", [.line("abaa")]),
        Row(bytes("aab"), "bbaab", [.line("bb")]),
        Row(bytes("aa"), "aaaxaa", [.line(""), .line("ax")]),
        Row(bytes("\n\n\r"), "\n\n\n\r\n\n\r\r", [.line("\n"), .line("")], pending: 1),
        Row(bytes("abab"), "aababababab", [.line("a"), .line("")], pending: 2),
        Row(bytes("--end--"), "--end--end----end-", [.line("")], pending: 11),
        // The maximum is that of the line alone; what is counted is the line alone too.
        Row(.crlf, max: 3, "abc\r\nabcd\r\nab\r\n", [.line("abc"), .tooLong(4), .line("ab")]),
        Row(.crlf, max: 0, "\r\na\r\n\r\n", [.line(""), .tooLong(1), .line("")]),
        Row(.crlf, max: -5, "\r\n", [.line("")]),
        Row(.crlf, max: .max, "abc\r\n", [.line("abc")]),
        Row(.crlf, max: 2, "abcdefghij\rklm\n\r\nx\r\n", [.tooLong(15), .line("x")]),
        Row(.lf, max: 3, "abc\r\nabcd\r\nabcdefghi\r\n", [.line("abc"), .tooLong(4), .tooLong(9)]),
        Row(.lf, max: 3, "abcdefghi\r\r\nabcd\n", [.tooLong(10), .tooLong(4)]),
        Row(bytes("aab"), max: 1, "aaaaaaaab", [.tooLong(6)]),
        Row(bytes("aab"), max: 1, "xyzxyzaabaaab", [.tooLong(6), .line("a")]),
        Row(.crlf, max: 3, "abcdefghijklmno", [], pending: 15),
    ]

    @Test(arguments: rows)
    func readsEachRowAlikeInEveryCut(row: Row) {
        for chunks in cuts(Array(row.stream.utf8)) {
            let framer = LineFramer(row.delimiter, maximum: row.maximum)
            let events = Self.events(framer, chunks)
            #expect(events == row.events, "\(chunks)")
            #expect(framer.pendingCount == row.pending, "\(chunks)")
        }
    }

    static func switching(_ line: String) -> LineFramer.Mode? {
        switch line {
        case "raw": .raw(nil)
        case "none": .raw(0)
        case "less": .raw(-3)
        case "a": .raw(3)
        case let line where line.hasPrefix("raw "): Int(line.dropFirst(4)).map { .raw($0) }
        default: nil
        }
    }

    static let switches: [(String, [Event])] = [
        ("raw 5\nab\ncdline\n", [.line("raw 5"), .raw("ab\ncd"), .line("line")]),
        ("raw 0\nline\n", [.line("raw 0"), .line("line")]),
        ("none\nless\nx\n", [.line("none"), .line("less"), .line("x")]),
        (
            "raw 1\nXraw 2\nYZ\n",
            [.line("raw 1"), .raw("X"), .line("raw 2"), .raw("YZ"), .line("")]
        ),
        ("raw\na\nb\n", [.line("raw"), .raw("a\nb\n")]),
        ("raw 9\nabc", [.line("raw 9"), .raw("abc")]),
    ]

    @Test(arguments: switches)
    func switchesBetweenLinesAndRawInsideTheCallback(stream: String, expected: [Event]) {
        for chunks in cuts(Array(stream.utf8)) {
            let events = Self.events(LineFramer(.lf), chunks, Self.switching)
            #expect(events == expected, "\(chunks)")
        }
    }

    @Test func rawBytesMaySwitchBackToLines() {
        let framer = LineFramer(.lf)
        framer.mode = .raw(nil)
        var events: [Event] = []
        for chunk in ["abc\n", "line\n"] {
            framer.feed(Array(chunk.utf8).span) { piece, bytes in
                let text = String(decoding: bytes)
                events.append(piece == .raw ? .raw(text) : .line(text))
                framer.mode = .lines
            }
        }
        #expect(events == [.raw("abc\n"), .line("line")])
    }

    @Test func whatIsPendingFollowsAModeThatWasChangedBetweenChunks() {
        let framer = LineFramer(.crlf)
        var events = Self.events(framer, [Array("start of".utf8)])
        framer.mode = .raw(7)
        events += Self.events(framer, [Array("f\r\nrest".utf8)])
        events += Self.events(framer, [Array("\r\nab".utf8)])
        #expect(events == [.raw("start o"), .line("ff"), .line("rest")])
        framer.mode = .raw(nil)
        #expect(Self.events(framer, [Array("c\r\n".utf8)]) == [.raw("abc\r\n")])
        #expect(framer.pendingCount == 0)
    }

    @Test func aTooLongLineIsReportedBeforeRawBytesThatWereAskedForInItsMiddle() {
        let framer = LineFramer(.crlf, maximum: 2)
        let before = Self.events(framer, [Array("abcdefgh".utf8)])
        framer.mode = .raw(nil)
        let after = Self.events(framer, [Array("ij".utf8)])
        #expect(before.isEmpty)
        #expect(after == [.tooLong(8), .raw("ij")])
    }

    @Test func aCallbackThatThrowsLeavesTheFramerUsable() {
        struct Refused: Error {}
        let framer = LineFramer(.lf)
        for chunks in [["one\n"], ["on", "e\n"]] {
            #expect(throws: Refused.self) {
                for chunk in chunks {
                    try framer.feed(Array(chunk.utf8).span) { _, _ in throw Refused() }
                }
            }
            #expect(Self.events(framer, [Array("two\n".utf8)]) == [.line("two")])
        }
    }

    @Test func memoryIsBoundedByTheMaximumAndNotByWhatArrives() {
        let framer = LineFramer(.crlf, maximum: 1000)
        let chunk = [UInt8](repeating: 0x61, count: 100_000)
        var most = 0
        for size in [1, 999, 3, 100_000, 100_000, 7] {
            _ = Self.events(framer, [Array(chunk.prefix(size))])
            most = max(most, framer.memory)
        }
        #expect(most < 2500)
        #expect(framer.pendingCount == 201_010)
        #expect(Self.events(framer, [[0x0D, 0x0A]]) == [.tooLong(201_010)])
    }

    @Test func aQuietFramerHoldsLittleMemory() {
        let framer = LineFramer(.lf, maximum: 100_000)
        let line = [UInt8](repeating: 0x61, count: 50_000)
        _ = Self.events(framer, [line, [0x0A]])
        #expect(framer.memory <= 512)
        _ = Self.events(framer, [[0x61], [0x0A]])
        #expect(framer.memory <= 512)
    }

    // MARK: Against a slow reading of the contract

    struct Reference {
        let ending: [UInt8]
        let stripsCR: Bool
        let maximum: Int

        func events(_ stream: [UInt8]) -> [Event] {
            var events: [Event] = []
            var rest = stream[...]
            while let end = firstEnding(rest) {
                var line = rest[..<end]
                rest = rest[(end + ending.count)...]
                if stripsCR, line.last == 0x0D { line.removeLast() }
                if line.count > maximum {
                    events.append(.tooLong(line.count))
                    continue
                }
                let text = String(decoding: line, as: UTF8.self)
                events.append(.line(text))
                guard case .raw(let limit)? = LineFramerTests.switching(text) else { continue }
                let raw = rest.prefix(max(limit ?? .max, 0))
                rest = rest.dropFirst(raw.count)
                if !raw.isEmpty { events.append(.raw(String(decoding: raw, as: UTF8.self))) }
            }
            return events
        }

        private func firstEnding(_ bytes: ArraySlice<UInt8>) -> Int? {
            bytes.indices.first { bytes[$0...].starts(with: ending) }
        }
    }

    @Test(arguments: [
        (Delimiter.crlf, "\r\n"), (.lf, "\n"), (bytes("a"), "a"), (bytes("aab"), "aab"),
        (bytes("bab"), "bab"), (bytes("\r\r\n"), "\r\r\n"), (bytes("aaaa"), "aaaa"),
    ])
    func agreesWithASlowReadingOfTheContract(delimiter: Delimiter, ending: String) {
        var random = SeededRandom(17)
        var disagreement: String?
        for _ in 0..<4000 where disagreement == nil {
            let maximum = Int.random(in: 0...6, using: &random)
            let stream = random.some(of: Array("aaabb\r\r\n\n".utf8), upTo: 40)
            let reference = Reference(
                ending: Array(ending.utf8), stripsCR: delimiter == .lf, maximum: maximum)
            let chunks = randomCut(stream, &random)
            let events = Self.events(
                LineFramer(delimiter, maximum: maximum), chunks, Self.switching)
            let expected = reference.events(stream)
            if events != expected {
                disagreement = "\(chunks) maximum \(maximum): \(events), not \(expected)"
            }
        }
        #expect(disagreement == nil)
    }

    // MARK: Sending

    @Test(arguments: [
        (Delimiter.crlf, "line", "line\r\n"), (.crlf, "", "\r\n"), (.lf, "line", "line\n"),
        (bytes("aab"), "b", "baab"), (bytes("aab"), "ab", "abaab"), (bytes(";"), "a\n", "a\n;"),
    ])
    func encodesALineThatItWouldReadBack(delimiter: Delimiter, line: String, encoded: String) throws
    {
        let framer = LineFramer(delimiter)
        let bytes = try framer.encode(Array(line.utf8).span)
        #expect(bytes == Array(encoded.utf8))
        #expect(Self.events(framer, [bytes]) == [.line(line)])
    }

    @Test(arguments: [
        (Delimiter.crlf, "a\r\nb"), (.crlf, "a\nb"), (.crlf, "a\rb"), (.crlf, "a\r"), (.lf, "a\nb"),
        (.lf, "a\r"), (bytes("aab"), "xaaby"), (bytes("aa"), "a"), (.crlf, "more than ten"),
    ])
    func refusesToSendWhatThePeerWouldReadOtherwise(delimiter: Delimiter, line: String) {
        let framer = LineFramer(delimiter, maximum: 10)
        let error = #expect(throws: ProtocolError.self) {
            try framer.encode(Array(line.utf8).span)
        }
        #expect(error?.side == .local)
    }
}
