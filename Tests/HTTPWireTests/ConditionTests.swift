import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

/// The head of a request with these field lines.
func head(_ fields: String, method: String = "GET") throws -> RequestHead {
    var parser = RequestParser()
    var place = 0
    let bytes = Array("\(method) / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n".utf8)
    try #require(try parser.step(bytes.span, &place) == .head)
    return parser.head
}

@Suite struct ConditionTests {
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    private let state = ContentState(
        tag: EntityTag("abc"), modified: HTTPDate(seconds: 784_111_777))

    @Test(arguments: [
        ("", "GET", Precondition.holds), ("If-None-Match: \"abc\"\r\n", "GET", .notModified),
        ("If-None-Match: \"x\", W/\"abc\"\r\n", "HEAD", .notModified),
        ("If-None-Match: *\r\n", "GET", .notModified),
        ("If-None-Match: \"abd\"\r\n", "GET", .holds),
        ("If-None-Match: abc\r\n", "GET", .holds),
        ("If-None-Match: \"abc\"\r\n", "PUT", .failed), ("If-None-Match: *\r\n", "PUT", .failed),
        ("If-Match: \"abc\"\r\n", "PUT", .holds), ("If-Match: W/\"abc\"\r\n", "PUT", .failed),
        ("If-Match: \"x\"\r\n", "GET", .failed), ("If-Match: *\r\n", "PUT", .holds),
        ("If-Modified-Since: \(date)\r\n", "GET", .notModified),
        ("If-Modified-Since: \(before)\r\n", "GET", .holds),
        ("If-Modified-Since: nonsense\r\n", "GET", .holds),
        ("If-Modified-Since: \(date)\r\n", "PUT", .holds),
        ("If-Unmodified-Since: \(date)\r\n", "PUT", .holds),
        ("If-Unmodified-Since: \(before)\r\n", "PUT", .failed),
        ("If-None-Match: \"x\"\r\nIf-Modified-Since: \(date)\r\n", "GET", .holds),
        ("If-Match: \"abc\"\r\nIf-Unmodified-Since: \(before)\r\n", "PUT", .holds),
    ])
    func conditionsAreJudgedInOrder(fields: String, method: String, outcome: Precondition) throws {
        let head = try head(fields, method: method)
        let isRead = head.method != .put
        #expect(Precondition(of: head, state, isRead: isRead) == outcome)
    }

    @Test func whatIsNotThereMatchesNothing() throws {
        let any = try head("If-Match: *\r\n", method: "PUT")
        #expect(Precondition(of: any, nil, isRead: false) == .failed)
        let none = try head("If-None-Match: *\r\n", method: "PUT")
        #expect(Precondition(of: none, nil, isRead: false) == .holds)
    }

    @Test(arguments: [
        ("", true), ("If-Range: \"abc\"\r\n", true), ("If-Range: W/\"abc\"\r\n", false),
        ("If-Range: \"x\"\r\n", false), ("If-Range: \(date)\r\n", true),
        ("If-Range: \(before)\r\n", false), ("If-Range: nonsense\r\n", false),
    ])
    func aRangeIsOfTheStateThatTheClientHas(fields: String, isAllowed: Bool) throws {
        #expect(Precondition.allowsRange(try head(fields), state) == isAllowed)
    }

    @Test(arguments: [
        (nil, ByteRanges.whole), ("bytes=0-4", .parts([0..<5])), ("bytes=5-", .parts([5..<10])),
        ("bytes=-3", .parts([7..<10])), ("bytes=-30", .parts([0..<10])),
        ("bytes=0-0,9-9", .parts([0..<1, 9..<10])), ("bytes=8-99", .parts([8..<10])),
        ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=10-,0-1", .parts([0..<2])), ("bytes=0-99999999999999999999999", .parts([0..<10])),
        ("bytes=99999999999999999999999-", .unsatisfiable), ("bytes=5-4", .whole),
        ("bytes=a-b", .whole), ("bytes=+1-2", .whole), ("bytes=", .whole), ("bytes=-", .whole),
        ("bytes=1", .whole), ("items=0-1", .whole), ("bytes=0-1-2", .whole),
        ("bytes=0-4,2-6", .whole), ("bytes=0-1, 3-4", .parts([0..<2, 3..<5])),
    ])
    func rangesAreOfTheContent(text: String?, ranges: ByteRanges) {
        #expect(ByteRanges(text, size: 10) == ranges)
    }

    /// CVE-2011-3192: a list of a thousand ranges is not served.
    @Test func aLongListIsNotServed() {
        let list = (0..<1000).map { "\($0)-\($0)" }.joined(separator: ",")
        #expect(ByteRanges("bytes=" + list, size: 10_000) == .whole)
    }

    @Test func tagsOfContentsDiffer() {
        let tags = ["", "a", "b", "ab", "ba"].map { EntityTag(of: Array($0.utf8).span) }
        #expect(Set(tags).count == 5)
        #expect(tags.allSatisfy { EntityTag(field: $0.description) == $0 })
        #expect(EntityTag("a\"b") == nil && EntityTag(field: "abc") == nil)
        #expect(EntityTag(field: "W/\"a\"")?.isWeak == true)
    }

    @Test(arguments: [
        ("gzip", "gzip", 1000), ("gzip;q=0.5, *;q=0", "gzip", 500), ("*;q=0.1", "gzip", 100),
        ("gzip;q=0", "gzip", 0), ("GZIP ; Q=0.25", "gzip", 250), ("br", "gzip", nil),
        ("gzip;q=1.5", "gzip", nil), ("gzip;q=x", "gzip", nil), ("gzip;q=0.1234", "gzip", nil),
        ("", "gzip", nil), (",,gzip", "gzip", 1000), ("identity;q=0", "identity", 0),
    ])
    func qualitiesAreRead(field: String, value: String, quality: Int?) {
        #expect(QualityList(field).quality(of: value) == quality)
    }

    @Test func mediaTypesAreRead() {
        let type = MediaType("Text/HTML ; Charset=\"utf-8\"; x")
        #expect(type?.essence == "text/html" && type?.parameters == ["charset": "utf-8"])
        #expect(type?.description == "text/html; charset=utf-8")
        #expect(MediaType("text") == nil && MediaType("") == nil && MediaType("a/b/c") == nil)
        #expect(MediaType.name(ofFile: "a.min.JS").hasPrefix("text/javascript"))
        #expect(MediaType.name(ofFile: "html") == "application/octet-stream")
    }

    /// H9: an error document holds no markup, whatever it is told.
    @Test func problemsHoldNoMarkup() {
        let problem = ProblemDocument(
            status: 404, detail: "\"><script>alert(1)</script>\r\n\u{2028}")
        let text = String(decoding: problem.json, as: UTF8.self)
        #expect(!text.contains("<") && !text.dropLast().contains("\n"))
        #expect(text.contains("\"title\":\"Not Found\",\"status\":404"))
        #expect(text.contains("\\u003cscript\\u003e"))
    }
}
