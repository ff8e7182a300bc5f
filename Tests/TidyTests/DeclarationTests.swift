import Testing

@Suite struct DeclarationTests {
    private func declared(_ text: String) -> [Declaration] { SwiftCode(text).declarations }

    /// Kind, name, and lines of those with a body.
    private func summary(_ text: String) -> [String] {
        declared(text).map { declaration in
            let kind = "\(declaration.kind.rawValue) \(declaration.name)"
            return declaration.body == nil ? kind : kind + " \(declaration.lineCount)"
        }
    }

    @Test(arguments: [
        ("func a() {\n}", ["func a 2"]),
        (
            "func a<T: B>(\n  _ b: () -> Void = { c }\n) throws -> [D]\nwhere T: E {\n  f()\n}",
            ["func a 6"]
        ),
        (
            "protocol P {\n  func a()\n  func b() -> C\n  var d: E { get }\n}",
            [
                "protocol P 5", "func a", "func b", "var d 1",
            ]
        ),
        (
            "struct S {\n  init() {\n  }\n  init?(a: B) { }\n  deinit { }\n}",
            [
                "struct S 6", "init init 2", "init init 1", "deinit deinit 1",
            ]
        ),
        ("x = S.init(a)\nself.init(b)", []),
        ("static func < (a: B, b: B) -> Bool { c }", ["func < 1"]),
        ("func == (a: B, b: B) -> Bool {\n c\n}", ["func == 3"]),
        ("var a: B {\n  c\n}", ["var a 3"]),
        ("var a = b { c }", ["var a"]),
        ("var a: B\nwhile c {\n}\nlet d: E\nif f { }", ["var a", "let d"]),
        ("extension A.B where C == D { }", ["extension A.B 1"]),
        ("class A: B { class func c() { } }", ["class A 1", "func c 1"]),
        ("actor A { subscript(b: C) -> D { e } }", ["actor A 1", "subscript subscript 1"]),
        ("func `default`() { }", ["func default 1"]),
        ("typealias A = (B) -> C\nenum D { }", ["typealias A", "enum D 1"]),
        ("import struct A.B", []),
        ("func a() {\n func b() {\n }\n}", ["func a 4", "func b 2"]),
        ("func a() { \"}\" }\nlet b = 1", ["func a 1", "let b"]),
        ("func a() {", ["func a 1"]),
    ])
    func areFoundWithTheirLines(text: String, expected: [String]) {
        #expect(summary(text) == expected)
    }

    @Test func knowWhetherTheyArePublicAndWhereTheyBegin() {
        let text =
            "@available(macOS 26, *)\n@inlinable\npublic static func a() {}\n"
            + "public private(set) var b = 1\nfunc c() {}\nopen class D {}\n"
        let found = declared(text)
        #expect(found.map(\.name) == ["a", "b", "c", "D"])
        #expect(found.map(\.isPublic) == [true, true, false, true])
        let lines = found.map { SwiftCode(text).tokens[$0.start].line }
        #expect(lines == [1, 4, 5, 6])
    }
}
