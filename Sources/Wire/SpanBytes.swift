// What `Span` lacks in this toolchain (iteration, equality, conversion), once for all rooms.
// Inlinable: a call across a module boundary for each byte would cost ten times the work.
// One of the named files that may say `unsafe`: the copies are one memcpy each, and the search
// looks at eight bytes at a time. (memchr is no faster on lines of a usual length, and Wire
// imports nothing.)

extension Array where Element == UInt8 {
    /// A copy of the bytes of `span`.
    @inlinable
    public init(copying span: Span<UInt8>) {
        self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Appends a copy of the bytes of `span`.
    @inlinable
    public mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension MutableSpan where Element == UInt8 {
    /// Copies as many of `bytes` to the front as there is room for; gives how many those are.
    @inlinable
    @discardableResult
    public mutating func fill(copying bytes: Span<UInt8>) -> Int {
        let size = Swift.min(count, bytes.count)
        unsafe withUnsafeMutableBufferPointer { target in
            unsafe bytes.withUnsafeBufferPointer { source in
                _ = unsafe target.update(fromContentsOf: source[..<size])
            }
        }
        return size
    }
}

extension String {
    /// The bytes of `span` read as UTF-8; what is not UTF-8 becomes U+FFFD.
    @inlinable
    public init(decoding span: Span<UInt8>) {
        self = String(decoding: [UInt8](copying: span), as: UTF8.self)
    }
}

extension Span where Element == UInt8 {
    /// The position of the first `byte` at or after `start`, or nil.
    @inlinable
    public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        unsafe withUnsafeBytes { bytes in
            let ones: UInt64 = 0x0101_0101_0101_0101
            let pattern = ones &* UInt64(byte)
            var index = max(start, 0)
            while index <= bytes.count - 8 {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // The lowest high bit that remains marks the first byte that became zero.
                let mixed = word.littleEndian ^ pattern
                let zeros = (mixed &- ones) & ~mixed & (ones << 7)
                if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < bytes.count {
                if unsafe bytes[index] == byte { return index }
                index += 1
            }
            return nil
        }
    }

    /// Whether these bytes are exactly `other`.
    @inlinable
    public func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// Whether these bytes begin with `prefix`.
    @inlinable
    public func starts(with prefix: Span<UInt8>) -> Bool {
        count >= prefix.count && extracting(first: prefix.count).isEqual(to: prefix)
    }
}
