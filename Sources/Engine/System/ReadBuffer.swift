import FairleadWire

/// The one buffer into which a reactor reads, for all its transports.
///
/// A protocol sees the bytes as a `Span` during its callback; nothing is copied or allocated.
/// It is raw memory, not an array, so that a callback may run while the span is lent out without
/// paying for an exclusivity check. Nobody may start a second read during a callback.
@safe final class ReadBuffer {
    let capacity: Int
    private let base: UnsafeMutablePointer<UInt8>

    init(capacity: Int) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
        unsafe base.initialize(repeating: 0, count: capacity)
    }

    deinit { unsafe base.deallocate() }

    /// Reads once from `descriptor`, made again when a signal interrupts.
    @inline(__always)
    func fill(from descriptor: Int32, by kernel: any Kernel) -> SystemResult {
        var target = unsafe MutableSpan(_unsafeStart: base, count: capacity)
        while true {
            let result = kernel.read(descriptor, into: &target)
            if !result.wasInterrupted { return result }
        }
    }

    /// Reads at most `limit` bytes.
    func fill(from descriptor: Int32, by kernel: any Kernel, atMost limit: Int) -> SystemResult {
        var target = unsafe MutableSpan(_unsafeStart: base, count: min(max(limit, 0), capacity))
        while true {
            let result = kernel.read(descriptor, into: &target)
            if !result.wasInterrupted { return result }
        }
    }

    /// Reads once, with the descriptors that come along.
    func fill(from descriptor: Int32, by kernel: any Kernel, passed: inout [Int32]) -> SystemResult
    {
        var target = unsafe MutableSpan(_unsafeStart: base, count: capacity)
        while true {
            let result = kernel.read(descriptor, into: &target, passed: &passed)
            if !result.wasInterrupted { return result }
        }
    }

    /// Receives one datagram.
    func fillDatagram(from descriptor: Int32, by kernel: any Kernel, sender: inout SocketAddress?)
        -> SystemResult
    {
        var target = unsafe MutableSpan(_unsafeStart: base, count: capacity)
        while true {
            let result = kernel.receive(descriptor, into: &target, from: &sender)
            if !result.wasInterrupted { return result }
        }
    }

    /// Lends the first `count` bytes to `body`.
    @inline(__always)
    func lend<Failure: Error>(_ count: Int, to body: (Span<UInt8>) throws(Failure) -> Void)
        throws(Failure)
    {
        let filled = min(max(count, 0), capacity)
        let span = unsafe Span(_unsafeStart: base, count: filled)
        try body(span)
    }
}
