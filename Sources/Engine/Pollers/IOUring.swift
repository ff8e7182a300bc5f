// The io_uring(7) mechanism: readiness by poll requests. It does no input or output by itself: the
// reactor's contract is readiness. All that a turn changes goes to the kernel in the one call
// that waits. How the laws are kept:
//
//  - Level-triggered: the kernel's polls tell of changes, not of levels. A request for a
//    descriptor therefore ends with its first completion and is made anew before the next wait;
//    the kernel looks at the level then. What comes between two waits and is consumed unasked may
//    be reported once, which every owner of a non-blocking descriptor bears. A request that goes on (multishot) would have to be
//    renewed for the same reason, reports what was consumed long ago, and keeps a closed
//    connection open; it serves for our own wake-up, where none of this matters.
//  - Generations: every request has a number of its own. A completion whose number is not that
//    of its descriptor's present request is dropped, whatever happened to the descriptor since.
//  - Removal: a request holds its file open. `remove` therefore ends one that is under way at
//    once: when the owner closes the descriptor after that, it is closed.
//  - Only sockets and pipes go into the ring. Serial lines, all other devices, and files go to an
//    epoll inside, whose descriptor is in the ring; so does a socket that the ring reports over
//    and over for something that nobody asked for (a half-closed peer, while only writing is wanted).
#if os(Linux)
    import CSystem
    import FairleadWire
    import Glibc

    /// The io_uring(7) mechanism of Linux.
    final class IOUring: Poller {
        private enum Carrier {
            case none
            case ring
            case epoll
        }

        private struct Watch {
            var token = Token.none
            /// The number of the request under way, 0 when there is none.
            var request: UInt32 = 0
            var interest: Interest = []
            var carrier = Carrier.none
            /// Whether it is in `unarmed`.
            var isQueued = false
        }

        /// What the completions of our own requests carry; no descriptor's request has this number.
        private enum Own {
            static let number = UInt32.max
            static let wake = UInt64(number) << 32
            static let epoll = UInt64(number) << 32 | 1
            static let cancel = UInt64(number) << 32 | 2
        }

        let name = Backend.ioUring.rawValue
        var waker: any Waker { event }
        var descriptor: Int32? { ring.descriptor }

        private let ring: Ring
        private let event: EventDescriptor
        private var watches: ContiguousArray<Watch> = []
        /// Descriptors in the ring that need a request before the next wait.
        private var unarmed: ContiguousArray<Int32> = []
        private var lastRequest: UInt32 = 0
        private var epoll: Epoll?
        private var isWakeArmed = false
        private var isEpollArmed = false
        private var wasWoken = false

        /// - Parameter completions: room for completions; more wait in the kernel.
        init(requests: UInt32 = 256, completions: UInt32 = 4096) throws(SystemError) {
            event = try EventDescriptor()
            ring = try Ring(requests: requests, completions: completions)
        }

        // MARK: Registration

        func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            let kind = try SystemResult(fl_descriptor_kind(descriptor)).get("watch")
            let index = Int(descriptor)
            while watches.count <= index { watches.append(Watch()) }
            guard watches[index].carrier == .none else { throw SystemError(EEXIST, "watch") }
            watches[index].token = token
            watches[index].interest = interest
            if kind == FL_KIND_OTHER.rawValue {
                try openEpoll().add(descriptor, interest, token)
                watches[index].carrier = .epoll
            } else {
                watches[index].carrier = .ring
                queue(descriptor)
            }
        }

        func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            let carrier = carrier(of: descriptor)
            if carrier == .none { throw SystemError(ENOENT, "watch") }
            if carrier == .epoll { try epoll?.modify(descriptor, interest, token) }
            let index = Int(descriptor)
            watches[index].token = token
            if watches[index].interest == interest { return }
            watches[index].interest = interest
            if carrier == .ring {
                cancel(descriptor)
                queue(descriptor)
            }
        }

        func remove(_ descriptor: Int32, _ token: Token) {
            let carrier = carrier(of: descriptor)
            if carrier == .none { return }
            if carrier == .epoll { epoll?.remove(descriptor, token) }
            cancel(descriptor)
            // Also what `modify` has cancelled: nothing may hold the file after this.
            if ring.isSubmitDue { ring.submit() }
            watches[Int(descriptor)].carrier = .none
        }

        /// Whether a watched descriptor is in the ring itself, and not in the epoll inside.
        func isInRing(_ descriptor: Int32) -> Bool { carrier(of: descriptor) == .ring }

        private func carrier(of descriptor: Int32) -> Carrier {
            guard descriptor >= 0, Int(descriptor) < watches.count else { return .none }
            return watches[Int(descriptor)].carrier
        }

        private func openEpoll() throws(SystemError) -> Epoll {
            if let epoll { return epoll }
            let opened = try Epoll()
            epoll = opened
            return opened
        }

        // MARK: Requests

        @inline(__always)
        private func queue(_ descriptor: Int32) {
            if watches[Int(descriptor)].isQueued { return }
            watches[Int(descriptor)].isQueued = true
            unarmed.append(descriptor)
        }

        /// Queues the end of the descriptor's request; its completion will be nobody's.
        private func cancel(_ descriptor: Int32) {
            let request = watches[Int(descriptor)].request
            if request == 0 { return }
            watches[Int(descriptor)].request = 0
            _ = ring.cancel(Self.data(descriptor, request), Own.cancel)
        }

        /// Queues whatever needs a request; false when the kernel takes no more for now.
        private func arm() -> Bool {
            if !isWakeArmed {
                isWakeArmed = ring.poll(
                    event.descriptor, UInt32(FL_EPOLL_IN), Own.wake, multishot: true)
                if !isWakeArmed { return false }
            }
            if let inner = epoll?.descriptor, !isEpollArmed {
                isEpollArmed = ring.poll(inner, UInt32(FL_EPOLL_IN), Own.epoll)
                if !isEpollArmed { return false }
            }
            while let descriptor = unarmed.last {
                if !arm(descriptor) { return false }
                unarmed.removeLast()
                watches[Int(descriptor)].isQueued = false
            }
            return true
        }

        @inline(__always)
        private func arm(_ descriptor: Int32) -> Bool {
            let watch = watches[Int(descriptor)]
            if watch.carrier != .ring || watch.request != 0 { return true }
            lastRequest &+= 1
            if lastRequest == Own.number { lastRequest = 1 }
            let data = Self.data(descriptor, lastRequest)
            guard ring.poll(descriptor, Epoll.mask(watch.interest), data) else { return false }
            watches[Int(descriptor)].request = lastRequest
            return true
        }

        private static func data(_ descriptor: Int32, _ request: UInt32) -> UInt64 {
            UInt64(request) << 32 | UInt64(UInt32(bitPattern: descriptor))
        }

        // MARK: Waiting

        func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
            let before = events.count
            wasWoken = false
            while true {
                let isComplete = arm()
                let timeout = isComplete ? nanoseconds(until: deadline) : 0
                let result = ring.wait(timeout)
                let taken = try takeCompletions(into: &events)
                if wasWoken || events.count > before { return }
                // EBUSY: the completions that were just taken have to be taken first.
                let isHarmless = [EINTR, ETIME].contains(result.code)
                if !isHarmless, taken == 0 { _ = try result.get("io_uring_enter") }
                if isComplete, nanoseconds(until: deadline) == 0 { return }
            }
        }

        func prepareForForeignWait() throws(SystemError) {
            if arm() { _ = try ring.submit().get("io_uring_enter") }
        }

        private func takeCompletions(into events: inout [ReadyEvent]) throws(SystemError) -> Int {
            var completion = fl_uring_completion()
            var taken = 0
            while ring.take(&completion) {
                taken += 1
                switch completion.data {
                case Own.wake:
                    isWakeArmed = completion.continues != 0
                    if completion.result > 0 {
                        event.consume()
                        wasWoken = true
                    }
                case Own.epoll:
                    isEpollArmed = false
                    try epoll?.wait(until: Instant(nanoseconds: .min), into: &events)
                case Own.cancel: break
                default: complete(completion.data, completion.result, into: &events)
                }
            }
            return taken
        }

        /// The end of a descriptor's request, unless it is a former one's.
        @inline(__always)
        private func complete(
            _ data: UInt64, _ result: Int32, into events: inout [ReadyEvent]
        ) {
            let index = Int(UInt32(truncatingIfNeeded: data))
            let request = UInt32(truncatingIfNeeded: data >> 32)
            guard index < watches.count, watches[index].request == request else { return }
            watches[index].request = 0
            let descriptor = Int32(truncatingIfNeeded: index)
            queue(descriptor)
            // Not ours: the thread that made the request has ended.
            if result == -ECANCELED { return }
            let readiness = result < 0 ? .error : Epoll.readiness(UInt32(bitPattern: result))
            if readiness.isEmpty && moveToEpoll(descriptor) { return }
            events.append(ReadyEvent(watches[index].token, readiness))
        }

        /// Takes a descriptor out of the ring, which would report it for ever without cause.
        private func moveToEpoll(_ descriptor: Int32) -> Bool {
            let watch = watches[Int(descriptor)]
            do {
                try openEpoll().add(descriptor, watch.interest, watch.token)
                watches[Int(descriptor)].carrier = .epoll
                return true
            } catch {
                return false
            }
        }

        func close() {
            for descriptor in watches.indices where watches[descriptor].carrier == .ring {
                cancel(Int32(truncatingIfNeeded: descriptor))
            }
            ring.submit()
            ring.close()
            epoll?.close()
        }
    }
#endif
