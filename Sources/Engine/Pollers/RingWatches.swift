#if os(Linux)
    /// What the io_uring poller watches, by descriptor number, and the requests that are under way.
    ///
    /// Every request has a number of its own, which its completion brings back with the descriptor.
    struct RingWatches {
        enum Carrier {
            case none
            case ring
            case epoll
        }

        struct Watch {
            var token = Token.none
            /// The number of the request under way, 0 when there is none.
            fileprivate(set) var request: UInt32 = 0
            var interest: Interest = []
            var carrier = Carrier.none
            /// Whether it is in `unarmed`.
            fileprivate var isQueued = false
        }

        /// The number of the poller's own requests, which no descriptor's ever has.
        static let ownNumber = UInt32.max

        private var watches: ContiguousArray<Watch> = []
        /// Descriptors that need a request before the next wait.
        private(set) var unarmed: ContiguousArray<Int32> = []
        private var lastNumber: UInt32 = 0

        /// The watch of a descriptor that has room here.
        subscript(_ descriptor: Int32) -> Watch {
            @inline(__always) get { watches[Int(descriptor)] }
            @inline(__always) _modify { yield &watches[Int(descriptor)] }
        }

        mutating func makeRoom(for descriptor: Int32) {
            while watches.count <= Int(descriptor) { watches.append(Watch()) }
        }

        func carrier(of descriptor: Int32) -> Carrier {
            guard descriptor >= 0, Int(descriptor) < watches.count else { return .none }
            return watches[Int(descriptor)].carrier
        }

        /// Every descriptor in the ring.
        var inRing: [Int32] {
            watches.indices.filter { watches[$0].carrier == .ring }.map { Int32($0) }
        }

        /// Notes that a descriptor needs a request.
        @inline(__always)
        mutating func queue(_ descriptor: Int32) {
            if watches[Int(descriptor)].isQueued { return }
            watches[Int(descriptor)].isQueued = true
            unarmed.append(descriptor)
        }

        /// The last one of `unarmed` has what it needs.
        @inline(__always)
        mutating func dequeue() {
            watches[Int(unarmed.removeLast())].isQueued = false
        }

        /// A number for a new request, as the data of the completion.
        @inline(__always)
        mutating func newRequest(_ descriptor: Int32) -> UInt64 {
            lastNumber &+= 1
            if lastNumber == Self.ownNumber { lastNumber = 1 }
            watches[Int(descriptor)].request = lastNumber
            return Self.data(descriptor, lastNumber)
        }

        /// Forgets the request under way; gives its data.
        mutating func forgetRequest(_ descriptor: Int32) -> UInt64? {
            let request = watches[Int(descriptor)].request
            if request == 0 { return nil }
            watches[Int(descriptor)].request = 0
            return Self.data(descriptor, request)
        }

        /// The descriptor whose present request is completed, or nil when it was a former one.
        @inline(__always)
        mutating func complete(_ data: UInt64) -> Int32? {
            let index = Int(UInt32(truncatingIfNeeded: data))
            let request = UInt32(truncatingIfNeeded: data >> 32)
            guard index < watches.count, watches[index].request == request else { return nil }
            watches[index].request = 0
            return Int32(truncatingIfNeeded: index)
        }

        private static func data(_ descriptor: Int32, _ request: UInt32) -> UInt64 {
            UInt64(request) << 32 | UInt64(UInt32(bitPattern: descriptor))
        }
    }
#endif
