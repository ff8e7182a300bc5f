import FairleadWire

/// The mask that a client puts over what it sends.
enum Masking {
    /// Appends bytes with a mask, whose first byte goes over the first of them (RFC 6455, 5.3).
    static func append(_ bytes: Span<UInt8>, _ mask: UInt32, to out: inout [UInt8]) {
        let start = out.count
        out.append(copying: bytes)
        if mask == 0 { return }
        let first = UInt8(truncatingIfNeeded: mask >> 24)
        let second = UInt8(truncatingIfNeeded: mask >> 16)
        let third = UInt8(truncatingIfNeeded: mask >> 8)
        let fourth = UInt8(truncatingIfNeeded: mask)
        var target = out.mutableSpan
        var index = start
        let end = target.count
        while end - index >= 4 {
            target[index] ^= first
            target[index + 1] ^= second
            target[index + 2] ^= third
            target[index + 3] ^= fourth
            index += 4
        }
        if index < end { target[index] ^= first }
        if index + 1 < end { target[index + 1] ^= second }
        if index + 2 < end { target[index + 2] ^= third }
    }
}
