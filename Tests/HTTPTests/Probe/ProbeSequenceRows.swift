// More than one request on a connection: what a body hides, what follows an error, keep-alive,
// Expect, Upgrade. A refused request is the last that is answered: what stands behind it is never
// taken for another. The names are those of the Http11Probe suite where it has such a test; bytes
// and answers are our own, the answers the strictest that RFC 9112 and 9110 allow.

private let hidden = line("GET /hidden HTTP/1.1")
private let tail = "0\r\n\r\n"

let probeSequenceRows: [ProbeRow] = connectionRows + smugglingRows + expectRows + upgradeRows

private let connectionRows: [ProbeRow] = [
    ProbeRow("SMUG-PIPELINE-SAFE", asking() + asking(), 200, 200),
    ProbeRow("CAP-KEEP-ALIVE", asking("Connection: keep-alive\r\n") + asking(), 200, 200),
    ProbeRow("CAP-PIPELINING", long(6, asking()), 200, 200, 200, 200, 200, 200),
    ProbeRow(
        "COMP-CONNECTION-CLOSE", asking("Connection: close\r\n") + hidden, 200, closes: true,
        contains: "Connection: close\r\n"),
    ProbeRow("CONNECTION-CLOSE-IN-A-LIST", asking("Connection: x, Close\r\n"), 200, closes: true),
    ProbeRow(
        "CONNECTION-CLOSE-BESIDE-KEEP-ALIVE", asking("Connection: keep-alive, close\r\n"), 200,
        closes: true),
    ProbeRow(
        "CONNECTION-CLOSE-SECOND-LINE", asking("Connection: a\r\nConnection: close\r\n"), 200,
        closes: true),
    ProbeRow("COMP-HTTP10-DEFAULT-CLOSE", line("GET / HTTP/1.0"), 200, closes: true),
    ProbeRow(
        "HTTP10-KEEP-ALIVE", line("GET / HTTP/1.0", "Connection: keep-alive\r\n") + asking(), 200,
        200, contains: "Connection: keep-alive\r\n"),
    ProbeRow("ERROR-THEN-REQUEST", "BAD\r\n\r\n" + hidden, refused: 400),
    ProbeRow(
        "REQUEST-THEN-ERROR-THEN-REQUEST", asking() + "BAD\r\n\r\n" + hidden, 200, 400,
        closes: true, handled: 1),
    ProbeRow("NOT-FOUND-THEN-REQUEST", line("GET /no HTTP/1.1") + asking(), 404, 200),
    ProbeRow("CRLF-BETWEEN-REQUESTS", asking() + "\r\n" + asking(), 200, 200),
    ProbeRow(
        "CAP-CHUNKED-RESPONSE", line("GET /stream HTTP/1.1"), 200,
        contains: "Transfer-Encoding: chunked\r\n"),
    ProbeRow(
        "HTTP10-STREAM-IS-NOT-CHUNKED", line("GET /stream HTTP/1.0"), 200, closes: true,
        lacks: "chunked"),
    ProbeRow(
        "POST-THEN-GET", sending("Content-Length: 2\r\n", "ab") + asking(), 200, 200),
]

