// The one file of this module that says `unsafe`: bytes of a span by pointer, so that a reader
// can hold them in a struct (a struct that holds a span cannot be made in this toolchain) and
// take eight of them in one load.
//
// Why it is sound. A window is made of a span only, and used only within the function that has the
// span as its parameter, which keeps its bytes in place until that function returns: all users
// are inside this module, and none stores a window or a reader anywhere. `base` is valid for
// `loadable` bytes during that time, and `count` is not above it. Every access below is within
// `0..<count` or `0..<loadable`, tested in the same function, or touches no memory.

/// Bytes that belong to somebody else, readable in words; what lies beyond the end reads as `,`.
@safe
@usableFromInline
struct ByteWindow {
    /// Valid for `loadable` bytes.
    private let base: UnsafePointer<UInt8>
    /// How many bytes the window shows.
    let count: Int
    /// How many bytes there are, at least `count`: a load may touch those behind the window.
    private let loadable: Int

    /// The bytes from `start` to `end` of a span, cut down to what there is.
    ///
    /// To be used only in the function that has the span as its parameter.
    @inline(__always)
    init(_ bytes: Span<UInt8>, from start: Int = 0, to end: Int = .max) {
        self = unsafe bytes.withUnsafeBufferPointer { buffer in
            let end = min(max(end, 0), buffer.count)
            let start = min(max(start, 0), end)
            guard let base = buffer.baseAddress else { return .empty }
            return unsafe ByteWindow(
                base: base + start, count: end - start, loadable: buffer.count - start)
        }
    }

    @inline(__always)
    private init(base: UnsafePointer<UInt8>, count: Int, loadable: Int) {
        unsafe self.base = unsafe base
        self.count = count
        self.loadable = loadable
    }

    /// No byte at all: `base` is never read, as `count` is zero.
    private static var empty: ByteWindow {
        unsafe ByteWindow(
            base: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: 0, loadable: 0)
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
    /// Eight bytes from a place, the first in the lowest; some may lie behind the window.
    ///
    /// Zeros stand for what is not there, and for all where there are no eight bytes at all. No
    /// call and hardly a branch: it is the beginning of every number.
    @inline(__always)
    func bytes(at index: Int) -> UInt64 {
        let last = loadable &- 8
        guard index >= 0, last >= 0 else { return 0 }
        // The last eight that there are, less those before the place.
        let place = min(index, last)
        let word = unsafe UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
        let bits = UInt64(truncatingIfNeeded: index &- place) &* 8
        return bits < 64 ? UInt64(littleEndian: word) &>> bits : 0
    }

    /// How many commas there are from a place on.
    @inline(__always)
    func commas(from start: Int) -> Int {
        var sums: UInt64 = 0
        var index = max(start, 0)
        while index <= count &- 8 {
            sums &+= Self.commas(bytes(at: index)) >> 7
            // A byte of the sums holds no more than 255.
            if index &- start > 255 * 8 - 16 { return commasOneByOne(from: start) }
            index &+= 8
        }
        if index < count {
            let rest = UInt64(truncatingIfNeeded: (count &- index) &* 8)
            sums &+= (Self.commas(bytes(at: index)) & ~(UInt64.max << rest)) >> 7
        }
        // Halves first: the sum of eight bytes may need more than one.
        let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums >> 8 & 0x00FF_00FF_00FF_00FF)
        return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
    }

    @inline(never)
    private func commasOneByOne(from start: Int) -> Int {
        var found = 0
        for index in start..<count where self[index] == UInt8(ascii: ",") { found += 1 }
        return found
    }

    /// The high bit of each byte of a word that is a comma, and of no other.
    @inline(__always)
    private static func commas(_ word: UInt64) -> UInt64 {
        let bytes = word ^ 0x2C2C_2C2C_2C2C_2C2C
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((bytes & low) &+ low) | bytes | low)
    }

    /// The end of a sentence's body and the checksum of what is before it.
    ///
    /// It ends at the first byte that cannot be part of it: `*`, `$`, a control character, or
    /// what is not ASCII; or at the end of the window.
    @inline(__always)
    func body(from start: Int) -> (end: Int, checksum: UInt8) {
        var index = start
        var rest: UInt64 = 0
        // Eight bytes at a time: the comparisons of SIMD16 are compiled lane by lane here.
        while index >= 0, index <= count &- 8 {
            let word = bytes(at: index)
            let stops = Self.stops(word)
            if stops != 0 {
                let bits = stops.trailingZeroBitCount & 0x38
                rest ^= word & ~(UInt64.max << UInt64(truncatingIfNeeded: bits))
                return (index &+ bits / 8, Self.folded(rest))
            }
            rest ^= word
            index &+= 8
        }
        var checksum = Self.folded(rest)
        while index < count, Self.isBody(self[index]) {
            checksum ^= self[index]
            index &+= 1
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
