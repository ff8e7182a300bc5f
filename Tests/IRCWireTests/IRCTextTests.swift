import FairleadIRCWire
import Testing

@Suite struct IRCTextTests {
    @Test(arguments: [
        ("", 10, [""]), ("one", 10, ["one"]), ("one two", 5, ["one", "two"]),
        ("one two three", 7, ["one two", "three"]), ("onetwothree", 4, ["onet", "woth", "ree"]),
        ("a\r\nb", 10, ["a  b"]), ("\u{E9}\u{E9}\u{E9}", 5, ["\u{E9}\u{E9}", "\u{E9}"]),
        ("\u{1F6F0}\u{1F6F0}", 1, ["\u{1F6F0}", "\u{1F6F0}"]), ("  abcd", 4, [" ", "abcd"]),
    ])
    func textsAreCutIntoPieces(text: String, limit: Int, pieces: [String]) {
        #expect(IRCText.pieces(text, of: limit) == pieces)
    }

    @Test func noPieceIsLongerThanAllowedAndNothingIsLost() {
        let text = (0..<500).map { "w\u{F6}rd\($0)" }.joined(separator: " ")
        for limit in [4, 5, 17, 100, 10_000] {
            let pieces = IRCText.pieces(text, of: limit)
            #expect(pieces.allSatisfy { $0.utf8.count <= limit })
            let letters = { (text: String) in text.filter { $0 != " " } }
            #expect(letters(pieces.joined()) == letters(text))
        }
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abc", 2, "ab"), ("a\u{E9}", 2, "a"), ("a\u{E9}b", 3, "a\u{E9}"),
        ("\u{1F6F0}", 3, ""), ("abc", 0, ""), ("", 5, ""), ("abc", -1, ""),
    ])
    func beginningsEndBetweenCharacters(text: String, limit: Int, beginning: String) {
        #expect(IRCText.beginning(of: text, limit) == beginning)
    }

    /// HOSTILE B6: no escape sequence reaches a terminal by way of a log.
    @Test func b6ControlCharactersAreVisibleInLogs() {
        #expect(IRCText.visible("a\u{1B}]0;x\u{7}\u{9B}b") == "a\\u{1b}]0;x\\u{7}\\u{9b}b")
        let message = IRCMessage("PRIVMSG", "#c", "\u{1B}[2J")
        #expect(message.description == "PRIVMSG #c \\u{1b}[2J")
    }

    @Test func caseMappingsDifferInFourLetters() {
        let name = "ABZ[]\\^`az{}|~\u{C4}"
        #expect(CaseMapping.ascii.fold(name) == "abz[]\\^`az{}|~\u{C4}")
        #expect(CaseMapping.strictRFC1459.fold(name) == "abz{}|^`az{}|~\u{C4}")
        #expect(CaseMapping.rfc1459.fold(name) == "abz{}|~`az{}|~\u{C4}")
        #expect(CaseMapping.rfc1459.areEqual("Nick[^]", "nICK{~}"))
        #expect(!CaseMapping.strictRFC1459.areEqual("a^", "a~"))
        #expect(CaseMapping(rawValue: "strict-rfc1459") == .strictRFC1459)
    }

    @Test(arguments: [
        ("plain", "plain"), ("\u{2}b\u{2} \u{1D}i\u{1D}\u{1F}u\u{F}", "b iu"),
        ("\u{3}04red\u{3}", "red"), ("\u{3}4,12x", "x"), ("\u{3}4,x", ",x"), ("\u{3},4", ",4"),
        ("\u{3}123", "3"), ("\u{3}1,234", "4"), ("\u{4}ff00AAx", "x"), ("\u{4}ff00AA,000000x", "x"),
        ("\u{4}ff00", "ff00"), ("\u{3}", ""), ("\u{11}m\u{1E}s\u{16}r", "msr"),
        ("tab\tstays", "tab\tstays"), ("\u{3}\u{663}", "\u{663}"),
    ])
    func formattingIsStripped(text: String, plain: String) {
        #expect(Formatting.strip(text) == plain)
    }

    @Test func formattingThatIsComposedStripsToTheText() {
        for text in ["x", "5 o'clock", ",5", "", "a,1"] {
            for colour in Formatting.Colour.allCases {
                #expect(Formatting.strip(Formatting.colour(colour, text)) == text)
                #expect(Formatting.strip(Formatting.colour(colour, on: .red, text)) == text)
            }
            for style in Formatting.Style.allCases {
                #expect(Formatting.strip(Formatting.style(style, text)) == text)
            }
        }
        #expect(Formatting.colour(.red, on: .black, "x") == "\u{3}04,01x\u{3}")
    }

    @Test(arguments: [
        ("\u{1}PING 1 2\u{1}", "PING", "1 2"), ("\u{1}version\u{1}", "VERSION", ""),
        ("\u{1}ACTION cut off", "ACTION", "cut off"), ("\u{1}ACTION \u{1}", "ACTION", ""),
    ])
    func ctcpIsRead(text: String, command: String, argument: String) {
        #expect(CTCP(reading: text) == CTCP(command, argument))
    }

    @Test(arguments: [
        "", "PING", "\u{1}", "\u{1}\u{1}", "\u{1} x\u{1}", "a\u{1}PING\u{1}", "\u{1}a\u{1}b\u{1}",
    ])
    func whatIsNoCTCPIsText(text: String) {
        #expect(CTCP(reading: text) == nil)
    }

    @Test func ctcpIsWritten() {
        #expect(CTCP("ACTION", "waves").text == "\u{1}ACTION waves\u{1}")
        #expect(CTCP("VERSION").text == "\u{1}VERSION\u{1}")
    }
}
