import FairleadEngine

extension Reactor {
    /// Turns until something is so.
    func turn(while isMissing: () -> Bool, line: UInt = #line) throws {
        try run(until: "what line \(line) waits for") { !isMissing() }
    }

    /// Makes the calls that are postponed now, until none is.
    func settle() throws {
        for _ in 0..<10 where census.postponedCalls > 0 { try turn(until: now) }
    }
}
