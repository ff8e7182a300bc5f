// A rule that cannot fail is a defect: each has snippets that it must report and others that it
// must not. Bad code stands in literals here, which the rules do not look into. A snippet is a
// file of the tree that does not exist, because most rules ask where a file lies.
import Testing

@Suite struct RuleTests {
    private func findings(
        _ rule: any Rule, _ text: String, at path: String = "Sources/Wire/Snippet.swift"
    ) -> [String] {
        rule.findings(in: SourceFile(path, text)).map { "\($0.line): \($0.message)" }
    }

    @Test func linesMayHave100Columns() {
        let fits = String(repeating: "\u{E9}", count: 100)
        #expect(findings(LengthRule(), "// x\n\(fits)\n") == [])
        for path in ["a.swift", "Sources/CSystem/a.h", "Makefile", "README.md"] {
            #expect(findings(LengthRule(), "\n\(fits) x", at: path) == ["2: 102 columns"])
        }
    }

    @Test func tablesAndAddressesInMarkdownMayBeWide() {
        let wide = "| " + String(repeating: "x", count: 100)
        let address = "https://" + String(repeating: "x", count: 100)
        #expect(findings(LengthRule(), wide + "\n" + address, at: "README.md") == [])
        #expect(findings(LengthRule(), wide, at: "a.swift").count == 1)
    }

    @Test func filesMayHave700Lines() {
        let lines = String(repeating: "\n", count: 700)
        #expect(findings(LengthRule(), lines) == [])
        #expect(findings(LengthRule(), lines + "\n") == ["700: 701 lines"])
    }

    @Test(arguments: ["func a()", "init()", "var a: B", "deinit", "subscript(a: B) -> C"])
    func functionsMayHave50Lines(head: String) {
        let body = String(repeating: "b()\n", count: 48)
        #expect(findings(LengthRule(), "\n\(head) {\n\(body)}\n") == [])
        let found = findings(LengthRule(), "\n\(head) {\n\(body)c()\n}\n")
        #expect(found.count == 1 && found[0].hasPrefix("2: ") && found[0].hasSuffix("51 lines"))
    }

