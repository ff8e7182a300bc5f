import FairleadEngine
import FairleadWire

/// A protocol that writes down what happens to it.
final class Recorder: StreamProtocol {
    private(set) var received: [UInt8] = []
    private(set) var events: [String] = []
    private(set) var reason: Disconnect?
    private(set) var transport: (any Transport)?
    var onMade: ((any Transport) throws -> Void)?
    var onReceived: ((any Transport) throws -> Void)?
    var onReadEnded: ((any Transport) throws -> Void)?

    var text: String { String(decoding: received, as: UTF8.self) }
    var isOver: Bool { reason != nil }

    func connectionMade(on transport: any Transport) throws {
        events.append("made")
        self.transport = transport
        try onMade?(transport)
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        received.append(copying: bytes)
        try onReceived?(transport)
    }

    func readEnded(on transport: any Transport) throws {
        events.append("read ended")
        if let onReadEnded { try onReadEnded(transport) } else { transport.close() }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        events.append("lost")
        self.reason = reason
        self.transport = nil
    }
}

/// Something that a test waited for did not happen.
struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    let census: Census
    var description: String { "never happened: \(what); the reactor holds \(census)" }
}

extension Reactor {
    /// Turns until `condition` holds; at most ten seconds, which only a failing test takes.
    func run(until what: String, _ condition: () -> Bool) throws {
        let limit = now + .seconds(10)
        while !condition() {
            if now >= limit { throw NeverHappened(what: what, census: census) }
            try turn(until: min(limit, now + .milliseconds(100)))
        }
    }

    /// Stops as a running reactor does, and gives what was left behind: nothing, if all is well.
    func finish() throws -> Census {
        later { [unowned self] in stop() }
        try run()
        return census
    }
}
