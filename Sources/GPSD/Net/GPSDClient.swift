// The other side: what a gpsd reports becomes the events of a receiver, so that a gpsd is a source
// like any other. Its lines are JSON; a line that is none, or longer than any report, is passed
// over and counted. Each of its devices speaks under its own name.

import FairleadEngine
import FairleadGPSDWire
import FairleadNMEAWire
import FairleadWire

/// Hears a gpsd, as a `StreamProtocol`.
public final class GPSDClient: StreamProtocol {
    /// The longest line of a report.
    public static let maximumLine = 64 * 1024

    /// Lines that were no reports.
    public private(set) var badLines = 0
    /// Called once with the reason, after the last event.
    public var ended: ((Disconnect) -> Void)?

    private let receiver: any PositioningReceiver
    private let device: String?
    private let json = JSONParser()
    private var line: [UInt8] = []
    private var isPassing = false
    private var fixes: [String: Fix] = [:]

    /// A client that watches all devices of the gpsd, or one of them.
    public init(watching device: String? = nil, to receiver: any PositioningReceiver) {
        self.device = device
        self.receiver = receiver
    }

    public func connectionMade(on transport: any Transport) {
        var request = JSONWriter()
        request.object { json in
            json.member("enable", true)
            json.member("json", true)
            json.member("device", device)
        }
        transport.write("?WATCH=\(request.text);\n")
    }

    public func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        var start = 0
        while let end = bytes.firstIndex(of: 0x0A, from: start) {
            extend(bytes.extracting(start..<end))
            take(transport)
            start = end + 1
        }
        extend(bytes.extracting(start..<bytes.count))
    }

    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        ended?(reason)
    }

    private func extend(_ bytes: Span<UInt8>) {
        if isPassing { return }
        if line.count + bytes.count > Self.maximumLine {
            line.removeAll(keepingCapacity: true)
            isPassing = true
        } else {
            line.append(copying: bytes)
        }
    }

    private func take(_ transport: any Transport) {
        defer {
            line.removeAll(keepingCapacity: true)
            isPassing = false
        }
        guard !isPassing, let report = try? json.parse(line.span) else {
            badLines += 1
            return
        }
        let now = UTCTime(nanosecondsSince1970: transport.reactor.kernel.wallClock())
        for event in GPSDReportReader.events(of: report, received: now) {
            receiver.received(event)
        }
    }
}
