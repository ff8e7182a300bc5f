import FairleadEngine
import FairleadWire

/// A reactor for one test, which may leave nothing behind: no timer, descriptor or connection.
///
///     try withSimulatedReactor { harness in
///         let port = try harness.reactor.listenTCP(on: address) { _ in Echo() }
///         try harness.turn(until: { echoed })
///         port.stop()
///     }
///
/// Made by `withReactor` (this machine) and `withSimulatedReactor` (a simulated kernel), which
/// check at the end and throw a `Leak` that names who left what.
public final class ReactorHarness {
    public let reactor: Reactor
    /// The simulated kernel; nil on the machine's own.
    public let simulatedKernel: SimulatedKernel?
    private let openDescriptors: () -> Int
    private let openAtStart: Int

    /// A harness around any reactor; `openDescriptors` counts those of its kernel.
    public init(
        _ reactor: Reactor, simulatedKernel: SimulatedKernel? = nil,
        openDescriptors: @escaping () -> Int
    ) {
        self.reactor = reactor
        self.simulatedKernel = simulatedKernel
        self.openDescriptors = openDescriptors
        openAtStart = openDescriptors()
    }

    /// The condition that a test waited for did not come true in time.
    public struct NeverHappened: Error, CustomStringConvertible {
        public let what: String
        public var description: String { "never happened: \(what)" }
    }

    /// Turns the reactor until the condition holds.
    ///
    /// - Parameter limit: on the reactor's own clock; a simulated one costs no waiting.
    /// - Throws: `NeverHappened` with the place of the call, or what the reactor throws.
    public func turn(
        _ what: String = "the condition", within limit: Duration = .seconds(10),
        file: StaticString = #fileID, line: UInt = #line, until condition: () -> Bool
    ) throws {
        let deadline = reactor.now + limit
        while !condition() {
            if reactor.now >= deadline {
                throw NeverHappened(what: "\(what) (\(file):\(line), within \(limit))")
            }
            try reactor.turn(until: deadline)
        }
    }

    /// Turns the reactor for a time.
    public func turn(for span: Duration) throws(SystemError) {
        let end = reactor.now + span
        repeat { try reactor.turn(until: end) } while reactor.now < end
    }

    /// What is left behind now; nil when nothing is.
    ///
    /// Calls that were put off (connection ends among them) are made first.
    public func leak() throws(SystemError) -> Leak? {
        for _ in 0..<100 where reactor.census.postponedCalls > 0 {
            try reactor.turn(until: reactor.now)
        }
        let census = reactor.census
        let leak = Leak(
            connections: census.observers, timers: census.timers,
            descriptors: openDescriptors() - openAtStart,
            violations: simulatedKernel?.violations ?? [])
        return leak.isEmpty ? nil : leak
    }
}

/// Runs a test on a reactor of this machine, then checks that it left nothing behind.
///
/// - Throws: what `body` throws, or a `Leak`.
public func withReactor<Answer>(
    _ backend: Backend? = nil, limits: Limits = Limits(),
    _ body: (ReactorHarness) throws -> Answer
) throws -> Answer {
    let reactor = try Reactor(backend, limits: limits)
    let kernel = reactor.kernel as? PosixKernel
    return try run(ReactorHarness(reactor) { kernel?.openDescriptors ?? 0 }, body)
}

/// Runs a test on a simulated kernel, then checks that it left nothing behind and broke no rule.
///
/// - Throws: what `body` throws, or a `Leak`.
public func withSimulatedReactor<Answer>(
    _ kernel: SimulatedKernel = SimulatedKernel(), limits: Limits = Limits(),
    _ body: (ReactorHarness) throws -> Answer
) throws -> Answer {
    let reactor = try kernel.makeReactor(limits: limits)
    let harness = ReactorHarness(reactor, simulatedKernel: kernel) { kernel.openDescriptors }
    return try run(harness, body)
}

private func run<Answer>(_ harness: ReactorHarness, _ body: (ReactorHarness) throws -> Answer)
    throws -> Answer
{
    let answer = try body(harness)
    if let leak = try harness.leak() { throw leak }
    return answer
}
