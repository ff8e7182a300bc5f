import FairleadWire
import Testing

@Suite struct NetstringFramerTests {
    /// The strings in chunks, and the error that ended them.
    static func read(
        _ chunks: [[UInt8]], maximum: Int
    ) -> (strings: [String], error: ProtocolError?, memory: Int) {
        var framer = NetstringFramer(maximum: maximum)
        var strings: [String] = []
        do {
            for chunk in chunks {
                try framer.feed(chunk.span) { strings.append(String(decoding: $0)) }
            }
        } catch {
            return (strings, error as? ProtocolError, framer.memory)
        }
        return (strings, nil, framer.memory)
    }

    static let rows: [(stream: String, strings: [String], error: String?)] = [
        ("", [], nil),
        ("5:hello,", ["hello"], nil),
        ("0:,0:,", ["", ""], nil),
        ("3:a:,,12:hello world!,1:x,", ["a:,", "hello world!", "x"], nil),
        ("16:0123456789abcdef,", ["0123456789abcdef"], nil),
        ("5:hel", [], nil),
        ("5:hello", [], nil),
        ("5", [], nil),
        ("1:a,17:", ["a"], "length \"17\"; expected a number up to 16"),
        ("-1:a,", [], "byte 45 in a length; expected a digit or ':'"),
        ("+1:a,", [], "byte 43 in a length; expected a digit or ':'"),
        (" 1:a,", [], "byte 32 in a length; expected a digit or ':'"),
        ("1 :a,", [], "byte 32 in a length; expected a digit or ':'"),
        ("01:a,", [], "length \"01\"; expected a number up to 16"),
        ("00:,", [], "length \"00\"; expected a number up to 16"),
        (":,", [], "length \"\"; expected a number up to 16"),
        ("\u{0661}:a,", [], "byte 217 in a length; expected a digit or ':'"),
        ("2:abc,", [], "byte 99 after the string; expected ','"),
        ("0:a,", [], "byte 97 after the string; expected ','"),
        ("1:a,1:b;", ["a"], "byte 59 after the string; expected ','"),
        ("1:a,,", ["a"], "byte 44 in a length; expected a digit or ':'"),
        ("18446744073709551617:", [], "a length of more than 19 digits"),
        ("9223372036854775808:", [], "length \"9223372036854775808\"; expected a number up to 16"),
        ("99999999999999999999999", [], "a length of more than 19 digits"),
    ]

    @Test(arguments: rows)
    func readsEachRowAlikeInEveryCut(
        row: (stream: String, strings: [String], error: String?)
    ) {
        for chunks in cuts(Array(row.stream.utf8)) {
            let result = Self.read(chunks, maximum: 16)
            #expect(result.strings == row.strings, "\(chunks)")
            #expect(result.error?.message == row.error, "\(chunks)")
            #expect(result.error.map { $0.side == .remote } ?? true)
        }
    }

    @Test func anAnnouncedLengthAllocatesNothing() {
        let result = Self.read([Array("9223372036854775807:".utf8), [1, 2, 3]], maximum: .max)
        #expect(result.error == nil)
        #expect(result.memory < 256)
    }

    @Test func theMaximumIsInclusiveAndNeverNegative() {
        #expect(Self.read([Array("4:abcd,".utf8)], maximum: 4).strings == ["abcd"])
        #expect(Self.read([Array("5:abcde,".utf8)], maximum: 4).error != nil)
        #expect(Self.read([Array("0:,".utf8)], maximum: -4).strings == [""])
    }

    @Test func readsBackWhatItEncodesInAnyCut() throws {
        var random = SeededRandom(5)
        let framer = NetstringFramer(maximum: 300)
        for _ in 0..<300 {
            let strings = (0..<3).map { _ in
                String(decoding: random.some(of: Array("0:,x19".utf8), upTo: 300), as: UTF8.self)
            }
            let stream = try strings.flatMap { try framer.encode(Array($0.utf8).span) }
            let result = Self.read(randomCut(stream, &random), maximum: 300)
            #expect(result.strings == strings && result.error == nil)
        }
    }

    @Test func refusesToSendMoreThanTheMaximum() {
        let framer = NetstringFramer(maximum: 2)
        let error = #expect(throws: ProtocolError.self) { try framer.encode([1, 2, 3].span) }
        #expect(error?.side == .local)
    }

    @Test func passesOnWhatTheCallbackThrows() {
        struct Refused: Error {}
        var framer = NetstringFramer()
        #expect(throws: Refused.self) {
            try framer.feed(Array("1:a,".utf8).span) { _ in throw Refused() }
        }
    }
}
