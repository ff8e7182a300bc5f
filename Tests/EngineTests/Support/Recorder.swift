import FairleadEngine
import FairleadWire

/// A protocol that notes what happens to it, with a hook for each event.
final class Recorder: StreamProtocol {
    enum Event: Equatable {
        case made
        /// One or more deliveries in a row.
        case received
        case readEnded
        case blocked
        case ready
        case lost(Disconnect)
    }

    private(set) var events: [Event] = []
    private(set) var madeCount = 0
    private(set) var lostCount = 0
    private(set) var eventsAfterEnd = 0
    /// What has arrived, unless it is only checked against the pattern.
    private(set) var received: [UInt8] = []
    private(set) var receivedCount = 0
    /// Whether all that has arrived was the test pattern.
    private(set) var isPattern = true
    /// Compare with the test pattern instead of keeping the bytes: for big transfers.
    var checksPattern = false
    private(set) var transport: (any Transport)?

    var onMade: ((any Transport) throws -> Void)?
    var onReceived: (([UInt8], any Transport) throws -> Void)?
    var onReadEnded: ((any Transport) throws -> Void)?
    var onBlocked: ((any Transport) -> Void)?
    var onReady: ((any Transport) -> Void)?
    var onLost: ((Disconnect, any Transport) -> Void)?

    var isConnected: Bool { madeCount > 0 }
    var text: String { String(decoding: received, as: UTF8.self) }
    var isLost: Bool { lostCount > 0 }
    /// Why the connection is over; nil while it is not.
    private(set) var reason: Disconnect?

    private func note(_ event: Event) {
        if lostCount > 0 { eventsAfterEnd += 1 }
        if event != .received || events.last != .received { events.append(event) }
    }

    func connectionMade(on transport: any Transport) throws {
        note(.made)
        madeCount += 1
        self.transport = transport
        try onMade?(transport)
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        note(.received)
        let copy = [UInt8](copying: bytes)
        if checksPattern {
            isPattern = isPattern && Pattern.matches(copy, at: receivedCount)
        } else {
            received += copy
        }
        receivedCount += copy.count
        try onReceived?(copy, transport)
    }

    func readEnded(on transport: any Transport) throws {
        note(.readEnded)
        if let onReadEnded { try onReadEnded(transport) } else { transport.close() }
    }

    func writeBlocked(on transport: any Transport) {
        note(.blocked)
        onBlocked?(transport)
    }

    func writeReady(on transport: any Transport) {
        note(.ready)
        onReady?(transport)
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        note(.lost(reason))
        lostCount += 1
        self.reason = reason
        self.transport = nil
        onLost?(reason, transport)
    }
}
