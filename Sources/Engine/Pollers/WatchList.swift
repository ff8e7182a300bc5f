import CSystem
import Glibc

/// What poll(2) is asked: every watched descriptor with its token, found by its number.
///
/// The list is kept from wait to wait, so that a wait has nothing to build.
struct WatchList {
    private(set) var entries: ContiguousArray<pollfd> = []
    private(set) var tokens: ContiguousArray<Token> = []
    /// Where a descriptor's entry is, by its number; -1 where it has none.
    private var places: ContiguousArray<Int32> = []

    /// The entry of a watched descriptor.
    @inline(__always)
    func index(of descriptor: Int32) -> Int? {
        guard descriptor >= 0, Int(descriptor) < places.count else { return nil }
        let place = places[Int(descriptor)]
        return place < 0 ? nil : Int(place)
    }

    mutating func add(_ descriptor: Int32, _ interest: Interest, _ token: Token)
        throws(SystemError)
    {
        _ = try SystemResult(fl_descriptor_kind(descriptor)).get("watch")
        guard index(of: descriptor) == nil else { throw SystemError(EEXIST, "watch") }
        while places.count <= Int(descriptor) { places.append(-1) }
        places[Int(descriptor)] = Int32(truncatingIfNeeded: entries.count)
        entries.append(pollfd(fd: descriptor, events: Self.mask(interest), revents: 0))
        tokens.append(token)
    }

    mutating func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token)
        throws(SystemError)
    {
        guard let index = index(of: descriptor) else { throw SystemError(ENOENT, "watch") }
        entries[index].events = Self.mask(interest)
        tokens[index] = token
    }

    /// Takes a descriptor out; the last entry moves into its place.
    mutating func remove(_ descriptor: Int32) {
        guard let index = index(of: descriptor) else { return }
        places[Int(descriptor)] = -1
        let (lastEntry, lastToken) = (entries.removeLast(), tokens.removeLast())
        if index == entries.count { return }
        entries[index] = lastEntry
        tokens[index] = lastToken
        places[Int(lastEntry.fd)] = Int32(truncatingIfNeeded: index)
    }

    /// Asks the kernel, at most for `timeout` nanoseconds; gives how many entries are ready.
    mutating func poll(_ timeout: Int64) -> SystemResult {
        unsafe entries.withUnsafeMutableBufferPointer { entries in
            unsafe SystemResult(fl_poll(entries.baseAddress, UInt64(entries.count), timeout))
        }
    }

    static func mask(_ interest: Interest) -> Int16 {
        (interest.contains(.readable) ? Int16(POLLIN) : 0)
            | (interest.contains(.writable) ? Int16(POLLOUT) : 0)
    }

    /// What poll(2) said. A descriptor that was closed while it was watched counts as an error:
    /// its owner's next call on it says which.
    @inline(__always)
    static func readiness(_ mask: Int16) -> Readiness {
        var readiness: Readiness = []
        if mask & Int16(POLLIN) != 0 { readiness.insert(.readable) }
        if mask & Int16(POLLOUT) != 0 { readiness.insert(.writable) }
        if mask & Int16(POLLHUP) != 0 { readiness.insert(.hangUp) }
        if mask & Int16(POLLERR | POLLNVAL) != 0 { readiness.insert(.error) }
        return readiness
    }
}
