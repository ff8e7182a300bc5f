/// What a client sends, and the strict answer of a server: a row of the probe's tables.
struct ProbeRow: Sendable {
    /// The name, which for tests of the Http11Probe suite (H19) is theirs.
    let name: String
    let stream: [UInt8]
    /// The final statuses in their order.
    let statuses: [Int]
    /// Whether the server ends the connection of its own accord.
    let closes: Bool
    /// How many requests reach the handler.
    let handled: Int
    /// The statuses of what is answered once the client sends nothing more.
    var late: [Int] = []
    /// What must, and what must not, be found in all that is answered.
    var contains = ""
    var lacks = "\u{0}"

    /// A row whose requests are all handled, unless `handled` says otherwise.
    init(
        _ name: String, _ stream: String, _ statuses: Int..., closes: Bool = false,
        handled: Int? = nil, late: [Int] = [], contains: String = "", lacks: String = "\u{0}"
    ) {
        self.name = name
        self.stream = Array(stream.utf8)
        self.statuses = statuses
        self.closes = closes
        self.handled = handled ?? statuses.count
        self.late = late
        self.contains = contains
        self.lacks = lacks
    }

    /// A row that is refused before any handler sees it, and ends the connection.
    init(_ name: String, _ stream: String, refused status: Int) {
        self.init(name, stream, status, closes: true, handled: 0)
    }

    /// The same with bytes that no text holds.
    init(_ name: String, bytes: [UInt8], refused status: Int) {
        self.name = name
        stream = bytes
        statuses = [status]
        closes = true
        handled = 0
    }
}

/// A request with these field lines after the Host.
func line(_ line: String, _ fields: String = "", _ body: String = "") -> String {
    "\(line)\r\nHost: localhost\r\n\(fields)\r\n\(body)"
}

/// A GET with these field lines.
func asking(_ fields: String = "", _ body: String = "") -> String {
    line("GET / HTTP/1.1", fields, body)
}

/// A POST with these field lines and this body, which nothing frames by itself.
func sending(_ fields: String, _ body: String = "") -> String {
    line("POST / HTTP/1.1", fields, body)
}

/// A chunked POST.
func inChunks(_ chunks: String) -> String { sending("Transfer-Encoding: chunked\r\n", chunks) }

/// Text of a length.
func long(_ count: Int, _ text: String = "a") -> String { String(repeating: text, count: count) }
