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
