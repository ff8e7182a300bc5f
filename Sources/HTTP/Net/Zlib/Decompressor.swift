// The other way of Compressor, for raw deflate: a message out of its bytes, never more than its
// limit. One of the named files that say `unsafe`, for the same reasons.
import CZlib
import FairleadWire

/// Decompresses messages one after another, each of which may refer to those before it.
@safe final class Decompressor {
    /// Why there is no message.
    enum Fault: Error {
        /// It is longer than its limit: what has come out by then is forgotten.
        case tooLong
        /// The bytes are not deflate's.
        case broken
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil where there is no memory for it: about 40 kB.
    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let result = unsafe inflateInit2_(
            stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if result == Z_OK { return }
        unsafe stream.deallocate()
        return nil
    }

    deinit {
        _ = unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// The message that was compressed to these bytes, of at most `limit` bytes.
    ///
    /// After a fault nothing more can be decompressed.
    func decompress(_ bytes: [UInt8], upTo limit: Int) throws(Fault) -> [UInt8] {
        guard bytes.count <= Int(Int32.max) / 2 else { throw .tooLong }
        // The end of each message, which does not travel (RFC 7692, 7.2.2).
        var input = bytes + [0, 0, 0xFF, 0xFF]
        var output: [UInt8] = []
        let fault: Fault? = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.pointee.next_in = source.baseAddress
            unsafe stream.pointee.avail_in = UInt32(source.count)
            return inflateAll(&output, limit)
        }
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.avail_in = 0
        if let fault { throw fault }
        return output
    }

    private func inflateAll(_ output: inout [UInt8], _ limit: Int) -> Fault? {
        var size = 1024
        while true {
            let (result, isFull) = step(min(size, limit - output.count + 1), &output)
            if output.count > limit { return .tooLong }
            switch result {
            case Z_STREAM_END:
                if !beginAgain() { return .broken }
                if unsafe stream.pointee.avail_in == 0 { return nil }
            case Z_OK, Z_BUF_ERROR:
                // It must end between two blocks, or something is missing. The mark is of this
                // call only: with nothing left to be read the next would not have it.
                if isBetweenBlocks { return nil }
                if !isFull { return .broken }
            default: return .broken
            }
            size = min(size * 2, 64 * 1024)
        }
    }

    private var isBetweenBlocks: Bool {
        unsafe stream.pointee.avail_in == 0 && stream.pointee.data_type & 128 != 0
    }

    private func step(_ size: Int, _ output: inout [UInt8]) -> (Int32, Bool) {
        let start = output.count
        output += [UInt8](repeating: 0, count: size)
        let (result, left) = unsafe output.withUnsafeMutableBufferPointer { target in
            unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
            unsafe stream.pointee.avail_out = UInt32(size)
            let result = unsafe inflate(stream, Z_SYNC_FLUSH)
            return unsafe (result, Int(stream.pointee.avail_out))
        }
        unsafe stream.pointee.next_out = nil
        output.removeLast(left)
        return (result, left == 0)
    }

    /// A sender may end deflate's own stream within a message (RFC 7692, 7.2.3.4); what was said
    /// before it can still be referred to.
    private func beginAgain() -> Bool {
        var window = [UInt8](repeating: 0, count: 32 * 1024)
        var count: UInt32 = 0
        return unsafe window.withUnsafeMutableBufferPointer { window in
            unsafe inflateGetDictionary(stream, window.baseAddress, &count) == Z_OK
                && inflateReset(stream) == Z_OK
                && (count == 0
                    || inflateSetDictionary(stream, window.baseAddress, count) == Z_OK)
        }
    }
}
