// The lines of a request's head. Here is decided what a method, a target, a version and a Host
// may be; strictly, and for every request before any handler sees it. It knows the grammar and
// what RFC 9112 forbids; it must never know what a server offers.
import FairleadWire
import HTTPTypes

/// Reads the lines of a request into its head.
struct RequestLines: HeadLines {
    var head = RequestHead()

    mutating func startLine(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) {
        head = RequestHead()
        var index = start
        while index < end, ByteClass.isToken(bytes[index]) { index += 1 }
        guard index > start, index < end, bytes[index] == 0x20 else {
            throw .remote(400, "a request line begins with a method and a space")
        }
        head.method = try Self.method(bytes, start, index)
        let target = index + 1
        index = target
        while index < end, bytes[index] > 0x20, bytes[index] < 0x7F { index += 1 }
        guard index > target, index < end, bytes[index] == 0x20 else {
            throw .remote(400, "a request line is a method, a target and a version")
        }
        head.isHTTP10 = try Self.isHTTP10(bytes, index + 1, end)
        try readTarget(bytes, target, index)
    }

    /// The usual methods cost no allocation.
    private static func method(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) -> HTTPRequest.Method {
        func says(_ text: String) -> Bool {
            let wanted = text.utf8.span
            for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
            return true
        }
        switch end - start {
        case 3 where says("GET"): return .get
        case 3 where says("PUT"): return .put
        case 4 where says("POST"): return .post
        case 4 where says("HEAD"): return .head
        case 6 where says("DELETE"): return .delete
        case 7 where says("OPTIONS"): return .options
        default: break
        }
        guard end - start <= 32,
            let method = HTTPRequest.Method(String(decoding: bytes.extracting(start..<end)))
        else { throw .remote(501, "a method of more than 32 letters") }
        return method
    }

    private static func isHTTP10(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) -> Bool {
        let wanted = "HTTP/".utf8.span
        guard end - start == 8, bytes.extracting(start..<start + 5).isEqual(to: wanted),
            ByteClass.isDigit(bytes[start + 5]), bytes[start + 6] == UInt8(ascii: "."),
            ByteClass.isDigit(bytes[start + 7])
        else { throw .remote(400, "a request line ends with HTTP/1.1") }
        guard bytes[start + 5] == UInt8(ascii: "1") else {
            throw .remote(505, "a version other than HTTP/1.1 and HTTP/1.0")
        }
        switch bytes[start + 7] {
        case UInt8(ascii: "1"): return false
        case UInt8(ascii: "0"): return true
        default: throw .remote(505, "a version other than HTTP/1.1 and HTTP/1.0")
        }
    }

    private mutating func readTarget(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) {
        head.targetRange = start..<end
        head.pathRange = start..<end
        if head.method == .connect {
            head.form = .authority
            head.authorityRange = start..<end
            guard Authority.isValid(bytes, start, end), Authority.hasPort(bytes, start, end) else {
                throw .remote(400, "the target of CONNECT is host:port")
            }
        } else if bytes[start] == UInt8(ascii: "/") {
            try readPath(bytes, start, end)
        } else if end - start == 1, bytes[start] == UInt8(ascii: "*") {
            head.form = .asterisk
            guard head.method == .options else { throw .remote(400, "the target * is of OPTIONS") }
        } else {
            try readAbsolute(bytes, start, end)
        }
    }

    /// Finds the query; refuses what no client may send unencoded.
    private mutating func readPath(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) {
        var query = end
        for index in start..<end {
            switch bytes[index] {
            case UInt8(ascii: "?"): if query == end { query = index }
            case UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""):
                throw .remote(400, "a target with a character that must be encoded")
            case UInt8(ascii: "\\") where query == end:
                throw .remote(400, "a path with a backslash")
            case UInt8(ascii: "%") where query == end:
                try checkEncoding(bytes, index, end)
            default: break
            }
        }
        head.pathRange = start..<query
    }

    /// NUL, CR and LF have no place in a path, encoded or not.
    private func checkEncoding(
        _ bytes: Span<UInt8>, _ index: Int, _ end: Int
    ) throws(HTTPFault) {
        guard end - index > 2, let high = hexadecimalDigit(bytes[index + 1]),
            let low = hexadecimalDigit(bytes[index + 2])
        else { throw .remote(400, "a percent sign without two digits") }
        let byte = high << 4 | low
        if byte == 0 || byte == 0x0D || byte == 0x0A {
            throw .remote(400, "an encoded line end in a path")
        }
    }

    private mutating func readAbsolute(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(HTTPFault) {
        head.form = .absolute
        var host = start
        if bytes.hasPrefix("http://", at: start, end) {
            host += 7
        } else if bytes.hasPrefix("https://", at: start, end) {
            host += 8
        } else {
            throw .remote(400, "a target begins with / or http://")
        }
        var slash = host
        while slash < end, bytes[slash] != UInt8(ascii: "/"), bytes[slash] != UInt8(ascii: "?") {
            slash += 1
        }
        guard Authority.isValid(bytes, host, slash) else {
            throw .remote(400, "a target whose host is none")
        }
        head.authorityRange = host..<slash
        try readPath(bytes, slash, end)
    }

    mutating func field(
        _ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPFault) {
        try head.fields.note(bytes, name, value)
    }

    mutating func headEnded(_ bytes: Span<UInt8>) throws(HTTPFault) {
        let fields = head.fields
        guard fields.hosts == 1 || head.isHTTP10 && fields.hosts == 0 else {
            throw .remote(400, "a request has one Host field")
        }
        // Two readers would take the body for two things (RFC 9110, 8.3).
        guard fields.contentTypes < 2 else { throw .remote(400, "two Content-Type fields") }
        let host = fields.host
        let isHost = !host.isEmpty && Authority.isValid(bytes, host.lowerBound, host.upperBound)
        guard fields.hosts == 0 || isHost else { throw .remote(400, "a Host that is no host") }
        if head.form == .absolute || head.form == .authority {
            guard fields.hosts == 0 || bytes.isSameHost(host, head.authorityRange) else {
                throw .remote(400, "a Host that is not the target's")
            }
        } else {
            head.authorityRange = host
        }
        head.framing = try fields.requestFraming(isHTTP10: head.isHTTP10)
    }
}

extension Span where Element == UInt8 {
    /// Whether `text`, in lower case, stands at a place before `end`, in any case.
    func hasPrefix(_ text: String, at start: Int, _ end: Int) -> Bool {
        let count = text.utf8.count
        return end - start >= count && equals(text, start, start + count)
    }

    /// Whether two parts are the same but for upper and lower case.
    func isSameHost(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for (here, there) in zip(left, right)
        where ByteClass.lower(self[here]) != ByteClass.lower(self[there]) { return false }
        return true
    }
}
