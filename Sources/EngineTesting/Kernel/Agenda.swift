import FairleadWire

/// What will happen in a simulated world without anybody's doing: arrivals, failures.
struct Agenda {
    private struct Item {
        let time: Instant
        let action: () -> Void
    }

    /// The latest first: what comes next is taken off the end.
    private var items: [Item] = []

    var isEmpty: Bool { items.isEmpty }
    var next: Instant? { items.last?.time }

    /// Adds an action; among those of one time the first added comes first.
    mutating func add(at time: Instant, _ action: @escaping () -> Void) {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle].time > time { low = middle + 1 } else { high = middle }
        }
        items.insert(Item(time: time, action: action), at: low)
    }

    /// Takes the next action that is due.
    mutating func popDue(at now: Instant) -> (() -> Void)? {
        guard let last = items.last, last.time <= now else { return nil }
        items.removeLast()
        return last.action
    }
}