private let smugglingRows: [ProbeRow] =
    [
        ("SMUG-CLTE-PIPELINE", "Content-Length: 4\r\nTransfer-Encoding: chunked", 400),
        ("SMUG-TECL-PIPELINE", "Transfer-Encoding: chunked\r\nContent-Length: 4", 400),
        ("SMUG-CLTE-DESYNC", "Content-Length: 6\r\nTransfer-Encoding: chunked", 400),
        ("SMUG-TECL-DESYNC", "Transfer-Encoding: chunked\r\nContent-Length: 3", 400),
        (
            "SMUG-CLTE-CONN-CLOSE",
            "Connection: keep-alive\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", 400
        ),
        (
            "SMUG-TECL-CONN-CLOSE",
            "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\nContent-Length: 5", 400
        ),
        ("SMUG-CLTE-SMUGGLED-GET", "Content-Length: 30\r\nTransfer-Encoding: chunked", 400),
        ("SMUG-TECL-SMUGGLED-GET", "Transfer-Encoding: chunked\r\nContent-Length: 30", 400),
        ("SMUG-CLTE-SMUGGLED-GET-CL-PLUS", "Content-Length: +5\r\nTransfer-Encoding: chunked", 400),
        (
            "SMUG-CLTE-SMUGGLED-GET-CL-NON-NUMERIC",
            "Content-Length: N\r\nTransfer-Encoding: chunked", 400
        ),
        (
            "SMUG-CLTE-SMUGGLED-GET-TE-OBS-FOLD",
            "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked", 400
        ),
        (
            "SMUG-CLTE-SMUGGLED-GET-TE-TRAILING-SPACE",
            "Content-Length: 5\r\nTransfer-Encoding: chunked ", 400
        ),
        (
            "SMUG-CLTE-SMUGGLED-GET-TE-LEADING-COMMA",
            "Content-Length: 5\r\nTransfer-Encoding: , chunked", 400
        ),
        (
            "SMUG-CLTE-SMUGGLED-GET-TE-CASE-MISMATCH",
            "Content-Length: 5\r\nTransfer-Encoding: CHUNKED", 400
        ),
        (
            "SMUG-TE-DUPLICATE-HEADERS-SMUGGLED-GET",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\nContent-Length: 5", 400
        ),
        ("SMUG-DUPLICATE-CL-SMUGGLED-GET", "Content-Length: 5\r\nContent-Length: 99", 400),
    ].map { ProbeRow($0.0, sending("\($0.1)\r\n", tail + hidden), refused: $0.2) }
    + [
        ProbeRow(
            "SMUG-CLTE-SMUGGLED-HEAD",
            sending(
                "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n",
                tail + line("HEAD /hidden HTTP/1.1")), refused: 400),
        ProbeRow(
            "SMUG-CL0-BODY-POISON", sending("Content-Length: 0\r\n", "X") + asking(), 200, 501),
        ProbeRow(
            "SMUG-GET-CL-BODY-DESYNC",
            asking("Content-Length: \(hidden.utf8.count)\r\n", hidden) + asking(), 200, 200),
        ProbeRow(
            "SMUG-GET-CL-PREFIX-DESYNC",
            asking("Content-Length: 23\r\n", "GET /hidden HTTP/1.1\r\nX") + "\r\n" + asking(), 200,
            200),
        ProbeRow(
            "SMUG-HEAD-CL-BODY",
            line("HEAD / HTTP/1.1", "Content-Length: \(hidden.utf8.count)\r\n", hidden) + asking(),
            200, 200),
        ProbeRow(
            "SMUG-OPTIONS-CL-BODY", line("OPTIONS / HTTP/1.1", "Content-Length: 5\r\n", "hello"),
            204),
        ProbeRow(
            "SMUG-OPTIONS-CL-BODY-DESYNC",
            line("OPTIONS / HTTP/1.1", "Content-Length: \(hidden.utf8.count)\r\n", hidden)
                + asking(), 204, 200),
        ProbeRow(
            "SMUG-CHUNK-INVALID-SIZE-DESYNC",
            inChunks("+0\r\n\r\n" + hidden), 400, closes: true, handled: 1),
        ProbeRow(
            "A-BODY-THAT-NOBODY-READS",
            line("POST /ignored HTTP/1.1", "Content-Length: \(hidden.utf8.count)\r\n", hidden)
                + asking(), 200, 200),
        ProbeRow(
            "A-BROKEN-BODY-THAT-NOBODY-READS",
            line("POST /ignored HTTP/1.1", "Transfer-Encoding: chunked\r\n", "zz\r\n" + hidden),
            200, closes: true),
        ProbeRow(
            "A-SHORT-BODY-THAT-NOBODY-READS",
            line("POST /ignored HTTP/1.1", "Content-Length: 9\r\n", "hello"), 200),
        ProbeRow(
            "A-LENGTH-THAT-LIES", sending("Content-Length: 2\r\n", "abc\0") + hidden, 200, 400,
            closes: true, handled: 1),
        ProbeRow("TRACE-THEN-REQUEST", line("TRACE / HTTP/1.1") + asking(), 501, 200, handled: 1),
    ]

