// The select(2) mechanism, for systems where nothing else works with a device. Two things that
// select cannot do are made good here, so that the laws hold on it, too:
//
//  - It has no bit for a descriptor number of 1024 or more: `add` refuses it with a typed error.
//  - It does not tell hang-up and error from readiness: what it names is asked again with poll(2),
//    without waiting, which says exactly what there is.
//
// A hang-up alone, of a descriptor that is watched for writing only, does not end select's wait.
// Of sockets and pipes it never comes alone: they are writable or have an error then.
import CSystem
import FairleadWire
import Glibc

/// The select(2) mechanism.
@safe final class Select: Poller {
    /// No descriptor number from here on can be watched.
    static let limit = FL_SELECT_LIMIT

    let name = Backend.select.rawValue
    var waker: any Waker { event }
    let descriptor: Int32? = nil

    private static let words = Int(limit) / 64

    private let event: EventDescriptor
    private var list = WatchList()
    /// What is watched, a bit for each descriptor number.
    private var reading = ContiguousArray<UInt64>(repeating: 0, count: words)
    private var writing = ContiguousArray<UInt64>(repeating: 0, count: words)
    /// The two sets that a call takes and changes.
    private let asked: UnsafeMutablePointer<UInt64>
    /// What is asked again with poll(2), and the tokens of it.
    private var suspects: ContiguousArray<pollfd> = []
    private var tokens: ContiguousArray<Token> = []

    init() throws(SystemError) {
        event = try EventDescriptor()
        unsafe asked = .allocate(capacity: 2 * Self.words)
        do throws(SystemError) {
            try add(event.descriptor, .readable, .none)
        } catch {
            close()
            throw error
        }
    }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        guard descriptor < Self.limit else {
            throw SystemError(
                EINVAL, "select on descriptor \(descriptor): its limit is \(Self.limit)")
        }
        try list.add(descriptor, interest, token)
        mark(descriptor, interest)
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        try list.modify(descriptor, interest, token)
        mark(descriptor, interest)
    }

    func remove(_ descriptor: Int32, _ token: Token) {
        guard list.index(of: descriptor) != nil else { return }
        list.remove(descriptor)
        mark(descriptor, [])
    }

    private func mark(_ descriptor: Int32, _ interest: Interest) {
        let (word, bit) = (Int(descriptor) / 64, UInt64(1) << UInt64(descriptor % 64))
        if interest.contains(.readable) { reading[word] |= bit } else { reading[word] &= ~bit }
        if interest.contains(.writable) { writing[word] |= bit } else { writing[word] &= ~bit }
    }

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        while true {
            let result = ask(nanoseconds(until: deadline))
            if result.wasInterrupted { continue }
            if result.code == EBADF {
                // Something was closed while it was watched: poll(2) finds it among all.
                suspects = list.entries
                tokens = list.tokens
            } else if try result.get("select") > 0 {
                collectSuspects()
            } else {
                suspects.removeAll(keepingCapacity: true)
            }
            if try report(into: &events) { return }
            if nanoseconds(until: deadline) == 0 { return }
        }
    }

    private func ask(_ timeout: Int64) -> SystemResult {
        var highest = -1
        for word in 0..<Self.words {
            unsafe asked[word] = reading[word]
            unsafe asked[Self.words + word] = writing[word]
            if reading[word] | writing[word] != 0 { highest = word }
        }
        let count = Int32(truncatingIfNeeded: (highest + 1) * 64)
        return unsafe SystemResult(fl_select(count, asked, asked + Self.words, timeout))
    }

    private func collectSuspects() {
        suspects.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
        for word in 0..<Self.words {
            var bits = unsafe asked[word] | asked[Self.words + word]
            while bits != 0 {
                let descriptor = Int32(truncatingIfNeeded: word * 64 + bits.trailingZeroBitCount)
                bits &= bits - 1
                guard let index = list.index(of: descriptor) else { continue }
                suspects.append(list.entries[index])
                tokens.append(list.tokens[index])
            }
        }
    }

    /// Asks poll(2) about the suspects; whether there was an event or a wake-up.
    private func report(into events: inout [ReadyEvent]) throws(SystemError) -> Bool {
        if suspects.isEmpty { return false }
        let result = uninterrupted {
            unsafe suspects.withUnsafeMutableBufferPointer { entries in
                unsafe SystemResult(fl_poll(entries.baseAddress, UInt64(entries.count), 0))
            }
        }
        if try result.get("poll") == 0 { return false }
        for (entry, token) in zip(suspects, tokens) where entry.revents != 0 {
            if entry.fd == event.descriptor {
                event.consume()
            } else {
                events.append(ReadyEvent(token, WatchList.readiness(entry.revents)))
            }
        }
        return true
    }

    func close() { unsafe asked.deallocate() }
}
