/// What is under way on one reactor without watching a descriptor: look-ups, openings, files that
/// are read by a timer, requests of tasks. For each, how it is ended when the reactor stops.
///
/// Acts touch confined objects and stay here; from other threads only their keys arrive. Also
/// connections and ports of tasks are found here by those keys.
final class Underway {
    private struct Act {
        let key: AnyObject
        /// The order in which things began, so that they end in an order that can be repeated.
        let sequence: Int
        /// Tells whoever waits; touches nothing confined.
        let tell: () -> Void
        let end: () -> Void
        /// Does what tasks have left to be done.
        let look: () -> Void
    }

    private var acts: [ObjectIdentifier: Act] = [:]
    private var begun = 0

    var isEmpty: Bool { acts.isEmpty }

    /// Notes that something has begun; it is known by the identity of `key`, which is kept.
    func begin(
        _ key: AnyObject, tell: @escaping () -> Void = {}, look: @escaping () -> Void = {},
        end: @escaping () -> Void
    ) {
        begun += 1
        acts[ObjectIdentifier(key)] = Act(
            key: key, sequence: begun, tell: tell, end: end, look: look)
    }

    /// A task has left something to be done.
    func look(_ key: AnyObject) { acts[ObjectIdentifier(key)]?.look() }

    /// It has ended by itself.
    func finished(_ key: AnyObject) { acts[ObjectIdentifier(key)] = nil }

    /// Ends it early, if it has not ended.
    func end(_ key: AnyObject) { end(ObjectIdentifier(key)) }

    /// Ends everything that is under way now: the reactor stops.
    func endAll() {
        for act in acts.values.sorted(by: { $0.sequence < $1.sequence }) { end(act.key) }
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
