import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// How far a log has been read, for people who wait: a bar on the terminal of standard error, while
/// the JSON goes elsewhere.
final class DecodeProgress: StreamProtocol {
    private let inner: any StreamProtocol
    private let size: Int64?
    private let isShown: Bool
    private let start: Instant
    private var read: Int64 = 0
    private var lastShown: Instant

    private static let pause = Duration.milliseconds(100)
    private static let width = 40

    init(_ file: String, on reactor: Reactor, _ inner: any StreamProtocol) {
        self.inner = inner
        let kernel = reactor.kernel
        size = file == "-" ? nil : kernel.size(of: file)
        isShown = kernel.windowSize(of: 2) != nil && kernel.windowSize(of: 1) == nil
        start = reactor.now
        lastShown = reactor.now
    }

    func connectionMade(on transport: any Transport) throws {
        try inner.connectionMade(on: transport)
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        read += Int64(bytes.count)
        try inner.received(bytes, on: transport)
        let now = transport.reactor.now
        guard isShown, now.since(lastShown) >= Self.pause else { return }
        lastShown = now
        writeToStandardError("\r\(Self.bar(read, of: size, after: now.since(start)))\u{1b}[K")
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        inner.connectionLost(reason, on: transport)
    }

    /// Takes the bar away and says what was read, by cause.
    func finish(_ counts: ParserCounts) {
        guard isShown else { return }
        writeToStandardError("\r\u{1b}[K")
        note(Self.summary(counts))
    }

    /// `[########        ]  52 %  118 MB/s`
    static func bar(_ read: Int64, of size: Int64?, after span: Duration) -> String {
        let seconds = max(span / .seconds(1), 0.001)
        let rate = "\(Int(Double(read) / seconds / 1e6)) MB/s"
        guard let size, size > 0 else { return "\(read / 1_000_000) MB  \(rate)" }
        let part = min(Double(read) / Double(size), 1)
        let full = Int(part * Double(width))
        let bar =
            String(repeating: "#", count: full)
            + String(repeating: " ", count: width - full)
        return "[\(bar)] \(Int(part * 100)) %  \(rate)"
    }

    static func summary(_ counts: ParserCounts) -> String {
        let causes = [
            ("without a type", counts.unknown), ("bad checksum", counts.badChecksum),
            ("no checksum", counts.missingChecksum), ("malformed", counts.malformed),
            ("bad TAG block", counts.badTagBlocks), ("too long", counts.tooLong),
            ("bytes outside", counts.notNMEA),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        return (["\(counts.sentences) sentences"] + causes).joined(separator: ", ")
    }
}
