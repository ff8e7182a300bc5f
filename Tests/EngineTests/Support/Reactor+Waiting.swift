import FairleadEngine
import FairleadWire

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
