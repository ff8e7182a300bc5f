// What kqueue(2) is told, and what it tells, as pure functions: they are compiled and tested on
// every system, while the calls (Kqueue.swift) exist on some only. kqueue knows no interest of a
// descriptor, only filters, one for each direction, each added and deleted by a change record.

/// One change record for kevent(2).
struct KqueueChange: Hashable, Sendable {
    enum Filter: Hashable, Sendable {
        case read
        case write
    }

    enum Action: Hashable, Sendable {
        case add
        case delete
    }

    var filter: Filter
    var action: Action

    init(_ filter: Filter, _ action: Action) {
        self.filter = filter
        self.action = action
    }

    /// The records that turn one interest of a descriptor into another, deletions first.
    ///
    /// - Parameter renamed: the token has changed; a filter that stays is added again with it.
    static func changes(from old: Interest, to new: Interest, renamed: Bool = false)
        -> [KqueueChange]
    {
        let filters: [(Filter, Interest)] = [(.read, .readable), (.write, .writable)]
        let deleted = filters.filter { old.contains($0.1) && !new.contains($0.1) }
        let added = filters.filter { new.contains($0.1) && (renamed || !old.contains($0.1)) }
        return deleted.map { KqueueChange($0.0, .delete) } + added.map { KqueueChange($0.0, .add) }
    }
}

extension Readiness {
    /// What an event of kevent(2) means.
    ///
    /// - Parameters:
    ///   - endOfFile: the flag `EV_EOF`. For reading it may be a half-close, which reading tells;
    ///     for writing it means that nobody will read any more.
    ///   - error: the error number that came with the event, 0 for none.
    init(_ filter: KqueueChange.Filter, endOfFile: Bool, error: UInt32) {
        self = filter == .read ? .readable : .writable
        if endOfFile, filter == .write { insert(.hangUp) }
        if error != 0 { insert(.error) }
    }
}
