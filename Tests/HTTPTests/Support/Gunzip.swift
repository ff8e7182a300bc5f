import CZlib

/// The bytes that gzip has compressed so far: all that zlib can make of them, and whether it is the
/// end; nil where it can make nothing.
func gunzip(_ bytes: [UInt8]) -> (bytes: [UInt8], isWhole: Bool)? {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
    defer { _ = unsafe inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 4_000_000)
    let room = UInt32(output.count)
    let result: Int32 = unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe output.withUnsafeMutableBufferPointer { target in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            unsafe stream.next_out = target.baseAddress
            unsafe stream.avail_out = room
            return unsafe inflate(&stream, Z_SYNC_FLUSH)
        }
    }
    guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return nil }
    output.removeLast(unsafe Int(stream.avail_out))
    return (output, result == Z_STREAM_END)
}
