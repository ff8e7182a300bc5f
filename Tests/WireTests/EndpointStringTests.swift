import FairleadWire
import Testing

@Suite struct EndpointStringTests {
    typealias Argument = EndpointString.Argument

    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let kind: String
        let arguments: [Argument]

        init(_ text: String, _ kind: String, _ arguments: (String?, String, Int)...) {
            self.text = text
            self.kind = kind
            self.arguments = arguments.map { Argument(key: $0.0, value: $0.1, column: $0.2) }
        }

        var testDescription: String { text.debugDescription }
    }

    static let rows = [
        Row("stdio", "stdio"),
        Row("stdio:", "stdio", (nil, "", 7)),
        Row("tcp:8000", "tcp", (nil, "8000", 5)),
        Row("tcp::8000", "tcp", (nil, "", 5), (nil, "8000", 6)),
        Row(
            "tcp:8000:interface=127.0.0.1:backlog=512", "tcp", (nil, "8000", 5),
            ("interface", "127.0.0.1", 10), ("backlog", "512", 30)),
        Row("exec:echo a=b=c", "exec", ("echo a", "b=c", 6)),
        Row(#"exec:echo a\=b=c"#, "exec", ("echo a=b", "c", 6)),
        Row("x:=v:k=:=", "x", ("", "v", 3), ("k", "", 6), ("", "", 9)),
        Row(#"unix:/run/a\:b\\c"#, "unix", (nil, #"/run/a:b\c"#, 6)),
        Row(#"t\cp:1"#, "tcp", (nil, "1", 6)),
        Row(#"a\:b\=c:d"#, "a:b=c", (nil, "d", 9)),
        Row("tcp:[::1]:80", "tcp", (nil, "::1", 5), (nil, "80", 11)),
        Row("tcp:host=[fe80::1%2]:80", "tcp", ("host", "fe80::1%2", 5), (nil, "80", 22)),
        Row("x:[a=b:c]", "x", (nil, "a=b:c", 3)),
        Row("x:a[b:c]", "x", (nil, "a[b", 3), (nil, "c]", 7)),
        Row(#"x:\[b:c]"#, "x", (nil, "[b", 3), (nil, "c]", 7)),
        Row(#"x:[a\]:b]:c"#, "x", (nil, "a]:b", 3), (nil, "c", 11)),
        Row("x:]", "x", (nil, "]", 3)),
        Row("x:[[a]]", "x", (nil, "[a]", 3)),
        Row("x:[]", "x", (nil, "", 3)),
        // Characters that Swift would join with a neighbour: they neither hide a colon nor move
        // a column.
        Row("x:\u{301}a:b", "x", (nil, "\u{301}a", 3), (nil, "b", 6)),
        Row("x:k=\u{301}v", "x", ("k", "\u{301}v", 3)),
        Row("x:a\r\n:b", "x", (nil, "a\r\n", 3), (nil, "b", 7)),
        Row("x:a\\\r\n:b", "x", (nil, "a\r\n", 3), (nil, "b", 8)),
        Row(
            "x:\u{1F1E9}\u{1F1EA}\u{1F1E9}:b", "x", (nil, "\u{1F1E9}\u{1F1EA}\u{1F1E9}", 3),
            (nil, "b", 7)),
    ]

    @Test(arguments: rows)
    func readsKindAndArgumentsWithTheirColumns(row: Row) throws {
        let string = try EndpointString(row.text)
        #expect(Array(string.kind.utf8) == Array(row.kind.utf8))
        #expect(string.arguments == row.arguments)
        #expect(string.source == row.text)
        let again = try EndpointString(string.description)
        #expect(again.kind == string.kind)
        #expect(again.arguments.map(\.key) == string.arguments.map(\.key))
        #expect(again.arguments.map(\.value) == string.arguments.map(\.value))
        #expect(again.description == string.description)
    }

    @Test(arguments: [
        ("", "kind", 1, "a kind before the first ':'"),
        (":8000", "kind", 1, "a kind before the first ':'"),
        ("[]:8000", "kind", 1, "a kind before the first ':'"),
        ("port=8000", "kind", 1, "a kind before the first ':'"),
        ("tcp:[::1:80", "'['", 5, "a closing ']'"),
        ("tcp:host=[::1:80", "'['", 10, "a closing ']'"),
        (#"tcp:[a\]"#, "'['", 5, "a closing ']'"),
        ("tcp:80\\", "'\\'", 7, "a character after it"),
        ("\\", "'\\'", 1, "a character after it"),
        ("x:e\u{301}:\u{1F468}\u{200D}\u{1F469}:[", "'['", 10, "a closing ']'"),
        ("unix:/tmp/a\0b", "NUL", 12, "text without it"),
    ])
    func namesPartColumnAndWhatWasExpected(
        text: String, part: String, column: Int, expected: String
    ) {
        let error = #expect(throws: EndpointStringError.self) { try EndpointString(text) }
        #expect(error == EndpointStringError(text, part: part, column: column, expected: expected))
    }

    @Test func readsAtMostTheMaximumLength() throws {
        let longest = "x:" + String(repeating: "\u{E9}", count: 2047)
        #expect(longest.utf8.count == EndpointString.maximumLength)
        #expect(try EndpointString(longest).arguments.count == 1)
        let error = #expect(throws: EndpointStringError.self) { try EndpointString(longest + "a") }
        #expect(error?.expected == "at most 4096 bytes")
    }

    @Test func describesAnErrorInOneLine() {
        let plain = EndpointStringError("a:b", part: "x", column: 3, expected: "y")
        let hint = EndpointStringError(
            "tpc:1", part: "kind \"tpc\"", column: 1, expected: "one of tcp", suggestion: "tcp")
        #expect(plain.description == "\"a:b\", column 3: x: expected y")
        #expect(
            hint.description
                == "\"tpc:1\", column 1: kind \"tpc\": expected one of tcp; did you mean \"tcp\"?")
    }

    @Test func isMadeFromItsParts() throws {
        let made = EndpointString(
            kind: "tcp", [(nil, "::1"), ("a=b", "c:d"), (nil, "x=y"), ("\u{301}", "[z]\\")])
        #expect(made.description == #"tcp:[::1]:a\=b=c\:d:x\=y:"# + "\u{301}" + #"=\[z\]\\"#)
        #expect(made.source == made.description)
        #expect(try EndpointString(made.description) == made)
    }

    @Test func anythingEscapedIsReadBackAsItWas() throws {
        var random = SeededRandom(3)
        let alphabet = Array(":=\\[]a \r\n\u{301}\u{E9}\u{1F1E9}\u{200D}".unicodeScalars)
        func text(_ random: inout SeededRandom) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: random.some(of: alphabet, upTo: 6))
            return String(view)
        }
        var disagreement: String?
        for _ in 0..<5000 where disagreement == nil {
            let kind = "k" + text(&random)
            let arguments = (0..<3).map { index in
                (key: index == 0 ? text(&random) : nil, value: text(&random))
            }
            let made = EndpointString(kind: kind, arguments)
            let read = try EndpointString(made.description)
            let same =
                read.kind.unicodeScalars.elementsEqual(kind.unicodeScalars)
                && read.arguments == made.arguments
                && zip(read.arguments, arguments).allSatisfy {
                    $0.key.map { Array($0.utf8) } == $1.key.map { Array($0.utf8) }
                        && Array($0.value.utf8) == Array($1.value.utf8)
                }
            if !same { disagreement = made.description.debugDescription }
        }
        #expect(disagreement == nil)
    }
}
