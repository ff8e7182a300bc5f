// The kqueue(2) mechanism of macOS and FreeBSD. Changes are made at once, not put off until the
// wait: a descriptor may be closed and its number used again before that. Filters without
// EV_CLEAR are level-triggered. The wake-up is a user event of the queue itself.
#if canImport(Darwin) || os(FreeBSD)
    #if canImport(Darwin)
        import Darwin
    #else
        import Glibc
    #endif
    import FairleadWire
    import Synchronization

    /// The kqueue(2) mechanism of macOS and FreeBSD.
    @safe final class Kqueue: Poller {
        private struct Watch {
            var interest: Interest
            var token: Token
        }

        let name = Backend.kqueue.rawValue
        var waker: any Waker { queue }
        var descriptor: Int32? { queue.descriptor }

        private static let batch = 512

        private let queue: KernelQueue
        private let ready: UnsafeMutablePointer<kevent>
        private var watches: [Int32: Watch] = [:]

        init() throws(SystemError) {
            queue = try KernelQueue()
            unsafe ready = .allocate(capacity: Self.batch)
        }

        func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            guard watches[descriptor] == nil else { throw SystemError(EEXIST, "kevent") }
            try change(descriptor, KqueueChange.changes(from: [], to: interest), token)
            watches[descriptor] = Watch(interest: interest, token: token)
        }

        func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            guard let old = watches[descriptor] else { throw SystemError(ENOENT, "kevent") }
            let changes = KqueueChange.changes(
                from: old.interest, to: interest, renamed: old.token != token)
            try change(descriptor, changes, token)
            watches[descriptor] = Watch(interest: interest, token: token)
        }

        func remove(_ descriptor: Int32, _ token: Token) {
            guard let old = watches.removeValue(forKey: descriptor) else { return }
            try? change(descriptor, KqueueChange.changes(from: old.interest, to: []), token)
        }

        private func change(_ descriptor: Int32, _ changes: [KqueueChange], _ token: Token)
            throws(SystemError)
        {
            for change in changes {
                var record = unsafe kevent()
                unsafe record.ident = UInt(bitPattern: Int(descriptor))
                unsafe record.filter = Int16(
                    change.filter == .read ? EVFILT_READ : EVFILT_WRITE)
                unsafe record.flags = UInt16(change.action == .add ? EV_ADD : EV_DELETE)
                unsafe record.udata = UnsafeMutableRawPointer(
                    bitPattern: UInt(truncatingIfNeeded: token.rawValue))
                try unsafe queue.apply(&record)
            }
        }

        func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
            while true {
                let left = nanoseconds(until: deadline)
                var timeout = timespec(
                    tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
                let limit = Int32(Self.batch)
                let count = unsafe withUnsafePointer(to: &timeout) { timeout in
                    unsafe kevent(queue.descriptor, nil, 0, ready, limit, left < 0 ? nil : timeout)
                }
                if count < 0, errno == EINTR { continue }
                if count < 0 { throw SystemError(errno, "kevent") }
                for index in 0..<Int(count) { report(index, into: &events) }
                if count > 0 || nanoseconds(until: deadline) == 0 { return }
            }
        }

        private func report(_ index: Int, into events: inout [ReadyEvent]) {
            let event = unsafe ready[index]
            // The wake-up clears itself (EV_CLEAR).
            if unsafe event.filter == Int16(EVFILT_USER) { return queue.consumed() }
            let token = unsafe Token(rawValue: UInt64(UInt(bitPattern: event.udata)))
            let filter: KqueueChange.Filter =
                unsafe event.filter == Int16(EVFILT_READ) ? .read : .write
            let isAtEnd = unsafe event.flags & UInt16(EV_EOF) != 0
            let error = unsafe isAtEnd ? event.fflags : 0
            events.append(ReadyEvent(token, Readiness(filter, endOfFile: isAtEnd, error: error)))
        }

        func close() { unsafe ready.deallocate() }
    }

    /// The queue's descriptor, shared with those who may wake it: it is closed after the last.
    private final class KernelQueue: Waker {
        let descriptor: Int32
        private let signalled = Atomic<Bool>(false)

        init() throws(SystemError) {
            descriptor = kqueue()
            guard descriptor >= 0 else { throw SystemError(errno, "kqueue") }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var record = unsafe kevent()
            unsafe record.filter = Int16(EVFILT_USER)
            unsafe record.flags = UInt16(EV_ADD | EV_CLEAR)
            try unsafe apply(&record)
        }

        func apply(_ record: inout kevent) throws(SystemError) {
            while unsafe kevent(descriptor, &record, 1, nil, 0, nil) < 0 {
                if errno != EINTR { throw SystemError(errno, "kevent") }
            }
        }

        func wake() {
            if signalled.exchange(true, ordering: .acquiringAndReleasing) { return }
            var record = unsafe kevent()
            unsafe record.filter = Int16(EVFILT_USER)
            unsafe record.fflags = UInt32(NOTE_TRIGGER)
            try? unsafe apply(&record)
        }

        /// An exchange, which shows this thread what the waker had done before (EventDescriptor).
        func consumed() { _ = signalled.exchange(false, ordering: .acquiringAndReleasing) }

        deinit { _ = close(descriptor) }
    }
#endif
