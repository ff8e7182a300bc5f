// gzip by zlib, one whole body at a time. One of the named files that say `unsafe`: zlib reads and
// writes through pointers that live in the call that they are given to, within counts that are
// those of the arrays.
import CZlib
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Compression of bodies.
public enum Gzip {
    /// Smaller bodies do not become smaller packets.
    static let smallest = 512

    /// The bytes in gzip's format; nil where that is not shorter, or there is no memory for it.
    public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        guard bytes.count <= Int(Int32.max) else { return nil }
        var stream = unsafe z_stream()
        let isReady = unsafe deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard isReady == Z_OK else { return nil }
        defer { _ = unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count)
        let count: Int? = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                guard unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
                return unsafe target.count - Int(stream.avail_out)
            }
        }
        guard let count else { return nil }
        output.removeLast(output.count - count)
        return output
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
        guard body.count >= smallest, response.status.code == 200, isWanted(by: head),
            MediaType.isCompressible(response.headerFields[.contentType] ?? ""),
            !response.headerFields.contains(.contentEncoding), let small = compress(body)
        else { return nil }
        var changed = response
        changed.headerFields[.contentEncoding] = "gzip"
        changed.headerFields[.vary] = "Accept-Encoding"
        // Other bytes: the tag is not that of the plain form.
        if let tag = response.headerFields[.eTag].flatMap({ EntityTag(field: $0) }) {
            changed.headerFields[.eTag] =
                EntityTag(tag.opaque + "-gz", isWeak: tag.isWeak)?
                .description
        }
        return (changed, small)
    }
}
