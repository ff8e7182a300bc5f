// Where a body ends: lengths, codings, chunks, extensions, trailers. Request smuggling lives here:
// what two readers could understand differently is refused. The names are those of the
// Http11Probe suite where it has such a test; bytes and answers are our own, the answers the
// strictest that RFC 9112 and 9110 allow.

let probeFramingRows: [ProbeRow] = lengthRows + codingRows + chunkRows + trailerRows

private let tail = "0\r\n\r\n"

private let lengthRows: [ProbeRow] =
    [
        ProbeRow(
            "COMP-POST-CL-BODY", sending("Content-Length: 5\r\n", "hello"), 200,
            contains: "hello"),
        ProbeRow("COMP-POST-CL-ZERO", sending("Content-Length: 0\r\n"), 200),
        ProbeRow("COMP-POST-NO-CL-NO-TE", sending(""), 200),
        ProbeRow(
            "COMP-POST-CL-UNDERSEND", sending("Content-Length: 10\r\n", "hello"), handled: 1,
            late: [400]),
        ProbeRow(
            "MAL-POST-CL-HUGE-NO-BODY", sending("Content-Length: 1000000\r\n"), handled: 1,
            late: [400]),
        ProbeRow(
            "POST-CL-ABOVE-THE-LIMIT", sending("Content-Length: 999999999999\r\n"), 413,
            closes: true),
        ProbeRow("COMP-GET-WITH-CL-BODY", asking("Content-Length: 5\r\n", "hello"), 200),
        ProbeRow("SMUG-CL-TRAILING-SPACE", sending("Content-Length: 5 \r\n", "hello"), 200),
        ProbeRow("SMUG-CL-EXTRA-LEADING-SP", sending("Content-Length:  5\r\n", "hello"), 200),
        ProbeRow("MAL-CL-TAB-BEFORE-VALUE", sending("Content-Length:\t5\r\n", "hello"), 200),
        ProbeRow(
            "SMUG-DUPLICATE-CL",
            sending("Content-Length: 5\r\nContent-Length: 10\r\n", "hello"), refused: 400),
        ProbeRow(
            "DUPLICATE-CL-SAME",
            sending("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), refused: 400),
    ]
    + [
        ("RFC9112-6.1-CL-NON-NUMERIC", "abc"), ("RFC9112-6.1-CL-PLUS-SIGN", "+5"),
        ("SMUG-CL-NEGATIVE", "-5"), ("SMUG-CL-NEGATIVE-ZERO", "-0"), ("SMUG-CL-UNDERSCORE", "1_0"),
        ("SMUG-CL-OCTAL", "0o5"), ("SMUG-CL-HEX-PREFIX", "0x5"), ("SMUG-CL-INTERNAL-SPACE", "1 0"),
        ("SMUG-CL-LEADING-ZEROS", "0005"), ("SMUG-CL-DOUBLE-ZERO", "00"),
        ("SMUG-CL-LEADING-ZEROS-OCTAL", "0200"), ("SMUG-CL-COMMA-SAME", "5, 5"),
        ("SMUG-CL-COMMA-DIFFERENT", "5, 10"), ("SMUG-CL-COMMA-TRIPLE", "5, 5, 5"),
        ("MAL-CL-EMPTY", ""), ("MAL-CL-OVERFLOW", "99999999999999999999"),
        ("CL-OVERFLOW-BY-ONE", "9223372036854775808"), ("CL-FRACTION", "5.0"),
        ("CL-EXPONENT", "1e1"), ("CL-QUOTED", "\"5\""), ("CL-TRAILING-COMMA", "5,"),
        ("CL-OTHER-DIGITS", "\u{665}"), ("CL-VTAB", "\u{b}5"), ("CL-NUL", "5\0"),
    ].map { ProbeRow($0.0, sending("Content-Length: \($0.1)\r\n", "hello"), refused: 400) }

/// Each beside a length, and alone.
private let codingRows: [ProbeRow] =
    [
        ("SMUG-TE-XCHUNKED", "xchunked", 501), ("SMUG-TE-IDENTITY", "identity", 501),
        ("COMP-UNKNOWN-TE-501", "gzip", 501), ("TE-GZIP-CHUNKED", "gzip, chunked", 501),
        ("SMUG-TE-DOUBLE-CHUNKED", "chunked, chunked", 501),
        ("SMUG-TE-NOT-FINAL-CHUNKED", "chunked, gzip", 400),
        ("SMUG-TE-TRAILING-COMMA", "chunked,", 400), ("SMUG-TE-LEADING-COMMA", ", chunked", 400),
        ("SMUG-TE-EMPTY-VALUE", "", 400), ("SMUG-TE-VTAB", "\u{b}chunked", 400),
        ("SMUG-TE-FORMFEED", "\u{c}chunked", 400), ("SMUG-TE-NULL", "chunked\0", 400),
        ("SMUG-CHUNKED-WITH-PARAMS", "chunked;a=b", 400), ("TE-QUOTED", "\"chunked\"", 400),
        ("SMUG-TE-OBS-FOLD", "\r\n chunked", 400), ("TE-HALF", "chunk ed", 400),
        ("TE-DUPLICATE-SAME", "chunked\r\nTransfer-Encoding: chunked", 400),
    ].map {
        ProbeRow($0.0, sending("Transfer-Encoding: \($0.1)\r\n", tail), refused: $0.2)
    }
    + [
        "chunked", "xchunked", "identity", "chunked ", "Chunked", "chunked,", "\u{b}chunked",
        ", chunked", "chunked, chunked", "",
    ].map {
        let fields = "Transfer-Encoding: \($0)\r\nContent-Length: 5\r\n"
        let status = ["xchunked", "identity", "chunked, chunked"].contains($0) ? 501 : 400
        return ProbeRow(
            "SMUG-CL-TE-BOTH \($0.debugDescription)", sending(fields, tail), refused: status)
    }
    + [
        ProbeRow(
            "SMUG-TE-SP-BEFORE-COLON", sending("Transfer-Encoding : chunked\r\n", tail),
            refused: 400),
        ProbeRow(
            "SMUG-TE-DUPLICATE-HEADERS",
            sending("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", tail),
            refused: 400),
        ProbeRow(
            "SMUG-TE-HTTP10", line("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n", tail),
            refused: 400),
        ProbeRow("SMUG-TE-TRAILING-SPACE", sending("Transfer-Encoding: chunked \r\n", tail), 200),
        ProbeRow("SMUG-TE-CASE-MISMATCH", sending("Transfer-Encoding: Chunked\r\n", tail), 200),
        ProbeRow("SMUG-TE-TAB-BEFORE-VALUE", sending("Transfer-Encoding:\tchunked\r\n", tail), 200),
        ProbeRow(
            "SMUG-OPTIONS-TE-OBS-FOLD",
            line("OPTIONS / HTTP/1.1", "Transfer-Encoding:\r\n chunked\r\n", tail), refused: 400),
        ProbeRow("TE-FIELD-IS-NO-CODING", asking("TE: trailers\r\nConnection: TE\r\n"), 200),
    ]

private let chunkRows: [ProbeRow] =
    [
        ProbeRow(
            "COMP-CHUNKED-BODY", inChunks("5\r\nhello\r\n" + tail), 200, contains: "hello"),
        ProbeRow(
            "COMP-CHUNKED-MULTI", inChunks("5\r\nhello\r\n6\r\n world\r\n" + tail), 200,
            contains: "hello world"),
        ProbeRow("COMP-CHUNKED-EMPTY", inChunks(tail), 200),
        ProbeRow("COMP-CHUNKED-HEX-UPPERCASE", inChunks("A\r\n0123456789\r\n" + tail), 200),
        ProbeRow("CHUNKED-HEX-LOWERCASE", inChunks("a\r\n0123456789\r\n" + tail), 200),
        ProbeRow("COMP-CHUNKED-EXTENSION", inChunks("5;name=value\r\nhello\r\n" + tail), 200),
        ProbeRow("CHUNK-EXT-QUOTED", inChunks("5;a=\"b;\\\"c\"\r\nhello\r\n" + tail), 200),
        ProbeRow("CHUNK-ZEROS", inChunks("0005\r\nhello\r\n000\r\n\r\n"), 200),
        ProbeRow("COMP-CHUNKED-NO-FINAL", inChunks("5\r\nhello\r\n"), handled: 1, late: [400]),
    ]
    + [
        ("SMUG-CHUNK-BARE-SEMICOLON", "5;"), ("SMUG-CHUNK-HEX-PREFIX", "0x5"),
        ("SMUG-CHUNK-UNDERSCORE", "1_0"), ("SMUG-CHUNK-LEADING-SP", " 5"),
        ("SMUG-CHUNK-SIZE-TRAILING-OWS", "5 "), ("SMUG-CHUNK-NEGATIVE", "-5"),
        ("SMUG-CHUNK-SIZE-PLUS", "+5"), ("SMUG-CHUNK-EXT-CTRL", "5;a\0b"),
        ("SMUG-CHUNK-EXT-CR", "5;a\rb"), ("SMUG-CHUNK-EXT-LF", "5;a\nb"),
        ("SMUG-CHUNK-EXT-INVALID-TOKEN", "5;a[b]"), ("CHUNK-EXT-NO-VALUE", "5;a="),
        ("CHUNK-EXT-NO-NAME", "5;=b"), ("CHUNK-EXT-OPEN-QUOTE", "5;a=\"b"),
        ("CHUNK-EXT-SPACE", "5; a"), ("CHUNK-EMPTY-SIZE", ""), ("CHUNK-NOT-HEX", "g"),
        ("CHUNK-COMMA", "5,5"), ("MAL-CHUNK-SIZE-OVERFLOW", "FFFFFFFFFFFFFFFFF"),
        ("CHUNK-SIGN-BIT", "8000000000000005"), ("CHUNK-SIXTY-FOUR-BITS", "10000000000000005"),
        ("CHUNK-TAB", "\t5"), ("SMUG-CHUNK-BARE-CR-TERM", "5\r"),
    ].map {
        ProbeRow($0.0, inChunks("\($0.1)\r\nhello\r\n" + tail), 400, closes: true, handled: 1)
    }
    + [
        ("SMUG-CHUNK-LF-TERM", "5\nhello\n0\n\n"), ("CHUNK-LF-BEHIND-DATA", "5\r\nhello\n" + tail),
        ("SMUG-CHUNK-MISSING-TRAILING-CRLF", "5\r\nhello" + tail),
        ("SMUG-CHUNK-SPILL", "5\r\nhelloXX\r\n" + tail), ("SMUG-CHUNK-LF-TRAILER", "0\r\n\n"),
        ("CHUNK-CR-BEHIND-DATA", "5\r\nhello\r0\r\n\r\n"),
        ("MAL-CHUNK-EXT-64K", "5;a=\(long(65_536))\r\nhello\r\n" + tail),
        ("CHUNK-EXTS-IN-SUM", long(20, "1;a=\(long(1000))\r\nx\r\n") + tail),
    ].map { ProbeRow($0.0, inChunks($0.1), 400, closes: true, handled: 1) }

private let trailerRows: [ProbeRow] =
    [
        ProbeRow(
            "COMP-CHUNKED-TRAILER-VALID", inChunks("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"), 200)
    ]
    + [
        ("SMUG-TRAILER-CL", "Content-Length: 50"), ("SMUG-TRAILER-TE", "Transfer-Encoding: a"),
        ("SMUG-TRAILER-HOST", "Host: evil"), ("SMUG-TRAILER-AUTH", "Authorization: Bearer x"),
        ("SMUG-TRAILER-CONTENT-TYPE", "Content-Type: text/evil"), ("TRAILER-COOKIE", "Cookie: a=b"),
        ("TRAILER-CONNECTION", "Connection: close"), ("TRAILER-FOLDED", "X-A: b\r\n c"),
        ("TRAILER-NO-COLON", "X-A"), ("TRAILER-SP-BEFORE-COLON", "X-A : b"),
        ("TRAILER-BARE-LF", "X-A: b\nX-B: c"), ("TRAILER-NUL", "X-A: \0"),
    ].map {
        ProbeRow(
            $0.0, inChunks("5\r\nhello\r\n0\r\n\($0.1)\r\n\r\n"), 400, closes: true, handled: 1)
    }
    + [
        ProbeRow(
            "TRAILER-LONG", inChunks("0\r\nX-A: \(long(20_000))\r\n\r\n"), 431, closes: true,
            handled: 1)
    ]
