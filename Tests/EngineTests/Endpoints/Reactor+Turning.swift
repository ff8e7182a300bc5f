import FairleadEngine
import FairleadWire
import Testing

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
