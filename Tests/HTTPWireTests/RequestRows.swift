// Streams of requests and what must be found in them. The names of rows that stand for a fault of
// somebody's begin with their identifiers in ../shared/HOSTILE.md (H1 to H20); those of the
// Http11Probe suite (H19) with its test's name. Each row is fed whole, byte by byte and cut at
// each point, with equal results.
import FairleadHTTPWire
import Testing

/// A stream and what is found in it.
struct RequestRow: Sendable, CustomTestStringConvertible {
    let name: String
    let stream: String
    let found: [Found]

    init(_ name: String, _ stream: String, _ found: Found...) {
        self.name = name
        self.stream = stream
        self.found = found
    }

    /// A stream that is refused without anything being found before.
    init(_ name: String, _ stream: String, refused status: Int) {
        self.init(name, stream, .fault(status))
    }

    var testDescription: String { name }
}

private let plain = Found.head("GET /", .none)
private let done = Found.end([])
private let chunkedHead = Found.head("POST /", .chunked)

let goodRows: [RequestRow] = [
    RequestRow("COMP-BASELINE", get(), plain, done),
    RequestRow(
        "two in a row", get() + get(target: "/b?c=d"), plain, done,
        .head("GET /b?c=d", .none), done),
    RequestRow("COMP-LEADING-CRLF", "\r\n" + get(), plain, done),
    RequestRow("CRLF between two", get() + "\r\n" + get(), plain, done, plain, done),
    RequestRow("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", plain, done),
    RequestRow(
        "COMP-OPTIONS-STAR", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        .head("OPTIONS *", .none), done),
    RequestRow(
        "COMP-ABSOLUTE-FORM", "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n",
        .head("GET http://x/a", .none), done),
    RequestRow(
        "absolute without a path", "GET http://x?a HTTP/1.1\r\nHost: X\r\n\r\n",
        .head("GET http://x?a", .none), done),
    RequestRow(
        "CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n",
        .head("CONNECT x:443", .none), done),
    RequestRow("an IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", plain, done),
    RequestRow(
        "COMP-POST-CL-BODY", post("Content-Length: 5\r\n", "hello"),
        .head("POST /", .length(5)), .data("hello"), done),
    RequestRow("COMP-POST-CL-ZERO", post("Content-Length: 0\r\n"), .head("POST /", .none), done),
    RequestRow("COMP-POST-NO-CL-NO-TE", post(""), .head("POST /", .none), done),
    RequestRow(
        "SMUG-CL-EXTRA-LEADING-SP", post("Content-Length:  2\r\n", "ab"),
        .head("POST /", .length(2)), .data("ab"), done),
    RequestRow(
        "MAL-CL-TAB-BEFORE-VALUE", post("Content-Length:\t2 \t\r\n", "ab"),
        .head("POST /", .length(2)), .data("ab"), done),
    RequestRow(
        "COMP-CHUNKED-BODY", chunked("5\r\nhello\r\n0\r\n\r\n"),
        chunkedHead, .data("hello"), done),
    RequestRow(
        "COMP-CHUNKED-MULTI", chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n") + get(),
        chunkedHead, .data("hello world"), done, plain, done),
    RequestRow("COMP-CHUNKED-EMPTY", chunked("0\r\n\r\n"), chunkedHead, done),
    RequestRow(
        "COMP-CHUNKED-HEX-UPPERCASE", chunked("A\r\n0123456789\r\n0\r\n\r\n"),
        chunkedHead, .data("0123456789"), done),
    RequestRow(
        "COMP-CHUNKED-EXTENSION",
        chunked("5;a=b;c=\"d\\\"e;f\";g\r\nhello\r\n000;last\r\n\r\n"),
        chunkedHead, .data("hello"), done),
    RequestRow(
        "COMP-CHUNKED-TRAILER-VALID", chunked("1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n"),
        chunkedHead, .data("a"), .end(["X-Sum: 1"])),
    RequestRow(
        "SMUG-TE-CASE-MISMATCH",
        post("TRANSFER-ENCODING:Chunked\r\n", "1\r\na\r\n0\r\n\r\n"),
        chunkedHead, .data("a"), done),
    RequestRow(
        "values may be empty or of other alphabets", get("A:\r\nB: \u{e9}\r\n"), plain, done),
    RequestRow(
        "SMUG-TE-TAB-BEFORE-VALUE", post("Transfer-Encoding:\tchunked\r\n", "0\r\n\r\n"),
        chunkedHead, done),
    RequestRow(
        "SMUG-CL-TRAILING-SPACE", post("Content-Length: 2 \r\n", "ab"),
        .head("POST /", .length(2)), .data("ab"), done),
    RequestRow(
        "COMP-GET-WITH-CL-BODY", get("Content-Length: 2\r\n") + "ab" + get(),
        .head("GET /", .length(2)), .data("ab"), done, plain, done),
    RequestRow(
        "SMUG-HEAD-CL-BODY", "HEAD / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab" + get(),
        .head("HEAD /", .length(2)), .data("ab"), done, plain, done),
    RequestRow(
        "SMUG-EXPECT-100-CL", post("Expect: 100-continue\r\nContent-Length: 2\r\n", "ab"),
        .head("POST /", .length(2)), .data("ab"), done),
    RequestRow(
        "COMP-METHOD-CASE", "get / HTTP/1.1\r\nHost: x\r\n\r\n", .head("get /", .none), done),
    RequestRow(
        "what browsers leave in a query", get(target: "/?a={b}|[c]^`\\"),
        .head("GET /?a={b}|[c]^`\\", .none), done),
]

