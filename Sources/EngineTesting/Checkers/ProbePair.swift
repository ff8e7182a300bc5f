import FairleadEngine
import FairleadWire

/// Two connected probes and the means to drive them: what every rule of `TransportChecker` uses.
final class ProbePair {
    let reactor: Reactor
    /// What the maker of the connection wants done at the end.
    var cleanUp: () -> Void = {}
    var first = Probe()
    var second = Probe()
    private let subject: String
    private let rule: String
    private static let limit: Duration = .seconds(10)

    init(_ subject: String, _ rule: String, _ reactor: Reactor) {
        self.subject = subject
        self.rule = rule
        self.reactor = reactor
    }

    func violation(_ message: String) -> ContractViolation {
        ContractViolation(subject, rule, message)
    }

    func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
        if !condition { throw violation(message()) }
    }

    /// Turns the reactor until the condition holds.
    func wait(_ what: String, until condition: () -> Bool) throws {
        let deadline = reactor.now + Self.limit
        while !condition() {
            if reactor.now >= deadline { throw violation("never happened: \(what)") }
            try reactor.turn(until: deadline)
        }
    }

    /// Lets everything happen that is under way: some turns that do not wait long.
    func settle(_ turns: Int = 20) throws {
        for _ in 0..<turns { try reactor.turn(until: reactor.now + .milliseconds(1)) }
    }

    /// The first probe's transport; a violation where there is none.
    func transport(of probe: Probe) throws -> any Transport {
        guard let transport = probe.transport else { throw violation("no transport") }
        return transport
    }

    /// Both have ended, each once, and nobody broke a rule that holds always.
    func finish() throws {
        first.transport?.abort()
        second.transport?.abort()
        tidyUp()
        try bothEnd()
        try settle(3)
        for (name, probe) in [("first", first), ("second", second)] {
            if let fault = probe.faults.first { throw violation("\(name): \(fault)") }
        }
        let census = reactor.census
        try require(
            census.observers.isEmpty && census.timers.isEmpty, "left behind: \(census)")
    }

    func tidyUp() {
        cleanUp()
        cleanUp = {}
    }

    /// Both have ended, or never begun: a connection that dies young may not be told to both.
    func bothEnd() throws {
        try wait("both connections end") {
            [first, second].allSatisfy { $0.hasEnded || $0.madeCount == 0 }
        }
    }

    /// Pauses a probe's reading from outside.
    func pause(_ probe: Probe) throws {
        try transport(of: probe).pauseReading()
        probe.isPaused = true
    }

    func resume(_ probe: Probe) throws {
        probe.isPaused = false
        probe.outside("resumeReading") { $0.resumeReading() }
    }

    /// Bytes that can be told from each other at every place.
    static func pattern(_ count: Int, _ key: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var start = key &* 97 % table.count
        while bytes.count < count {
            let end = min(start + count - bytes.count, table.count)
            bytes += table[start..<end]
            start = 0
        }
        return bytes
    }

    /// A prime number of bytes: no chunk of a round size repeats within it.
    private static let table: [UInt8] = {
        var generator = SeededGenerator(seed: 1)
        return (0..<8191).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }()

    /// Writes from the first probe, whose peer does not read, until bytes have to wait.
    ///
    /// - Returns: everything that was written.
    func fillFirst(chunk: Int = 32 * 1024, until isFull: (any Transport) -> Bool) throws -> [UInt8]
    {
        let transport = try transport(of: first)
        var all: [UInt8] = []
        for round in 0..<4096 where !isFull(transport) {
            let bytes = Self.pattern(chunk, round)
            first.outside("write") { $0.write(bytes) }
            all += bytes
            // What is under way on the line makes room once more before it is full for good.
            if transport.isWriteBlocked { try settle() }
        }
        try require(isFull(transport), "a write never has to wait, though nobody reads")
        return all
    }
}
