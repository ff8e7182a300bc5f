// The io_uring(7) mechanism: readiness by poll requests, handed over in the one call that waits.
//  - Level-triggered: the kernel's polls tell of changes, so a descriptor's request ends with its
//    first completion and is made anew before the next wait, when the kernel looks at the level.
//    One that goes on (multishot) would need the same, reports what was consumed long ago and
//    keeps closed files open: it serves for our own wake-up, where none of this matters. What
//    arrives between two waits and is consumed unasked may be reported once.
//  - A completion whose number is not that of its descriptor's present request is dropped.
//  - A request holds its file open: `remove` ends it at once, and closing is closing after that.
//  - Sockets and pipes only. Serial lines, other devices and files go to an epoll inside, which is
//    in the ring; so does a socket that the ring reports over and over for what nobody asked (it
//    always looks for a half-close).
#if os(Linux)
    import CSystem
    import FairleadWire
    import Glibc

    /// The io_uring(7) mechanism of Linux.
    final class IOUring: Poller {
        /// What the completions of our own requests carry.
        private enum Own {
            static let wake = UInt64(RingWatches.ownNumber) << 32
            static let epoll = wake | 1
            static let cancel = wake | 2
        }

        let name = Backend.ioUring.rawValue
        var waker: any Waker { event }
        var descriptor: Int32? { ring.descriptor }

        private let ring: Ring
        private let event: EventDescriptor
        private var watches = RingWatches()
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
            watches.makeRoom(for: descriptor)
            guard watches[descriptor].carrier == .none else { throw SystemError(EEXIST, "watch") }
            if kind == FL_KIND_OTHER.rawValue {
                try openEpoll().add(descriptor, interest, token)
                watches[descriptor].carrier = .epoll
            } else {
                watches[descriptor].carrier = .ring
                watches.queue(descriptor)
            }
            watches[descriptor].token = token
            watches[descriptor].interest = interest
        }

        func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            let carrier = watches.carrier(of: descriptor)
            if carrier == .none { throw SystemError(ENOENT, "watch") }
            if carrier == .epoll { try epoll?.modify(descriptor, interest, token) }
            watches[descriptor].token = token
            if watches[descriptor].interest == interest { return }
            watches[descriptor].interest = interest
            if carrier == .ring {
                cancel(descriptor)
                watches.queue(descriptor)
            }
        }

        func remove(_ descriptor: Int32, _ token: Token) {
            let carrier = watches.carrier(of: descriptor)
            if carrier == .none { return }
            if carrier == .epoll { epoll?.remove(descriptor, token) }
            cancel(descriptor)
            // Also what `modify` has cancelled: nothing may hold the file after this.
            if ring.isSubmitDue { ring.submit() }
            watches[descriptor].carrier = .none
        }

        /// Queues the end of the descriptor's request; its completion will be nobody's.
        private func cancel(_ descriptor: Int32) {
            guard let request = watches.forgetRequest(descriptor) else { return }
            _ = ring.cancel(request, Own.cancel)
        }

        private func openEpoll() throws(SystemError) -> Epoll {
            if let epoll { return epoll }
            let opened = try Epoll()
            epoll = opened
            return opened
        }

        /// Whether a watched descriptor is in the ring itself, and not in the epoll inside.
        func isInRing(_ descriptor: Int32) -> Bool { watches.carrier(of: descriptor) == .ring }

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
                let isHarmless = result.wasInterrupted || result.code == ETIME
                if !isHarmless, taken == 0 { _ = try result.get("io_uring_enter") }
                if isComplete, nanoseconds(until: deadline) == 0 { return }
            }
        }

        func prepareForForeignWait() throws(SystemError) {
            if arm() { _ = try ring.submit().get("io_uring_enter") }
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
            while let descriptor = watches.unarmed.last {
                if !arm(descriptor) { return false }
                watches.dequeue()
            }
            return true
        }

        @inline(__always)
        private func arm(_ descriptor: Int32) -> Bool {
            let watch = watches[descriptor]
            if watch.carrier != .ring || watch.request != 0 { return true }
            let data = watches.newRequest(descriptor)
            if ring.poll(descriptor, Epoll.mask(watch.interest), data) { return true }
            _ = watches.forgetRequest(descriptor)
            return false
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
            guard let descriptor = watches.complete(data) else { return }
            watches.queue(descriptor)
            // Not ours: the thread that made the request has ended.
            if result == -ECANCELED { return }
            let readiness = result < 0 ? .error : Epoll.readiness(UInt32(bitPattern: result))
            if readiness.isEmpty && moveToEpoll(descriptor) { return }
            events.append(ReadyEvent(watches[descriptor].token, readiness))
        }

        /// Takes a descriptor out of the ring, which would report it for ever without cause.
        private func moveToEpoll(_ descriptor: Int32) -> Bool {
            let watch = watches[descriptor]
            do {
                try openEpoll().add(descriptor, watch.interest, watch.token)
                watches[descriptor].carrier = .epoll
                return true
            } catch {
                return false
            }
        }

        func close() {
            for descriptor in watches.inRing { cancel(descriptor) }
            ring.submit()
            ring.close()
            epoll?.close()
        }
    }
#endif
