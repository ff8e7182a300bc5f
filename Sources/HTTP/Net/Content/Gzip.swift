import FairleadHTTPWire
import HTTPTypes

/// Compression of bodies.
public enum Gzip {
    /// Smaller bodies do not become smaller packets.
    static let smallest = 512

    /// The bytes in gzip's format; nil where that is not shorter, or there is no memory for it.
    public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        guard let small = Compressor(.gzip, level: level)?.compress(bytes, .end),
            small.count < bytes.count
        else { return nil }
        return small
    }

    /// Whether a client wants gzip.
    static func isWanted(by head: RequestHead) -> Bool {
        guard let field = head[.acceptEncoding] else { return false }
        return (QualityList(field).quality(of: "gzip") ?? 0) > 0
    }

    /// The compressed form of a response; nil where it stays as it is.
    static func compressed(
        _ response: HTTPResponse, _ body: [UInt8], for head: RequestHead
    ) -> (HTTPResponse, [UInt8])? {
        guard body.count >= smallest, let changed = encoded(response, for: head),
            let small = compress(body)
        else { return nil }
        return (changed, small)
    }

    /// The head of a response whose body is compressed; nil where it stays as it is.
    static func encoded(_ response: HTTPResponse, for head: RequestHead) -> HTTPResponse? {
        guard response.status.code == 200, isWanted(by: head),
            MediaType.isCompressible(response.headerFields[.contentType] ?? ""),
            !response.headerFields.contains(.contentEncoding)
        else { return nil }
        var changed = response
        changed.headerFields[.contentEncoding] = "gzip"
        changed.headerFields.append(HTTPField(name: .vary, value: "Accept-Encoding"))
        // Other bytes: the tag is not that of the plain form.
        if let tag = response.headerFields[.eTag].flatMap({ EntityTag(field: $0) }) {
            changed.headerFields[.eTag] =
                EntityTag(tag.opaque + "-gz", isWeak: tag.isWeak)?
                .description
        }
        return changed
    }
}