/// Requests that are not complete: they wait, and are never handed on as whole.
let unfinishedRows: [RequestRow] = [
    RequestRow("MAL-EMPTY-REQUEST", ""),
    RequestRow("MAL-INCOMPLETE-REQUEST", "GET / HTTP/1.1\r\nHost: x\r\n"),
    RequestRow(
        "COMP-POST-CL-UNDERSEND", post("Content-Length: 9\r\n", "hello"),
        .head("POST /", .length(9)), .data("hello")),
    RequestRow(
        "MAL-POST-CL-HUGE-NO-BODY", post("Content-Length: 999999999999\r\n"),
        .head("POST /", .length(999_999_999_999))),
    RequestRow(
        "COMP-CHUNKED-NO-FINAL", chunked("5\r\nhello\r\n"), chunkedHead, .data("hello")),
    RequestRow("a chunk that is announced", chunked("7FFFFFFFFFFFFFF\r\n"), chunkedHead),
]

let hostileRows: [RequestRow] = [
    RequestRow("RFC9112-3-CR-ONLY-LINE-ENDING", "GET / HTTP/1.1\rHost: x\r\r\r\n", refused: 400),
    RequestRow("SMUG-TE-FORMFEED", post("Transfer-Encoding: \u{c}chunked\r\n"), refused: 400),
    RequestRow(
        "SMUG-TE-TRAILING-SPACE", post("Content-Length: 5\r\nTransfer-Encoding: chunked \r\n"),
        refused: 400),
    RequestRow(
        "SMUG-CLTE-PIPELINE",
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + get()),
        refused: 400),
    RequestRow(
        "SMUG-TECL-PIPELINE",
        post("Transfer-Encoding: chunked\r\nContent-Length: 30\r\n", "0\r\n\r\n" + get()),
        refused: 400),
    RequestRow(
        "a length that lies", post("Content-Length: 2\r\n", "abcGET / HTTP/1.1\r\n\r\n"),
        .head("POST /", .length(2)), .data("ab"), done, .fault(400)),
    RequestRow(
        "H1 two lengths",
        post("Content-Length: 0\r\nContent-Length: 38\r\n", get(target: "/admin")), refused: 400),
    RequestRow(
        "H1 two equal lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "ab"),
        refused: 400),
    RequestRow("H3 xchunked", post("Transfer-Encoding: xchunked\r\n"), refused: 501),
    RequestRow("H3 identity", post("Transfer-Encoding: identity\r\n"), refused: 501),
    RequestRow(
        "H3 chunked, identity", post("Transfer-Encoding: chunked, identity\r\n"),
        refused: 400),
    RequestRow("H3 gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n"), refused: 501),
    RequestRow(
        "H3 a vertical tab behind", post("Transfer-Encoding: chunked\u{b}\r\n"),
        refused: 400),
    RequestRow(
        "H3 a vertical tab before", post("Transfer-Encoding: \u{b}chunked\r\n"),
        refused: 400),
    RequestRow("H3 parameters", post("Transfer-Encoding: chunked;a=b\r\n"), refused: 400),
    RequestRow(
        "H3 two codings",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), refused: 400),
    RequestRow("H3 folded", post("Transfer-Encoding:\r\n chunked\r\n"), refused: 400),
    RequestRow("SMUG-TE-EMPTY-VALUE", post("Transfer-Encoding:\r\n"), refused: 400),
    RequestRow("SMUG-TE-LEADING-COMMA", post("Transfer-Encoding: ,chunked\r\n"), refused: 400),
    RequestRow("SMUG-TE-TRAILING-COMMA", post("Transfer-Encoding: chunked,\r\n"), refused: 400),
    RequestRow(
        "SMUG-TE-DOUBLE-CHUNKED", post("Transfer-Encoding: chunked, chunked\r\n"),
        refused: 501),
    RequestRow(
        "SMUG-TE-HTTP10",
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", refused: 400),
    RequestRow("SMUG-TE-NULL", post("Transfer-Encoding: chunked\0\r\n"), refused: 400),
    RequestRow("SMUG-TE-SP-BEFORE-COLON", post("Transfer-Encoding : chunked\r\n"), refused: 400),
    RequestRow("NORM-UNDERSCORE-TE", post("Transfer_Encoding: chunked\r\n"), refused: 400),
    RequestRow("NORM-UNDERSCORE-CL", post("Content_Length: 5\r\n"), refused: 400),
    RequestRow("H6 CR in a value", get("x-foo: a\rContent-Length: 5\r\n"), refused: 400),
    RequestRow("H6 LF in a value", get("x-foo: a\nb\r\n"), refused: 400),
    RequestRow("H6 NUL in a value", get("x-foo: \0baz\r\n"), refused: 400),
    RequestRow("bare LF after the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", refused: 400),
    RequestRow("bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n", refused: 400),
    RequestRow("only LF", "GET / HTTP/1.1\nHost: x\n\n", refused: 400),
    RequestRow("CR before CR LF", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("NORM-SP-BEFORE-COLON-CL", post("Content-Length : 5\r\n", "hello"), refused: 400),
    RequestRow("NORM-TAB-IN-NAME", get("X\ty: 1\r\n"), refused: 400),
    RequestRow("RFC9112-5.1-OBS-FOLD", get("A: b\r\n c\r\n"), refused: 400),
    RequestRow(
        "COMP-WHITESPACE-BEFORE-HEADERS", "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
        refused: 400),
    RequestRow("RFC9112-5-EMPTY-HEADER-NAME", get(": a\r\n"), refused: 400),
    RequestRow("RFC9112-5-HEADER-NO-COLON", get("abc\r\n"), refused: 400),
    RequestRow("RFC9112-5-INVALID-HEADER-NAME", get("a[b]: c\r\n"), refused: 400),
    RequestRow("MAL-NON-ASCII-HEADER-NAME", get("\u{e9}: c\r\n"), refused: 400),
    RequestRow("MAL-CONTROL-CHARS-HEADER", get("a: \u{1}\r\n"), refused: 400),
    RequestRow("RFC9112-7.1-MISSING-HOST", "GET / HTTP/1.1\r\n\r\n", refused: 400),
    RequestRow("RFC9110-5.4-DUPLICATE-HOST", get("Host: y\r\n"), refused: 400),
    RequestRow("COMP-DUPLICATE-HOST-SAME", get("Host: x\r\n"), refused: 400),
    RequestRow("COMP-HOST-EMPTY-VALUE", "GET / HTTP/1.1\r\nHost:\r\n\r\n", refused: 400),
    RequestRow("COMP-HOST-WITH-USERINFO", "GET / HTTP/1.1\r\nHost: a@x\r\n\r\n", refused: 400),
    RequestRow("COMP-HOST-WITH-PATH", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", refused: 400),
    RequestRow("SMUG-MULTIPLE-HOST-COMMA", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n", refused: 400),
    RequestRow("a port that is none", "GET / HTTP/1.1\r\nHost: x:y\r\n\r\n", refused: 400),
    RequestRow("H9 markup as Host", "GET / HTTP/1.1\r\nHost: <script>\r\n\r\n", refused: 400),
    RequestRow(
        "SMUG-ABSOLUTE-URI-HOST-MISMATCH", "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n",
        refused: 400),
    RequestRow(
        "H17 user information", "GET http://good:80@evil/ HTTP/1.1\r\nHost: x\r\n\r\n",
        refused: 400),
    RequestRow("RFC9112-3-MISSING-TARGET", "GET HTTP/1.1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-ASTERISK-WITH-GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow(
        "RFC9112-3-MULTI-SP-REQUEST-LINE", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        refused: 400),
    RequestRow("a space at the end", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-REQUEST-LINE-TAB", "GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("RFC9112-3.2-FRAGMENT-IN-TARGET", get(target: "/a#b"), refused: 400),
    RequestRow("RFC9112-2.3-HTTP09-REQUEST", "GET /\r\n", refused: 400),
    RequestRow("RFC9112-2.3-INVALID-VERSION", "GET / HTTP/x.y\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("lower case version", "GET / http/1.1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-VERSION-MISSING-MINOR", "GET / HTTP/1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-VERSION-LEADING-ZEROS", "GET / HTTP/01.1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-VERSION-WHITESPACE", "GET / HTTP/1. 1\r\nHost: x\r\n\r\n", refused: 400),
    RequestRow("COMP-HTTP12-VERSION", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", refused: 505),
    RequestRow("HTTP/3.0", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", refused: 505),
    RequestRow("MAL-H2-PREFACE", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused: 505),
    RequestRow("MAL-NUL-IN-URL", get(target: "/\0"), refused: 400),
    RequestRow("MAL-NON-ASCII-URL", get(target: "/\u{e9}"), refused: 400),
    RequestRow("MAL-URL-PERCENT-NULL", get(target: "/%00"), refused: 400),
    RequestRow("MAL-URL-PERCENT-CRLF", get(target: "/a%0d%0aX:%20y"), refused: 400),
    RequestRow("MAL-URL-BACKSLASH", get(target: "/..\\..\\etc"), refused: 400),
    RequestRow("a percent sign alone", get(target: "/100%"), refused: 400),
    RequestRow("MAL-WHITESPACE-ONLY-LINE", "   \r\n\r\n", refused: 400),
    RequestRow("MAL-BINARY-GARBAGE", "\u{16}\u{3}\u{1}", refused: 400),
    RequestRow("two empty lines", "\r\n\r\n", refused: 400),
    RequestRow(
        "COMP-METHOD-CONNECT without a port", "CONNECT x HTTP/1.1\r\nHost: x\r\n\r\n",
        refused: 400),
    RequestRow(
        "MAL-LONG-METHOD",
        "\(String(repeating: "A", count: 33)) / HTTP/1.1\r\nHost: x\r\n\r\n", refused: 501),
    RequestRow(
        "H4 data longer than its chunk", chunked("5\r\nhelloXX\r\n0\r\n\r\n"),
        chunkedHead, .data("hello"), .fault(400)),
    RequestRow(
        "SMUG-CHUNK-MISSING-TRAILING-CRLF", chunked("5\r\nhello0\r\n\r\n"),
        chunkedHead, .data("hello"), .fault(400)),
    RequestRow(
        "SMUG-CHUNK-LF-TERM", chunked("5\r\nhello\n0\r\n\r\n"),
        chunkedHead, .data("hello"), .fault(400)),
    RequestRow("SMUG-CHUNK-LF-TRAILER", chunked("0\r\n\n"), chunkedHead, .fault(400)),
    RequestRow(
        "SMUG-CHUNK-BARE-CR-TERM", chunked("5\rhello\r\n0\r\n\r\n"),
        chunkedHead, .fault(400)),
    RequestRow("a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n"), chunkedHead, .fault(400)),
]

/// Lengths that are none (H4, H18), each of them refused with 400.
let badLengths = [
    "+5", "-0", "-5", "5 5", "0x5", "5,5", "5, 5", "05", "00", "0200", "\u{b}5", "5_0", "0o5", "",
    "5,6", "5-", "18446744073709551616", "9223372036854775808", "99999999999999999999", "five",
    "5\u{a0}", "5.0",
]

/// Chunk sizes with their extensions that are none (H4), each of them refused with 400.
let badChunks = [
    "0x5", "+5", "-5", "5 ", " 5", "5;\u{1}", "5;a\nb", "FFFFFFFFFFFFFFFFF", "8000000000000000",
    "00000000000000005", "5_0", "5;", "5; a", "5;a=", "5;=b", "5;a=\"b", "5;a=\"b\"c", "", "g",
    "5;a\rb", "5\u{b}", "5;a b", "\u{663}",
]

/// Fields that must not be among the trailers (SMUG-TRAILER-…).
let badTrailers = [
    "Content-Length: 5", "Transfer-Encoding: chunked", "Host: x", "Authorization: x",
    "Content-Type: a/b", "Trailer: x",
]
