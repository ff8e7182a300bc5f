// Fields: names, values, white space, folding, sizes, what looks like a framing field and is
// none, cookies. The names are those of the Http11Probe suite where it has such a test; bytes and
// answers are our own, the answers the strictest that RFC 9112 and 9110 allow.

let probeFieldRows: [ProbeRow] = [
    // White space.
    ProbeRow("RFC9112-5.1-OBS-FOLD", asking("X-A: b\r\n c\r\n"), refused: 400),
    ProbeRow("OBS-FOLD-TAB", asking("X-A: b\r\n\tc\r\n"), refused: 400),
    ProbeRow("OBS-FOLD-EMPTY", asking("X-A: b\r\n \r\n"), refused: 400),
    ProbeRow("OBS-FOLD-OF-HOST", "GET / HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n", refused: 400),
    ProbeRow("RFC9110-5.6.2-SP-BEFORE-COLON", asking("X-A : b\r\n"), refused: 400),
    ProbeRow("TAB-BEFORE-COLON", asking("X-A\t: b\r\n"), refused: 400),
    ProbeRow(
        "COMP-WHITESPACE-BEFORE-HEADERS", "GET / HTTP/1.1\r\n X-A: b\r\nHost: localhost\r\n\r\n",
        refused: 400),
    ProbeRow("OWS-AROUND-VALUE", asking("X-A: \t b \t \r\n"), 200),
    // Names.
    ProbeRow("RFC9112-5-EMPTY-HEADER-NAME", asking(": b\r\n"), refused: 400),
    ProbeRow("RFC9112-5-INVALID-HEADER-NAME", asking("X[A]: b\r\n"), refused: 400),
    ProbeRow("RFC9112-5-HEADER-NO-COLON", asking("X-A b\r\n"), refused: 400),
    ProbeRow("HEADER-NAME-QUOTED", asking("\"X\": b\r\n"), refused: 400),
    ProbeRow("HEADER-NAME-NUL", asking("X\0A: b\r\n"), refused: 400),
    ProbeRow("HEADER-NAME-CR", asking("X\rA: b\r\n"), refused: 400),
    ProbeRow("HEADER-ONLY-COLON", asking(":\r\n"), refused: 400),
    ProbeRow("HEADER-EVERY-TOKEN-MARK", asking("!#$%&'*+-.^_`|~09azAZ: b\r\n"), 200),
    ProbeRow("MAL-NON-ASCII-HEADER-NAME", asking("X-\u{e9}: b\r\n"), refused: 400),
    ProbeRow("NORM-TAB-IN-NAME", asking("X\tA: b\r\n"), refused: 400),
    ProbeRow("NORM-SP-BEFORE-COLON-CL", sending("Content-Length : 5\r\n", "hello"), refused: 400),
    ProbeRow("NORM-UNDERSCORE-CL", sending("Content_Length: 5\r\n", "hello"), refused: 400),
    ProbeRow("NORM-UNDERSCORE-TE", sending("Transfer_Encoding: chunked\r\n"), refused: 400),
    ProbeRow("SMUG-TRANSFER_ENCODING", asking("TRANSFER_ENCODING: chunked\r\n"), refused: 400),
    ProbeRow(
        "NORM-CASE-TE", sending("TRANSFER-ENCODING: chunked\r\n", "2\r\nab\r\n0\r\n\r\n"), 200,
        contains: "ab"),
    ProbeRow("NORM-CASE-HOST", "GET / HTTP/1.1\r\nhOsT: localhost\r\n\r\n", 200),
    // Values.
    ProbeRow("MAL-NUL-IN-HEADER-VALUE", asking("X-A: b\0c\r\n"), refused: 400),
    ProbeRow("MAL-CONTROL-CHARS-HEADER", asking("X-A: \u{1}\u{2}\u{8}\r\n"), refused: 400),
    ProbeRow("ESCAPE-IN-VALUE", asking("X-A: \u{1b}]0;x\u{7}\r\n"), refused: 400),
    ProbeRow("DEL-IN-VALUE", asking("X-A: \u{7f}\r\n"), refused: 400),
    ProbeRow("SMUG-BARE-CR-HEADER-VALUE", asking("X-A: b\rX-C: d\r\n"), refused: 400),
    ProbeRow("SMUG-HEADER-INJECTION", asking("X-A: b\nX-C: d\r\n"), refused: 400),
    ProbeRow("VALUE-OF-OTHER-ALPHABETS", asking("X-A: \u{e9}\u{4e2d}\r\n"), 200),
    ProbeRow("VALUE-EMPTY", asking("X-A:\r\n"), 200),
    ProbeRow("COMP-ACCEPT-NONSENSE", asking("Accept: no/such;;;q=, ,\r\n"), 200),
    ProbeRow(
        "COMP-DUPLICATE-CT",
        sending("Content-Length: 2\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n", "ab"),
        refused: 400),
    ProbeRow(
        "DUPLICATE-CT-SAME",
        sending("Content-Length: 2\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n", "ab"),
        refused: 400),
    ProbeRow(
        "COMP-POST-UNSUPPORTED-CT",
        sending("Content-Length: 2\r\nContent-Type: no/such\r\n", "ab"), 200),
    ProbeRow("CONNECTION-NAMES-HOST", asking("Connection: Host\r\n"), 200),
    // Sizes.
    ProbeRow("MAL-LONG-HEADER-VALUE", asking("X-A: \(long(100_000))\r\n"), refused: 431),
    ProbeRow("MAL-LONG-HEADER-NAME", asking("\(long(100_000)): b\r\n"), refused: 431),
    ProbeRow("MAL-MANY-HEADERS", asking(long(10_000, "X-A: b\r\n")), refused: 431),
    ProbeRow("MANY-HEADERS-IN-LITTLE-SPACE", asking(long(101, "A:\r\n")), refused: 431),
    ProbeRow("A-HUNDRED-HEADERS", asking(long(99, "A:\r\n")), 200),
    // What every answer has.
    ProbeRow("COMP-DATE-HEADER", asking(), 200, contains: "\r\nDate: "),
    ProbeRow("COMP-DATE-FORMAT", asking(), 200, contains: " GMT\r\n"),
    ProbeRow(
        "COMP-CONTENT-TYPE-PRESENCE", asking(), 200, contains: "\r\nContent-Type: text/plain"),
    ProbeRow(
        "COMP-NO-CL-IN-204", line("GET /nothing HTTP/1.1"), 204, lacks: "Content-Length"),
    ProbeRow(
        "H9-ERROR-ECHOES-NOTHING", line("GET /%3Cscript%3E HTTP/1.1"), 404, lacks: "script"),
    // Ranges and conditions.
    ProbeRow("COMP-RANGE-INVALID", file("Range: bytes=abc-xyz\r\n"), 200),
    ProbeRow("RANGE-OTHER-UNIT", file("Range: lines=0-1\r\n"), 200),
    ProbeRow("RANGE-BEYOND", file("Range: bytes=99-\r\n"), 416, contains: "bytes */"),
    ProbeRow("RANGE-FIRST", file("Range: bytes=0-1\r\n"), 206, contains: "bytes 0-1/"),
    ProbeRow(
        "MAL-RANGE-OVERLAPPING", file("Range: bytes=0-,0-,0-,0-,0-,0-,0-,0-\r\n"), 200,
        lacks: "multipart"),
    ProbeRow(
        "COMP-RANGE-POST",
        line("POST / HTTP/1.1", "Content-Length: 2\r\nRange: bytes=0-0\r\n", "ab"), 200,
        contains: "ab"),
    ProbeRow("CAP-ETAG-304", file("If-None-Match: \"v1\"\r\n"), 304, lacks: "the file"),
    ProbeRow("CAP-ETAG-IN-304", file("If-None-Match: \"v1\"\r\n"), 304, contains: "ETag: \"v1\""),
    ProbeRow("CAP-ETAG-WEAK", file("If-None-Match: W/\"v1\"\r\n"), 304),
    ProbeRow("CAP-INM-WILDCARD", file("If-None-Match: *\r\n"), 304),
    ProbeRow("CAP-INM-UNQUOTED", file("If-None-Match: v1\r\n"), 200),
    ProbeRow(
        "CAP-INM-PRECEDENCE",
        file("If-None-Match: \"x\"\r\nIf-Modified-Since: Thu, 01 Jan 2032 00:00:00 GMT\r\n"),
        200),
    ProbeRow(
        "CAP-LAST-MODIFIED-304", file("If-Modified-Since: Thu, 01 Jan 1970 00:01:40 GMT\r\n"), 304),
    ProbeRow("CAP-IMS-EARLIER", file("If-Modified-Since: Thu, 01 Jan 1970 00:00:01 GMT\r\n"), 200),
    ProbeRow("CAP-IMS-FUTURE", file("If-Modified-Since: Fri, 01 Jan 2999 00:00:00 GMT\r\n"), 200),
    ProbeRow("CAP-IMS-INVALID", file("If-Modified-Since: yesterday\r\n"), 200),
    // Cookies are fields like others: refused or handed on as they are.
    ProbeRow("COOK-ECHO", cookie("foo=bar"), 200, contains: "foo=bar"),
    ProbeRow("COOK-EMPTY", cookie(""), 200),
    ProbeRow("COOK-MALFORMED", cookie("===;;;"), 200),
    ProbeRow("COOK-MULTI-HEADER", cookie("a=1\r\nCookie: b=2"), 200, contains: "a=1; b=2"),
    ProbeRow("COOK-MANY-PAIRS", cookie(long(1000, "k=v; ")), 200),
    ProbeRow("COOK-PARSED-BASIC", cookie("a=b"), 200, contains: "a=b"),
    ProbeRow("COOK-PARSED-MULTI", cookie("a=1; b=2; c=3"), 200, contains: "a=1; b=2; c=3"),
    ProbeRow("COOK-PARSED-EMPTY-VAL", cookie("foo="), 200, contains: "foo="),
    ProbeRow("COOK-PARSED-SPECIAL", cookie("a=b=c; d=\"e f\""), 200, contains: "d=\"e f\""),
    ProbeRow("COOK-NUL", cookie("foo=\0bar"), refused: 400),
    ProbeRow("COOK-CONTROL-CHARS", cookie("foo=\u{1}\u{2}\u{3}"), refused: 400),
    ProbeRow("COOK-OVERSIZED", cookie("big=\(long(65_536))"), refused: 431),
]

private func file(_ fields: String) -> String { line("GET /file HTTP/1.1", fields) }

private func cookie(_ value: String) -> String {
    line("GET /cookie HTTP/1.1", "Cookie: \(value)\r\n")
}
