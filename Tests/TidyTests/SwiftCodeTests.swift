import Testing

@Suite struct SwiftCodeTests {
    private func words(_ text: String) -> String {
        SwiftCode(text).tokens.map(\.text).joined(separator: " ")
    }

    @Test(arguments: [
        ("let a = b!", "let a = b !"),
        ("// no code!\nx", "x"),
        ("x /* a /* b */ c\n */ y", "x y"),
        ("/* open", ""),
        (#"f("no code! \" // more", y)"#, #"f ( " , y )"#),
        (#"a = "\(b! + "c!") d!" + e"#, #"a = " ( b ! + " ) + e"#),
        (#"a = "\(f("\(g(1)!)"))!""#, #"a = " ( f ( " ( g ( 1 ) ! ) ) )"#),
        ("a = #\"x \\(y!) \" z\"# + b", "a = \" + b"),
        ("a = #\"x \\#(y!) \"# + b", "a = \" ( y ! ) + b"),
        ("a = \"\"\"\n b! \" c\n \\(d!)\n \"\"\"\ne", "a = \" ( d ! ) e"),
        ("a = ##\"\"\"\n \"\"\"# \\#(b!)\n \"\"\"##\ne", "a = \" e"),
        (#"a = "\\" + b"#, #"a = " + b"#),
        ("#if DEBUG", "# if DEBUG"),
        ("a = \"unfinished\nb", "a = \" b"),
        ("\u{E9}t\u{E9} = x", "\u{E9}t\u{E9} = x"),
        ("", ""), ("\"", "\""), ("#\"", "\""), ("\"\\", "\""), ("\"\\(", "\" ("),
    ])
    func keepsCodeAndLeavesOutTextAndComments(text: String, expected: String) {
        #expect(words(text) == expected)
    }

    @Test func knowsTheLineOfEachToken() {
        let text = "a\n/* x\n y */ b\n\"\"\"\n t\n \"\"\"; c // d\n  e"
        let tokens = SwiftCode(text).tokens
        #expect(tokens.map(\.text) == ["a", "b", "\"", ";", "c", "e"])
        #expect(tokens.map(\.line) == [1, 3, 4, 6, 6, 7])
        #expect(tokens.map(\.isFirst) == [true, true, true, false, false, true])
        #expect(tokens.map(\.isAttached) == [true, false, false, true, false, false])
    }

    @Test func keepsEachLineOfEachComment() {
        let comments = SwiftCode("a // b\n/* c\nd */ \"// no\"").comments
        #expect(comments.map(\.text) == ["// b", "/* c", "d */"])
        #expect(comments.map(\.line) == [1, 2, 3])
    }
}
