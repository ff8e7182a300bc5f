import FairleadEngine
import FairleadWire

/// A protocol that writes down what it is told, and whether that was allowed.
///
/// The rules that hold always are checked at each call: made once and first, lost once and last,
/// never a call during another, nothing received while paused, notices in turns.
final class Probe: StreamProtocol {
    private(set) var transport: (any Transport)?
    private(set) var received: [UInt8] = []
    private(set) var madeCount = 0
    private(set) var readEndedCount = 0
    private(set) var blockedCount = 0
    private(set) var readyCount = 0
    private(set) var reason: Disconnect?
    /// What was wrong, in words.
    private(set) var faults: [String] = []
    /// What to do at each call; where nothing is set, nothing (and no close at `readEnded`).
    var whenMade: ((any Transport) throws -> Void)?
    var whenReceived: ((any Transport) throws -> Void)?
    var whenReadEnded: ((any Transport) throws -> Void)?
    var whenBlocked: ((any Transport) -> Void)?
    var whenReady: ((any Transport) -> Void)?
    /// Set by whoever pauses the transport.
    var isPaused = false
    /// Set by whoever closed it: nothing may be received any more.
    var isClosed = false
    private var isInside = false

    var hasEnded: Bool { reason != nil }

    /// One that has nothing before it any more.
    static func finished() -> Probe {
        let probe = Probe()
        probe.reason = .closedByUs
        return probe
    }

    private func enter(_ call: String, _ body: () throws -> Void) rethrows {
        if isInside { faults.append("\(call) during another call") }
        if reason != nil { faults.append("\(call) after connectionLost") }
        if madeCount == 0 { faults.append("\(call) before connectionMade") }
        isInside = true
        defer { isInside = false }
        try body()
    }

    /// A verb from outside must not lead to a call before it returns.
    func outside(_ verb: String, _ body: (any Transport) throws -> Void) rethrows {
        guard let transport else { return faults.append("\(verb) before connectionMade") }
        isInside = true
        defer { isInside = false }
        try body(transport)
    }

    func connectionMade(on transport: any Transport) throws {
        madeCount += 1
        if madeCount > 1 { faults.append("connectionMade \(madeCount) times") }
        self.transport = transport
        try enter("connectionMade") { try whenMade?(transport) }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if bytes.count == 0 { faults.append("received without bytes") }
        if isPaused { faults.append("received while paused") }
        if isClosed { faults.append("received after close") }
        if readEndedCount > 0 { faults.append("received after readEnded") }
        self.received.append(copying: bytes)
        try enter("received") { try whenReceived?(transport) }
    }

    func readEnded(on transport: any Transport) throws {
        readEndedCount += 1
        if readEndedCount > 1 { faults.append("readEnded \(readEndedCount) times") }
        if isPaused { faults.append("readEnded while paused") }
        try enter("readEnded") { try whenReadEnded?(transport) }
    }

    func writeBlocked(on transport: any Transport) {
        blockedCount += 1
        if blockedCount != readyCount + 1 { faults.append("writeBlocked twice in a row") }
        enter("writeBlocked") { whenBlocked?(transport) }
    }

    func writeReady(on transport: any Transport) {
        readyCount += 1
        if blockedCount != readyCount { faults.append("writeReady without writeBlocked") }
        enter("writeReady") { whenReady?(transport) }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        if self.reason != nil { faults.append("connectionLost twice") }
        enter("connectionLost") {}
        self.reason = reason
    }
}
