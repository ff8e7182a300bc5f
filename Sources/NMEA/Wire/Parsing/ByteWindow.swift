// The one file of this module that says `unsafe`: bytes of a span by pointer, so that a reader
// can hold them in a struct (a struct that holds a span cannot be made in this toolchain) and
// take eight of them in one load.
//
// Why it is sound. A window is made by `withWindow` only, whose closure it must not outlive: all
// users are inside this module and none stores it beyond that call. `base` is valid for `count`
// bytes during that time. Every access below is either within `0..<count`, tested in the same
// function, or answers without touching memory.

/// Bytes that belong to somebody else, readable in words; what lies beyond the end reads as `,`.
@safe
@usableFromInline
struct ByteWindow {
    /// Valid for `count` bytes.
    private let base: UnsafePointer<UInt8>
    let count: Int

    /// Calls `body` with the bytes from `start` to `end` of a span, cut down to what there is.
    @inline(__always)
    static func withWindow<Result>(
        _ bytes: Span<UInt8>, from start: Int = 0, to end: Int = .max,
        _ body: (ByteWindow) throws -> Result
    ) rethrows -> Result {
        try unsafe bytes.withUnsafeBufferPointer { buffer in
            let end = min(max(end, 0), buffer.count)
            let start = min(max(start, 0), end)
            guard let base = buffer.baseAddress else { return try body(.empty) }
            return try unsafe body(ByteWindow(base: base + start, count: end - start))
        }
    }

    private init(base: UnsafePointer<UInt8>, count: Int) {
        unsafe self.base = unsafe base
        self.count = count
    }

    /// No byte at all: `base` is never read, as `count` is zero.
    private static var empty: ByteWindow {
        unsafe ByteWindow(base: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: 0)
    }

    /// The byte at a place; a comma where there is none.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        // One comparison for both ends: a negative index is a large one.
        UInt(bitPattern: index) < UInt(bitPattern: count)
            ? unsafe base[index] : UInt8(ascii: ",")
    }
}

extension ByteWindow {
    /// Eight bytes from a place, the first in the lowest; nil unless all of them are there.
    @inline(__always)
    func word(at index: Int) -> UInt64? {
        guard index >= 0, index <= count - 8 else { return nil }
        let word = unsafe UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    /// The end of a sentence's body and the checksum of what is before it.
    ///
    /// It ends at the first byte that cannot be part of it: `*`, `$`, a control character, or
    /// what is not ASCII; or at the end of the window.
    @inline(__always)
    func body(from start: Int) -> (end: Int, checksum: UInt8) {
        var index = start
        var sum: UInt64 = 0
        while let word = word(at: index) {
            let stops = Self.stops(word)
            if stops != 0 {
                let bits = stops.trailingZeroBitCount & 0x38
                sum ^= word & ~(UInt64.max << UInt64(bits))
                return (index + bits / 8, Self.folded(sum))
            }
            sum ^= word
            index += 8
        }
        var checksum = Self.folded(sum)
        while index < count, Self.isBody(self[index]) {
            checksum ^= self[index]
            index += 1
        }
        return (index, checksum)
    }

    /// The high bit of each byte of a word that ends a body; true of the lowest, which is enough.
    @inline(__always)
    private static func stops(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let star = word ^ ones &* UInt64(UInt8(ascii: "*"))
        let dollar = word ^ ones &* UInt64(UInt8(ascii: "$"))
        // A subtraction borrows from the next byte, but only out of one that is a stop itself.
        let below = (word &- ones &* 0x20) | (star &- ones) | (dollar &- ones)
        return (below | word | (word &+ ones)) & (ones &* 0x80)
    }

    /// Whether a byte can be part of a sentence's body.
    @inline(__always)
    private static func isBody(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "*") && byte != UInt8(ascii: "$")
    }

    /// All bytes of a word, taken together by exclusive or.
    @inline(__always)
    private static func folded(_ sum: UInt64) -> UInt8 {
        var word = sum ^ sum >> 32
        word ^= word >> 16
        word ^= word >> 8
        return UInt8(truncatingIfNeeded: word)
    }

    /// The bytes from `start` to `end` as text, where they are UTF-8.
    func text(_ start: Int, _ end: Int) -> String? {
        guard start >= 0, start <= end, end <= count else { return nil }
        let bytes = unsafe UnsafeBufferPointer(start: base + start, count: end - start)
        return unsafe String(validating: bytes, as: UTF8.self)
    }
}
