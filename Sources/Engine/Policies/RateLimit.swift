import FairleadWire

/// Limits how fast one connection may send to us, by a token bucket.
///
/// Bytes beyond the rate are delivered all the same, once; then reading pauses until the bucket
/// has recovered, and the transport slows the peer down. Nothing is lost.
public final class RateLimit: ProtocolWrapper {
    private let bytesPerSecond: Int64
    private let burst: Int64
    private var tokens: Int64
    private var filled: Instant?
    private var timer: Timer?

    /// - Parameters:
    ///   - bytesPerSecond: the lasting rate, at least 1.
    ///   - burst: bytes that may come at once; by default those of one second.
    public init(_ inner: any StreamProtocol, bytesPerSecond: Int, burst: Int? = nil) {
        let rate = Int64(min(max(bytesPerSecond, 1), 1 << 40))
        self.bytesPerSecond = rate
        self.burst = Int64(min(max(burst ?? Int(rate), 1), 1 << 40))
        tokens = self.burst
        super.init(inner)
    }

    public override func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        refill(transport.reactor.now)
        tokens -= Int64(bytes.count)
        try super.received(bytes, on: transport)
        if tokens < 0, timer == nil { pause(transport) }
    }

    public override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        // Its closure holds this object.
        timer = nil
        super.connectionLost(reason, on: transport)
    }

    private func pause(_ transport: any Transport) {
        transport.pauseReading()
        let milliseconds = -tokens * 1000 / bytesPerSecond + 1
        timer = transport.reactor.after(.milliseconds(milliseconds)) { [self, unowned transport] in
            timer = nil
            transport.resumeReading()
        }
    }

    private func refill(_ now: Instant) {
        if let filled {
            // At most an hour is counted: the product stays far below what 64 bits hold.
            let microseconds = min(now.since(filled).nanoseconds / 1000, 3_600_000_000)
            let (product, overflow) = microseconds.multipliedReportingOverflow(by: bytesPerSecond)
            tokens = overflow ? burst : min(burst, tokens + product / 1_000_000)
        }
        filled = now
    }
}
