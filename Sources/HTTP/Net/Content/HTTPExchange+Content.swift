import FairleadHTTPWire
import FairleadWire
import HTTPTypes

extension HTTPExchange {
    /// Answers GET or HEAD with a content that has a state: with its conditions and ranges.
    ///
    /// - Parameter fields: Content-Type and what else the content has.
    public func respond(content bytes: [UInt8], _ state: ContentState, _ fields: HTTPFields) {
        var fields = fields
        fields[.eTag] = state.tag?.description
        fields[.lastModified] = state.modified?.description
        fields[.acceptRanges] = "bytes"
        let now = reactor.map { HTTPDate(seconds: $0.kernel.wallClock() / 1_000_000_000) }
        switch Precondition(of: head, state, isRead: true, now: now) {
        case .failed: return refuse(412)
        case .notModified:
            fields[.contentType] = nil
            return respond(HTTPResponse(status: .notModified, headerFields: fields))
        case .holds: break
        }
        let isRange = method == .get && Precondition.allowsRange(head, state)
        switch ByteRanges(isRange ? head[.range] : nil, size: bytes.count) {
        case .whole: respond(HTTPResponse(status: .ok, headerFields: fields), body: bytes)
        case .unsatisfiable:
            refuse(416, fields: [.contentRange: "bytes */\(bytes.count)"])
        case .parts(let ranges): respond(ranges, of: bytes, fields)
        }
    }

    private func respond(_ ranges: [Range<Int>], of bytes: [UInt8], _ fields: HTTPFields) {
        var fields = fields
        func label(_ range: Range<Int>) -> String {
            "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"
        }
        if let range = ranges.first, ranges.count == 1 {
            fields[.contentRange] = label(range)
            return respond(
                HTTPResponse(status: .partialContent, headerFields: fields),
                body: Array(bytes[range]))
        }
        // The tag of the content cannot be known to its author: a boundary that he cannot forge.
        let boundary = "part-" + EntityTag(of: bytes.span).opaque
        let type = fields[.contentType] ?? "application/octet-stream"
        var body: [UInt8] = []
        for range in ranges {
            let head =
                "--\(boundary)\r\nContent-Type: \(type)\r\nContent-Range: \(label(range))\r\n\r\n"
            body += Array(head.utf8) + bytes[range] + [0x0D, 0x0A]
        }
        body += Array("--\(boundary)--\r\n".utf8)
        fields[.contentType] = "multipart/byteranges; boundary=\(boundary)"
        respond(HTTPResponse(status: .partialContent, headerFields: fields), body: body)
    }
}
