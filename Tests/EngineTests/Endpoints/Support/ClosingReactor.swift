import FairleadWire
import Testing

@testable import FairleadEngine

/// A real reactor that leaves nothing behind: what is still open is closed at its owner's end.
final class ClosingReactor {
    let reactor: Reactor

    init() throws { reactor = try Reactor() }

    deinit {
        for observer in reactor.observers { observer.reactorStopped() }
        try? reactor.settle()
        let left = reactor.census
        #expect(left.descriptors == 0, "\(left)")
    }
}

/// Runs a test with a real reactor and closes what it leaves open.
func withReactor(_ body: (Reactor) throws -> Void) throws {
    let owner = try ClosingReactor()
    try body(owner.reactor)
}

extension Reactor {
    /// Turns until something is so; the limit is far beyond what anything here takes.
    func turn(while isMissing: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let limit = now + .seconds(20)
        while isMissing() {
            if now >= limit {
                Issue.record("nothing came of it", sourceLocation: sourceLocation)
                return
            }
            try turn(until: now + .milliseconds(100))
        }
    }

    /// Makes the calls that are postponed now, until none is.
    func settle() throws {
        for _ in 0..<10 where census.postponedCalls > 0 { try turn(until: now) }
    }
}
