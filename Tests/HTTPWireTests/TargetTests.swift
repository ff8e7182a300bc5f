import FairleadHTTPWire
import Testing

@Suite struct TargetTests {
    @Test(arguments: [
        ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a%20b/c", ["a b", "c"]),
        ("/%E2%82%AC", ["€"]), ("/a.b/..c", ["a.b", "..c"]), ("/...", ["..."]),
    ])
    func aPathIsItsSegments(path: String, segments: [String]) {
        #expect(PathSegments(path)?.segments == segments)
    }

    /// H20: whatever leads out of a folder is no path.
    @Test(arguments: [
        "/..", "/../etc/passwd", "/a/../b", "/./a", "/%2e%2e/a", "/%2E./a", "/..%2fetc",
        "/a%2fb", "/..%5cetc", "/a%5Cb", "/%c0%ae%c0%ae/", "/%c0%af", "/%00", "/a%0ab", "/a%7f",
        "//etc", "/a//b", "", "a", "/%", "/%2", "/%zz", "/%ff", "/a\\b", "/%ed%a0%80",
    ])
    func whatLeadsAstrayIsNoPath(path: String) {
        #expect(PathSegments(path) == nil)
    }

    /// Decoded once: what was encoded twice is a name with percent signs, which leads nowhere.
    @Test func whatIsEncodedTwiceIsDecodedOnce() {
        #expect(PathSegments("/%252e%252e")?.segments == ["%2e%2e"])
    }

    @Test func queriesAreLists() {
        let items = QueryItems("a=1&b=x+y%26&a=2&c&=d&e=%zz&f=%ff")
        #expect(items["a"] == "1" && items["b"] == "x y&" && items["c"] == "")
        #expect(items.values(of: "a") == ["1", "2"])
        #expect(items["e"] == nil && items["f"] == nil && items[""] == "d")
        #expect(QueryItems(String(repeating: "a=b&", count: 5000)).items.count == 1000)
    }

    /// H16: there is no nesting in a form's names; brackets are letters like others.
    @Test func namesAreNotNested() {
        let name = "a" + String(repeating: "[b]", count: 10_000)
        #expect(QueryItems("\(name)=1")[name] == "1")
    }

    @Test(arguments: [
        ("http://Example.org", "http://example.org/"), ("http://a:80/b", "http://a/b"),
        ("https://a:80/b?c=d#e", "https://a:80/b?c=d"), ("ws://[::1]:9/", "ws://[::1]:9/"),
        ("http://a/b/../c/./d", "http://a/c/d"), ("http://a?q", "http://a/?q"),
        ("http://a/b c<>\"", "http://a/b%20c%3C%3E%22"), ("http://a/%zz", "http://a/%zz"),
        ("HTTP://a/\r\nX: y", "http://a/%0D%0AX:%20y"), ("http://a/é", "http://a/%C3%A9"),
        ("http://a/..%2e/b", "http://a/..%2e/b"), ("http://a/%2E%2e/b", "http://a/b"),
    ])
    func addressesAreRead(text: String, description: String) {
        #expect(HTTPURL(text)?.description == description)
    }

    /// H17: there is no user information, and a port is one.
    @Test(arguments: [
        "", "a", "/a", "ftp://a/", "http:a", "http://", "http:///a", "http://a@b/", "http://a:b@c/",
        "http://a:99999/", "http://a:-1/", "http://a b/", "http://a\\@b/", "http://a%00/",
        "javascript:alert(1)", "http://[::1/", "http://[zz]/", "http://good:80@evil/",
    ])
    func whatIsNoAddressIsNil(text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test func aHostIsWholeHoweverLongItsPort() {
        let zeros = String(repeating: "0", count: 65_000)
        #expect(HTTPURL("http://good:\(zeros)80@evil/") == nil)
        #expect(HTTPURL("http://good/" + String(repeating: "a", count: 70_000))?.host == "good")
    }

    @Test(arguments: [
        ("/x", "http://a/x"), ("x", "http://a/b/x"), ("../x", "http://a/x"),
        ("?y", "http://a/b/c?y"),
        ("//h/x", "http://h/x"), ("https://h", "https://h/"), ("", "http://a/b/c?d"),
        ("./", "http://a/b/"), ("../../../x", "http://a/x"), ("x:y", nil), ("ftp://h/", nil),
    ])
    func referencesAreResolved(reference: String, to address: String?) throws {
        let base = try #require(HTTPURL("http://a/b/c?d"))
        #expect(base.resolving(reference)?.description == address)
    }

    @Test(arguments: [
        ("http://a/", true), ("http://a:80/b", true), ("http://A", true), ("https://a/", false),
        ("http://a:81/", false), ("http://b/", false), ("http://a.b/", false),
    ])
    func originsAreSchemeHostAndPort(text: String, isSame: Bool) throws {
        let base = try #require(HTTPURL("http://a/b"))
        #expect(try base.isSameOrigin(as: #require(HTTPURL(text))) == isSame)
    }

    @Test func encodingLeavesWhatIsPlain() {
        #expect(PercentCoding.encoded("a-b_c.d~é \"<") == "a-b_c.d~%C3%A9%20%22%3C")
        #expect(PercentCoding.decoded("%C3%A9") == "é")
        #expect(PercentCoding.decoded("%C3") == nil)
    }
}
