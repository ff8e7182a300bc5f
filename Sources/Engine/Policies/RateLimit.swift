import FairleadWire

/// Limits how fast one connection may send to us, by a token bucket.
///
/// Bytes beyond the rate are delivered all the same, once; then reading pauses until the bucket
/// has recovered, and the transport slows the peer down. Nothing is lost. A pause of the protocol
/// inside is its own: the limit does not end it.
public final class RateLimit: ProtocolWrapper {
    private let bytesPerSecond: Int64
    private let burst: Int64
    private var tokens: Int64
    private var filled: Instant?
    private var timer: Timer?
    private var inside: Shown?

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

    public override func connectionMade(on transport: any Transport) throws {
        try super.connectionMade(on: shown(transport))
    }

    public override func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        refill(transport.reactor.now)
        tokens -= Int64(bytes.count)
        let inside = shown(transport)
        if tokens < 0, timer == nil { hold(inside) }
        try super.received(bytes, on: inside)
    }

    public override func readEnded(on transport: any Transport) throws {
        try super.readEnded(on: shown(transport))
    }

    public override func writeBlocked(on transport: any Transport) {
        super.writeBlocked(on: shown(transport))
    }

    public override func writeReady(on transport: any Transport) {
        super.writeReady(on: shown(transport))
    }

    public override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        super.connectionLost(reason, on: shown(transport))
        inside = nil
    }

    private func hold(_ inside: Shown) {
        inside.isHeld = true
        let milliseconds = -tokens * 1000 / bytesPerSecond + 1
        timer = inside.reactor.after(.milliseconds(milliseconds)) { [self] in
            timer = nil
            inside.isHeld = false
        }
    }

    private func shown(_ transport: any Transport) -> Shown {
        if let inside { return inside }
        let made = Shown(transport)
        inside = made
        return made
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

    /// The transport that the protocol inside sees: it reads when neither side has paused it.
    private final class Shown: TransportWrapper {
        private var isPaused = false
        var isHeld = false {
            didSet { if !isPaused { isHeld ? carrier.pauseReading() : carrier.resumeReading() } }
        }

        override func pauseReading() {
            isPaused = true
            carrier.pauseReading()
        }

        override func resumeReading() {
            guard isPaused else { return }
            isPaused = false
            if !isHeld { carrier.resumeReading() }
        }
    }
}
