// A stream of deflate. One of the named files that say `unsafe`: zlib reads and writes through
// pointers that live in the call that they are given to, within counts that are those of the
// arrays; and its state must stay where it is, which is why it has memory of its own.
import CZlib
import FairleadWire

/// Compresses bytes, in pieces.
@safe final class Compressor {
    /// What is around the compressed bytes.
    enum Format {
        /// Nothing; with a window of two to the power of so much, 9 to 15.
        case raw(windowBits: Int)
        case gzip

        fileprivate var windowBits: Int32 {
            switch self {
            case .raw(let bits): -Int32(truncatingIfNeeded: min(max(bits, 9), 15))
            case .gzip: 15 + 16
            }
        }
    }

    /// How much of what was given must come out.
    enum Flush {
        /// What is convenient.
        case none
        /// All, at a byte's boundary.
        case sync
        /// All, and the end.
        case end

        fileprivate var code: Int32 {
            switch self {
            case .none: Z_NO_FLUSH
            case .sync: Z_SYNC_FLUSH
            case .end: Z_FINISH
            }
        }
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil where there is no memory for it: about 256 kB.
    init?(_ format: Format, level: Int32 = 6) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let result = unsafe deflateInit2_(
            stream, level, Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        if result == Z_OK { return }
        unsafe stream.deallocate()
        return nil
    }

    deinit {
        _ = unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Compresses a piece.
    ///
    /// - Returns: the bytes that come out now; nil where zlib refuses.
    func compress(_ bytes: [UInt8], _ flush: Flush) -> [UInt8]? {
        guard bytes.count <= Int(Int32.max) / 2 else { return nil }
        var output: [UInt8] = []
        var size = min(max(bytes.count / 2, 256), 64 * 1024)
        let isDone: Bool = unsafe bytes.withUnsafeBufferPointer { source in
            // It is only read; zlib's header says so on demand only.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(source.count)
            while true {
                let (result, isFull) = step(flush, size, &output)
                if result == Z_STREAM_END { return true }
                // Nothing to do is no fault.
                if result == Z_BUF_ERROR { return flush != .end }
                if result != Z_OK { return false }
                if !isFull, flush != .end { return true }
                size = min(size * 2, 256 * 1024)
            }
        }
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.avail_in = 0
        return isDone ? output : nil
    }

    /// One call, with room for `size` bytes.
    private func step(_ flush: Flush, _ size: Int, _ output: inout [UInt8]) -> (Int32, Bool) {
        let start = output.count
        output += [UInt8](repeating: 0, count: size)
        let (result, left) = unsafe output.withUnsafeMutableBufferPointer { target in
            unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
            unsafe stream.pointee.avail_out = UInt32(size)
            let result = unsafe deflate(stream, flush.code)
            return unsafe (result, Int(stream.pointee.avail_out))
        }
        unsafe stream.pointee.next_out = nil
        output.removeLast(left)
        return (result, left == 0)
    }
}