private let expectRows: [ProbeRow] = [
    ProbeRow(
        "SMUG-EXPECT-100-CL",
        sending("Expect: 100-continue\r\nContent-Length: 5\r\n", "hello"), 200,
        contains: "HTTP/1.1 100 Continue\r\n\r\n"),
    ProbeRow(
        "SMUG-EXPECT-100-CL-DESYNC",
        sending("Expect: 100-continue\r\nContent-Length: \(hidden.utf8.count)\r\n", hidden)
            + asking(), 200, 200),
    ProbeRow(
        "COMP-EXPECT-UNKNOWN", asking("Expect: 200-ok\r\n"), 417, handled: 0),
    ProbeRow("EXPECT-TWO", asking("Expect: 100-continue, x\r\n"), 417, handled: 0),
    ProbeRow(
        "COMP-NO-1XX-HTTP10",
        line("POST / HTTP/1.0", "Expect: 100-continue\r\nContent-Length: 2\r\n", "ab"), 200,
        closes: true, lacks: "100 Continue"),
    ProbeRow("EXPECT-WITHOUT-A-BODY", asking("Expect: 100-continue\r\n"), 200, lacks: "100 C"),
    ProbeRow(
        "EXPECT-NOT-WANTED",
        line("POST /ignored HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 2\r\n"), 200,
        closes: true, lacks: "100 Continue"),
]

private let webSocket =
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

private func opening(_ fields: String, _ start: String = "GET /socket HTTP/1.1") -> String {
    line(start, fields)
}

private let upgradeRows: [ProbeRow] = [
    ProbeRow(
        "COMP-UPGRADE", opening("Connection: Upgrade\r\nUpgrade: websocket\r\n" + webSocket), 101),
    ProbeRow(
        "COMP-UPGRADE-POST",
        opening(
            "Connection: Upgrade\r\nUpgrade: websocket\r\n" + webSocket, "POST /socket HTTP/1.1"),
        405),
    ProbeRow("COMP-UPGRADE-MISSING-CONN", opening("Upgrade: websocket\r\n" + webSocket), 426),
    ProbeRow(
        "COMP-UPGRADE-UNKNOWN", opening("Connection: Upgrade\r\nUpgrade: no-such/7\r\n"), 426),
    ProbeRow(
        "UPGRADE-UNKNOWN-ELSEWHERE", asking("Connection: Upgrade\r\nUpgrade: no-such/7\r\n"), 200),
    ProbeRow(
        "UPGRADE-H2C",
        asking("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
        200),
    ProbeRow(
        "COMP-UPGRADE-INVALID-VER",
        opening(
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 426,
        contains: "Sec-WebSocket-Version: 13\r\n"),
    ProbeRow(
        "UPGRADE-BAD-KEY",
        opening(
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: c2hvcnQ=\r\n"), 400),
    ProbeRow(
        "UPGRADE-TWO-KEYS",
        opening(
            "Connection: Upgrade\r\nUpgrade: websocket\r\n" + webSocket
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 400),
    ProbeRow(
        "COMP-UPGRADE-HTTP10",
        opening(
            "Connection: Upgrade\r\nUpgrade: websocket\r\n" + webSocket, "GET /socket HTTP/1.0"),
        400, closes: true, lacks: "HTTP/1.1 101"),
    ProbeRow(
        "UPGRADE-WITH-BODY",
        opening("Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 2\r\n" + webSocket)
            + "ab", 400),
]
