import FairleadEngineTesting
import FairleadIRCWire
import FairleadWire
import Glibc
import Testing

private func written(_ message: IRCMessage) throws -> String {
    String(decoding: try IRCWriter.encode(message), as: UTF8.self)
}

private func read(_ line: [UInt8]) throws -> [IRCParser.Event] {
    var events: [IRCParser.Event] = []
    try IRCParser().feed(line.span) { events.append($0) }
    return events
}

/// How many random texts there are: 10,000 unless FAIRLEAD_STRINGS says otherwise.
private let stringCount =
    unsafe getenv("FAIRLEAD_STRINGS").flatMap { unsafe Int(String(cString: $0)) } ?? 10_000

@Suite struct IRCWriterTests {
    @Test(arguments: [
        (IRCMessage("FOO", "bar", "baz"), "FOO bar baz"),
        (IRCMessage("FOO", "bar", "b z"), "FOO bar :b z"),
        (IRCMessage("FOO", "bar", ""), "FOO bar :"),
        (IRCMessage("FOO", "bar", ":)"), "FOO bar ::)"),
        (IRCMessage("AWAY"), "AWAY"),
        (IRCMessage("AWAY", from: IRCSource("src")), ":src AWAY"),
        (IRCMessage("PRIVMSG", "#c", "word"), "PRIVMSG #c :word"),
        (IRCMessage("JOIN", "#c", from: IRCSource("a", user: "b", host: "c")), ":a!b@c JOIN #c"),
        (IRCMessage("X", ["a\tb"], tags: ["k": "", "v": "1"]), "@k;v=1 X a\tb"),
        (
            IRCMessage("X", [], tags: ["a": "b\\and\nk", "d": "g;7 4\r"]),
            #"@a=b\\and\nk;d=g\:7\s4\r X"#
        ),
    ])
    func everyMessageIsOneLine(message: IRCMessage, line: String) throws {
        #expect(try written(message) == line + "\r\n")
        #expect(try read(Array((line + "\r\n").utf8)) == [.message(message)])
    }

    @Test(arguments: [
        IRCMessage("X", "a", "b\r"), IRCMessage("X", "b\nQUIT"), IRCMessage("X", "b\0"),
        IRCMessage("X", "a b", "c"), IRCMessage("X", "", "c"), IRCMessage("X", ":a", "c"),
        IRCMessage("X", "a\r\n", "c"), IRCMessage("X Y", "a"), IRCMessage("", "a"),
        IRCMessage("X\r\nQUIT", "a"), IRCMessage("X", from: IRCSource("a b")),
        IRCMessage("X", from: IRCSource("a", user: "\n", host: "c")),
        IRCMessage("X", [], tags: ["a b": "c"]), IRCMessage("X", [], tags: ["a": "\0"]),
        IRCMessage("X", [], tags: ["": "c"]), IRCMessage("X", [], tags: ["a;b": "c"]),
        IRCMessage("X", [], tags: ["a": String(repeating: "x", count: 8190)]),
        IRCMessage("X", (0..<16).map { String($0) }),
        IRCMessage("X", String(repeating: "x", count: 600), "c"),
        IRCMessage("X", from: IRCSource(String(repeating: "x", count: 600))),
    ])
    func whatCannotStandInALineIsRefused(message: IRCMessage) {
        let error = #expect(throws: ProtocolError.self) { try IRCWriter.encode(message) }
        #expect(error?.side == .local)
    }

    @Test func aLongTextIsCutBetweenTwoCharacters() throws {
        for letter in ["x", "\u{E9}", "\u{20AC}", "\u{1F6F0}"] {
            for start in 0..<4 {
                let text =
                    String(repeating: "x", count: start) + String(repeating: letter, count: 600)
                let line = try IRCWriter.encode(IRCMessage("PRIVMSG", "#c", text))
                #expect(line.count <= 512 && line.count > 512 - letter.utf8.count)
                let body = line.dropFirst("PRIVMSG #c :".utf8.count).dropLast(2)
                let cut = String(validating: body, as: UTF8.self)
                #expect(cut.map(text.hasPrefix) == true)
            }
        }
    }

    /// HOSTILE I2 and H7: any text in any part is refused, or is exactly one line.
    @Test func i2NoTextInjectsALine() throws {
        var random = SeededGenerator(seed: 41)
        let pieces = [
            "a", " ", ":", "\r", "\n", "\0", "\u{2028}", "\u{E9}", "\u{1F6F0}", "@", "!", "=",
            ";", "\\", "#", "\u{1}", "QUIT", "\r\n",
        ]
        func text() -> String {
            (0..<random.below(random.below(20) == 0 ? 400 : 6)).reduce(into: "") { text, _ in
                text += pieces[random.below(pieces.count)]
            }
        }
        var accepted = 0
        for _ in 0..<stringCount {
            var message = IRCMessage(
                IRCCommand(rawValue: random.below(4) == 0 ? text() : "PRIVMSG"),
                (0..<random.below(4)).map { _ in text() })
            if random.below(2) == 0 { message.source = IRCSource(text(), user: text()) }
            if random.below(2) == 0 { message.tags[text()] = text() }
            guard let line = try? IRCWriter.encode(message) else { continue }
            accepted += 1
            let ends = line.count { $0 == 0x0D || $0 == 0x0A }
            #expect(ends == 2 && line.suffix(2) == [0x0D, 0x0A] && !line.contains(0))
            #expect(try read(line).count == 1)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
        #expect(accepted > stringCount / 20)
    }

    /// HOSTILE I2: a text from elsewhere, made one line, always can be said.
    @Test func i2ATextMadeOneLineIsAlwaysAccepted() throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<stringCount / 4 {
            let bytes = (0..<random.below(700)).map { _ in UInt8(random.below(256)) }
            let text = IRCText.singleLine(String(decoding: bytes, as: UTF8.self))
            let line = try IRCWriter.encode(IRCMessage("PRIVMSG", "#c", text))
            let body = line.dropLast(2)
            #expect(line.count <= 512 && !body.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 })
            #expect(String(validating: body, as: UTF8.self) != nil)
        }
    }
}