    @Test func filesOver150LinesOpenWith3To12Lines() {
        let rest = String(repeating: "\n", count: 150)
        func opening(_ lines: Int) -> String { String(repeating: "// x\n", count: lines) + rest }
        #expect(findings(OpeningRule(), rest) == [])
        #expect(findings(OpeningRule(), opening(3)) == [])
        #expect(findings(OpeningRule(), opening(12)) == [])
        for count in [1, 2, 13] { #expect(findings(OpeningRule(), opening(count)).count == 1) }
        #expect(findings(OpeningRule(), "/// x\n/// x\n/// x\n" + rest).count == 1)
        let block = "/* x\n * x\n * x */\n" + rest
        #expect(findings(OpeningRule(), block, at: "Sources/CSystem/a.c") == [])
        #expect(findings(OpeningRule(), block).count == 1)
    }

    @Test(arguments: [
        ("fatalError()", 1), ("preconditionFailure()", 1), ("try! a()", 1), ("a as! B", 1),
        ("Thread.sleep(1)", 1), ("usleep(1)", 1), ("String(format: a)", 1),
        ("precondition(a)", 1), ("assert(a)", 1), ("print(a)", 1),
        ("a = \"\\(try! b())\"", 1), ("try!a()\ntry! b()", 2),
        ("try a()\ntry? b()\na as? B\na as B", 0),
        ("// fatalError() try! as!", 0), ("a = \"fatalError() try! as!\"", 0), ("a.print(b)", 0),
        ("String(a, radix: 16)", 0), ("a.assert()", 0),
    ])
    func bannedWords(text: String, count: Int) {
        #expect(findings(WordRule(), text).count == count)
    }

    @Test func somePreconditionsAreAllowedOutsideOfWire() {
        #expect(findings(WordRule(), "precondition(a)", at: "Sources/Engine/A.swift") == [])
        #expect(findings(WordRule(), "fatalError()", at: "Sources/Engine/A.swift").count == 1)
        #expect(findings(WordRule(), "fatalError()", at: "Tests/ATests/A.swift") == [])
    }

    @Test(arguments: [
        ("a!", 1), ("a!.b", 1), ("a()!", 1), ("a[0]!", 1), ("var a: B!", 1), ("a?.b!", 1),
        ("a = \"\\(b!)\"", 1), ("var a: [B]!", 1), ("{ a }!", 1), ("\"1\"!", 1),
        ("!a", 0), ("a != b", 0), ("a!=b", 0), ("a !== b", 0), ("(!a)", 0), ("[!a]", 0),
        ("a && !b", 0), ("return !a", 0), ("// a!", 0), ("\"a!\"", 0), ("a = \"b\"\n!c", 0),
    ])
    func forcedUnwrapping(text: String, count: Int) {
        let found = findings(WordRule(), text)
        #expect(found == Array(repeating: "1: forced unwrapping", count: count))
    }

    @Test(arguments: WordRule.markers.sorted())
    func markersOfUnfinishedWork(marker: String) {
        let message = "1: \(marker): do it, or make it an issue"
        for path in ["Tests/A/A.swift", "Sources/Wire/A.swift", "Sources/CSystem/a.c", "Makefile"] {
            #expect(findings(WordRule(), "// \(marker): later", at: path) == [message])
        }
        #expect(findings(WordRule(), "/* \(marker) */ x") == [message])
        #expect(findings(WordRule(), "let \(marker) = 1") == [message])
        #expect(findings(WordRule(), "// \(marker)S and a\(marker)\nlet a = \"\(marker)\"") == [])
    }

    @Test(arguments: [
        "let a = unsafe b()", "nonisolated(unsafe) var a = 1",
        "final class A: @unchecked Sendable {}",
    ])
    func unsafeInTheNamedPlacesOnly(text: String) {
        #expect(findings(UnsafeRule(), text).count == 1)
        #expect(findings(UnsafeRule(), text, at: "Sources/Engine/Reactor/Reactor.swift").count == 1)
        #expect(findings(UnsafeRule(), text, at: "Sources/Wire/SpanBytes.swift") == [])
        #expect(findings(UnsafeRule(), text, at: "Sources/Engine/System/A.swift") == [])
        #expect(findings(UnsafeRule(), text, at: "Tests/WireTests/A.swift") == [])
        #expect(findings(UnsafeRule(), "let unsafety = \"unsafe\" // unsafe") == [])
    }

    @Test(arguments: [
        ("Reader", "struct Reader {}", 0), ("Reader", "extension Reader {}", 0),
        ("NearestName", "func nearestName() {}", 0), ("Endpoint", "protocol ClientEndpoint {}", 0),
        ("SpanBytes", "extension Span {}", 0), ("TCPConnect", "func connectTCP() {}", 0),
        ("Deadline", "func left(until deadline: Int) {}", 0), ("Reader+C", "func a() {}", 0),
        ("A+B", "extension A {}", 0), ("Table", "let x = 1", 1), ("Writer", "struct Reader {}", 1),
        ("Deadline", "struct A { func left(until deadline: Int) {} }", 1),
        ("Tools", "func read() {}", 1), ("Span", "extension Array {}", 1), ("Empty", "// x", 0),
        ("Other+C", "func a() {}", 1),
        ("LineReader", "extension Reader { var line: Int { 1 } }", 0),
        ("TCPKind", "extension Kind { static let tcp = 1 }", 0), ("Lines", "let lines = 1", 0),
        ("Lines", "func a() { let lines = 1 }", 1),
        ("LineReader", "var line: Int { 1 }", 1),
    ])
    func filesAreNamedForTheirNoun(noun: String, text: String, count: Int) {
        let rule = NameRule([SourceFile("Sources/Wire/Reader.swift", "struct Reader {}")])
        #expect(findings(rule, text, at: "Sources/Wire/\(noun).swift").count == count)
    }

    @Test(arguments: [
        ("/// A type.\npublic struct A {}", 0), ("public struct A {}", 1), ("struct A {}", 0),
        ("/// Does.\n@inlinable\npublic func a() {}", 0), ("public func a() {}", 1),
        ("/// Does.\n\npublic func a() {}", 1), ("// Does.\npublic func a() {}", 1),
        ("/// Does something that goes on\n/// and on.\npublic func a() {}", 1),
        ("/// does.\npublic func a() {}", 1),
        ("/// Does. And more\n/// text.\npublic func a() {}", 0),
        ("/// Two things:\n/// - one\npublic enum A {}", 0),
        ("public func hash(into a: B) {}", 0), ("public typealias Element = B", 0),
        ("public typealias Maker = B", 1), ("public func received() {}", 0),
        ("public static func < (a: B, b: B) -> Bool {}", 0),
        ("public let a = 1\npublic init() {}", 0),
        ("/// P.\npublic protocol P {\n  /// A.\n  func a()\n  func b()\n}", 1),
        ("protocol P {\n  func b()\n}", 0),
    ])
    func publicContractsAreDocumented(text: String, count: Int) {
        let known = SourceFile("Sources/Engine/P.swift", "protocol P { func received() }")
        #expect(findings(DocumentationRule([known]), text).count == count)
    }

    @Test(arguments: [
        ("@Test func a() { #expect(b) }", 0), ("@Test(arguments: c) func a() throws { }", 1),
        ("@Test func a() { b() }", 1), ("@Test func a() { try #require(b) }", 0),
        ("@Test func a() { Issue.record(\"x\") }", 0), ("@Test func a() { check(b) }", 0),
        ("@Test func a() { indirect(b) }", 0), ("func a() { b() }", 0),
        ("@Test func a() { \"#expect\" } // #expect", 1), ("@Test func a() { try b.hold(c) }", 0),
    ])
    func everyTestCanFail(text: String, count: Int) {
        let helper = SourceFile(
            "Tests/ATests/B.swift", "func indirect() { check() }\nfunc check() { #expect(c) }")
        let kit = SourceFile(
            ExpectationRule.checkers + "/A.swift", "func hold() { throw ContractViolation() }")
        let rule = ExpectationRule([helper, kit])
        #expect(findings(rule, text, at: "Tests/ATests/A.swift").count == count)
    }

    @Test func productsOfBuildsAreNoSources() {
        let paths = [
            "a.swift", ".build/a", "Samples/.build-x/b", "Package.resolved", "c.o", "x.builder",
        ]
        #expect(Tree.products(in: paths) == Array(paths[1...4]))
    }
}
