/// What async calls have under way on one reactor: for each, how it is ended early.
///
/// Acts touch confined objects and stay here; from other threads only their keys arrive.
final class Underway {
    private struct Act {
        let key: AnyObject
        /// Tells whoever waits; touches nothing confined.
        let tell: () -> Void
        let end: () -> Void
    }

    private var acts: [ObjectIdentifier: Act] = [:]

    var count: Int { acts.count }

    /// Notes that something has begun; it is known by the identity of `key`, which is kept.
    func begin(_ key: AnyObject, tell: @escaping () -> Void, end: @escaping () -> Void) {
        acts[ObjectIdentifier(key)] = Act(key: key, tell: tell, end: end)
    }

    /// It has ended by itself.
    func finished(_ key: AnyObject) { acts[ObjectIdentifier(key)] = nil }

    /// Ends it early, if it has not ended.
    func end(_ key: AnyObject) { end(ObjectIdentifier(key)) }

    /// Ends everything: the reactor stops.
    func endAll() {
        while let next = acts.keys.first { end(next) }
    }

    private func end(_ key: ObjectIdentifier) {
        guard let act = acts.removeValue(forKey: key) else { return }
        act.tell()
        act.end()
    }

    /// The reactor is gone without having been stopped, and with it all that could be ended.
    deinit {
        for act in acts.values { act.tell() }
    }
}
