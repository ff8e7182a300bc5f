import FairleadWire

/// The poll(2) mechanism: level-triggered by nature, no limit on numbers, linear in the watched.
final class Poll: Poller {
    let name = Backend.poll.rawValue
    var waker: any Waker { event }
    let descriptor: Int32? = nil

    private let event: EventDescriptor
    private var list = WatchList()

    init() throws(SystemError) {
        event = try EventDescriptor()
        try list.add(event.descriptor, .readable, .none)
    }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        try list.add(descriptor, interest, token)
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        try list.modify(descriptor, interest, token)
    }

    func remove(_ descriptor: Int32, _ token: Token) { list.remove(descriptor) }

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        while true {
            let result = list.poll(nanoseconds(until: deadline))
            if result.wasInterrupted { continue }
            let count = try result.get("poll")
            if count > 0 { return report(count, into: &events) }
            if nanoseconds(until: deadline) == 0 { return }
        }
    }

    /// Our own wake-up is the first entry for good: only what comes after it is ever removed.
    private func report(_ count: Int, into events: inout [ReadyEvent]) {
        var left = count
        for index in list.entries.indices where list.entries[index].revents != 0 {
            if index == 0 {
                event.consume()
            } else {
                let readiness = WatchList.readiness(list.entries[index].revents)
                events.append(ReadyEvent(list.tokens[index], readiness))
            }
            left -= 1
            if left == 0 { return }
        }
    }

    func close() {}
}
