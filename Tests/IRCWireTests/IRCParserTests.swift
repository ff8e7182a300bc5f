// Lines as servers and clients write them, each with what it means. Every row is read whole, byte
// by byte, cut at each point and in random pieces, always with equal events. The rows follow the
// published vectors of parser tests (ircdocs, grawity, Mozilla), in our own words.
import FairleadEngineTesting
import FairleadIRCWire
import FairleadWire
import Testing

typealias LineEvent = IRCParser.Event

private func message(
    _ command: String, _ parameters: [String] = [], from source: IRCSource? = nil,
    tags: MessageTags = [:]
) -> LineEvent {
    .message(
        IRCMessage(IRCCommand(rawValue: command), parameters, from: source, tags: tags))
}

/// A checker of parsers; the limits are those of the test.
func parserChecker(lineLimit: Int = 512, tagLimit: Int = 8191) -> DecoderChecker<LineEvent> {
    DecoderChecker("IRC lines") {
        let parser = IRCParser(lineLimit: lineLimit, tagLimit: tagLimit)
        return { chunk, emit in try parser.feed(chunk) { emit($0) } }
    }
}

private let plain: [(String, [LineEvent])] = [
    ("", []),
    ("PING x", []),
    ("PING x\r\n", [message("PING", ["x"])]),
    ("PING x\n", [message("PING", ["x"])]),
    ("\r\n\n\r\nPING x\r\n\r\n", [message("PING", ["x"])]),
    ("ping x\r\n", [message("PING", ["x"])]),
    ("  PING  x  y  \r\n", [message("PING", ["x", "y"])]),
    ("PRIVMSG #c :a  b \r\n", [message("PRIVMSG", ["#c", "a  b "])]),
    ("PRIVMSG #c ::)\r\n", [message("PRIVMSG", ["#c", ":)"])]),
    ("PRIVMSG #c a:b c\r\n", [message("PRIVMSG", ["#c", "a:b", "c"])]),
    ("AWAY :\r\n", [message("AWAY", [""])]),
    ("AWAY\r\n", [message("AWAY")]),
    ("JOIN :#c\r\n", [message("JOIN", ["#c"])]),
    ("X a\tb\r\n", [message("X", ["a\tb"])]),
    (
        ":irc.example 432  #momo :Erroneous: no\r\n",
        [message("432", ["#momo", "Erroneous: no"], from: IRCSource("irc.example"))]
    ),
    (
        ":ann!~a@host MODE #c +oo ann :bob\r\n",
        [
            message(
                "MODE", ["#c", "+oo", "ann", "bob"],
                from: IRCSource("ann", user: "~a", host: "host"))
        ]
    ),
    (": PING x\r\n", [message("PING", ["x"])]),
    (
        ":ann   PING x\r\n", [message("PING", ["x"], from: IRCSource("ann"))]
    ),
    (
        "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 :17\r\n",
        [message("X", (1...14).map { String($0) } + ["15 16 :17"])]
    ),
]

private let tagged: [(String, [LineEvent])] = [
    (
        "@a=b;c=32;k;rt=ql7 X\r\n",
        [message("X", tags: ["a": "b", "c": "32", "k": "", "rt": "ql7"])]
    ),
    (
        #"@a=b\\and\nk;c=72\s45;d=gh\:764 X"# + "\r\n",
        [message("X", tags: ["a": "b\\and\nk", "c": "72 45", "d": "gh;764"])]
    ),
    (
        #"@a=x\1;b=y\ :s X p"# + "\n",
        [message("X", ["p"], from: IRCSource("s"), tags: ["a": "x1", "b": "y"])]
    ),
    ("@a=1;b=2;a=3 X\n", [message("X", tags: ["b": "2", "a": "3"])]),
    ("@+typing=active;v.ex/t=1 X\n", [message("X", tags: ["+typing": "active", "v.ex/t": "1"])]),
    ("@;;a;=b;c!=d X\n", [message("X", tags: ["a": ""])]),
    ("@a=b=c X\n", [message("X", tags: ["a": "b=c"])]),
    ("@a   :s    X\n", [message("X", from: IRCSource("s"), tags: ["a": ""])]),
]

private let refused: [(String, [LineEvent])] = [
    ("\0\n", [.refused(.forbiddenByte)]),
    ("PRIVMSG #c :a\0b\r\n", [.refused(.forbiddenByte)]),
    ("PRIVMSG #c :a\rQUIT\r\n", [.refused(.forbiddenByte)]),
    ("PING x\r\r\n", [.refused(.forbiddenByte)]),
    (" \r\n", [.refused(.badCommand)]),
    (":only\r\n", [.refused(.badCommand)]),
    ("@only\r\n", [.refused(.badCommand)]),
    ("@a :b\r\n", [.refused(.badCommand)]),
    ("Host: x\r\n", [.refused(.badCommand)]),
    ("P\u{DC}NG x\r\nPING x\r\n", [.refused(.badCommand), message("PING", ["x"])]),
    (String(repeating: "A", count: 33) + "\n", [.refused(.badCommand)]),
]

