// What the fields of a head say about the message's frame and its connection, gathered while the
// head is read. This is where request smuggling lives: whatever two readers could understand
// differently is refused. Two lengths, a length with a coding, an unknown coding, a sign, a
// leading zero: each is an error, also where the values agree.
import FairleadWire

/// What a head says about its body and its connection.
struct FramingFields: Hashable, Sendable {
    var length: Int?
    /// Whether there is a Transfer-Encoding at all.
    var hasCoding = false
    var closes = false
    var keepsAlive = false
    var wantsUpgrade = false
    /// How many Host fields there are, and where the value of the last is.
    var hosts = 0
    var host = 0..<0
    var contentTypes = 0
    var upgrade = 0..<0
    var expectsContinue = false
    var hasUnknownExpectation = false

    /// Looks at one field.
    mutating func note(
        _ head: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPFault) {
        let (start, end) = (name.lowerBound, name.upperBound)
        switch name.count {
        case 4 where head.equals("host", start, end):
            hosts += 1
            host = value
        case 6 where head.equals("expect", start, end):
            if head.equals("100-continue", value.lowerBound, value.upperBound) {
                expectsContinue = true
            } else {
                hasUnknownExpectation = true
            }
        case 7 where head.equals("upgrade", start, end):
            upgrade = value
        case 10 where head.equals("connection", start, end):
            noteConnection(head, value)
        case 12 where head.equals("content-type", start, end): contentTypes += 1
        case 14 where head.equals("content-length", start, end):
            try noteLength(head, value)
        case 14 where head.equals("content_length", start, end),
            17 where head.equals("transfer_encoding", start, end):
            // Whoever hands fields on in environment variables takes these for the real ones.
            throw .remote(400, "a name that is nearly that of a framing field")
        case 17 where head.equals("transfer-encoding", start, end):
            try noteCoding(head, value)
        default: break
        }
    }

    private mutating func noteLength(
        _ head: Span<UInt8>, _ value: Range<Int>
    ) throws(HTTPFault) {
        if length != nil { throw .remote(400, "two Content-Length fields") }
        guard !value.isEmpty, value.count <= 19 else {
            throw .remote(400, "a Content-Length that is no number")
        }
        var number = 0
        for index in value {
            let digit = head[index]
            guard ByteClass.isDigit(digit) else {
                throw .remote(400, "a Content-Length that is no number")
            }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, spilled) = product.addingReportingOverflow(Int(digit & 15))
            if overflow || spilled { throw .remote(400, "a Content-Length beyond all numbers") }
            number = sum
        }
        if value.count > 1, head[value.lowerBound] == UInt8(ascii: "0") {
            throw .remote(400, "a Content-Length with leading zeros")
        }
        length = number
    }

    private mutating func noteCoding(
        _ head: Span<UInt8>, _ value: Range<Int>
    ) throws(HTTPFault) {
        if hasCoding { throw .remote(400, "two Transfer-Encoding fields") }
        hasCoding = true
        if head.equals("chunked", value.lowerBound, value.upperBound) { return }
        // 501 for a coding that we lack, when at least the end of the body could be found with it.
        var last = value.upperBound
        while last > value.lowerBound, ByteClass.isToken(head[last - 1]) { last -= 1 }
        let endsChunked = head.equals("chunked", last, value.upperBound)
        let isOne = head.isToken(value.lowerBound, value.upperBound)
        let isList = endsChunked && head.isToken(value.lowerBound, value.lowerBound + 1)
        throw isOne || isList
            ? .remote(501, "a Transfer-Encoding other than chunked")
            : .remote(400, "a Transfer-Encoding that does not end with chunked")
    }

    private mutating func noteConnection(_ head: Span<UInt8>, _ value: Range<Int>) {
        var start = value.lowerBound
        while start < value.upperBound {
            var end = start
            while end < value.upperBound, head[end] != UInt8(ascii: ",") { end += 1 }
            let option = head.trimmed(start, end)
            if head.equals("close", option.lowerBound, option.upperBound) { closes = true }
            if head.equals("keep-alive", option.lowerBound, option.upperBound) { keepsAlive = true }
            if head.equals("upgrade", option.lowerBound, option.upperBound) { wantsUpgrade = true }
            start = end + 1
        }
    }

    /// The frame of a request.
    ///
    /// - Throws: when the fields contradict each other.
    func requestFraming(isHTTP10: Bool) throws(HTTPFault) -> BodyFraming {
        guard hasCoding else { return length.map { $0 > 0 ? .length($0) : .none } ?? .none }
        if length != nil { throw .remote(400, "Content-Length beside Transfer-Encoding") }
        if isHTTP10 { throw .remote(400, "Transfer-Encoding in HTTP/1.0") }
        return .chunked
    }

    /// The frame of a response that may have a body.
    func responseFraming(isHTTP10: Bool) throws(HTTPFault) -> BodyFraming {
        guard hasCoding else { return length.map { .length($0) } ?? .untilClose }
        return try requestFraming(isHTTP10: isHTTP10)
    }

    /// Whether the connection goes on after this message.
    func persists(isHTTP10: Bool) -> Bool { isHTTP10 ? keepsAlive && !closes : !closes }
}