@Suite struct IRCParserTests {
    @Test(arguments: plain + tagged + refused)
    func everyRowMeansTheSameInAnyCut(text: String, events: [LineEvent]) throws {
        try parserChecker().check(Array(text.utf8), gives: events)
    }

    @Test func textThatIsNotUTF8IsReadAsWindows1252() throws {
        let line = Array("PRIVMSG #c :10".utf8) + [0xB0, 0x20, 0x80, 0x81, 0x0A]
        try parserChecker().check(
            line, gives: [message("PRIVMSG", ["#c", "10\u{B0} \u{20AC}\u{FFFD}"])])
    }

    @Test func aLineMayHave512BytesAndTags8191() throws {
        func line(_ tags: Int, _ rest: Int) -> [UInt8] {
            let tag = tags == 0 ? "" : "@" + String(repeating: "a", count: tags - 2) + " "
            return Array((tag + "X " + String(repeating: "b", count: rest - 4) + "\r\n").utf8)
        }
        for (tags, rest, fits) in [
            (0, 512, true), (0, 513, false), (8191, 512, true), (8192, 512, false),
            (8191, 513, false), (300, 512, true),
        ] {
            let parser = IRCParser()
            var events: [LineEvent] = []
            try parser.feed(line(tags, rest).span) { events.append($0) }
            if fits {
                #expect(events.count == 1 && events[0] != .refused(.tooLong))
            } else {
                #expect(events == [.refused(.tooLong)], "\(tags), \(rest)")
            }
        }
    }

    @Test func aLongLineIsRefusedAndReadingGoesOn() throws {
        let long = "PRIVMSG #c :" + String(repeating: "x", count: 600) + "\r\n"
        let events: [LineEvent] = [.refused(.tooLong), message("PING", ["x"])]
        try parserChecker().check(Array((long + "PING x\r\n").utf8), gives: events)
    }

    /// HOSTILE I1: a hundred megabytes without a line's end.
    @Test func i1ALineWithoutAnEndIsAnError() throws {
        let chunk = [UInt8](repeating: UInt8(ascii: "A"), count: 64 * 1024)
        let parser = IRCParser()
        #expect(throws: ProtocolError.self) { try parser.feed(chunk.span) { _ in } }
        for limit in [16, 100] {
            let checker = parserChecker(lineLimit: limit, tagLimit: 50)
            for count in [limit + 50, limit + 51, limit + 52, limit + 100] {
                let line = [UInt8](repeating: UInt8(ascii: "A"), count: count)
                let open = try checker.check(Array("PING x\n".utf8) + line)
                #expect((open.error == nil) == (count <= limit + 51))
                let ended = try checker.check(Array("PING x\n".utf8) + line + [0x0A])
                #expect((ended.error == nil) == (count <= limit + 50))
                #expect(open.events.first == message("PING", ["x"]))
            }
        }
    }

    /// HOSTILE I3: every numeric with hardly any argument.
    @Test func i3EveryNumberIsACommand() throws {
        let parser = IRCParser()
        var count = 0
        for code in 0..<1000 {
            let digits = String(String(code + 1000).dropFirst())
            for tail in ["", " a", " a b", " :"] {
                let bytes = Array((digits + tail + "\n").utf8)
                try parser.feed(bytes.span) { event in
                    guard case .message(let message) = event else { return }
                    if message.command.code == code { count += 1 }
                }
            }
        }
        #expect(count == 4000)
        #expect(parser.refusedCount == 0)
    }

    @Test func sourcesComeApart() {
        for (text, name, user, host) in [
            ("ann", "ann", nil, nil), ("ann!a@h", "ann", "a", "h"), ("ann@h", "ann", nil, "h"),
            ("ann!a", "ann", "a", nil), ("a@b!c@d", "a@b", "c", "d"), ("!a@h", "", "a", "h"),
            ("a!b@c@d", "a", "b@c", "d"), ("irc.example", "irc.example", nil, nil),
            ("", "", nil, nil), ("!@", "", "", ""),
        ] as [(String, String, String?, String?)] {
            let source = IRCSource(parsing: text)
            #expect(source == IRCSource(name, user: user, host: host), "\(text)")
            #expect(source.description == text)
        }
    }
}
