#if os(Linux)
    import CSystem

    /// The two queues that we share with the kernel for io_uring(7).
    @safe struct Ring {
        private let ring: OpaquePointer

        /// - Parameter completions: room for completions; more wait in the kernel.
        init(requests: UInt32, completions: UInt32) throws(SystemError) {
            var opened: OpaquePointer?
            let result = unsafe fl_uring_open(&opened, requests, completions)
            _ = try SystemResult(result).get("io_uring_setup")
            guard let opened = unsafe opened else { throw SystemError(-result, "io_uring_setup") }
            unsafe ring = opened
        }

        /// Readable when there is a completion.
        var descriptor: Int32 { unsafe fl_uring_descriptor(ring) }
        /// Whether the kernel has not been handed every request yet.
        var isSubmitDue: Bool { unsafe fl_uring_queued(ring) > 0 }

        /// Queues a poll request; it goes on after a completion when it is `multishot`.
        ///
        /// - Returns: false when the kernel takes no more for now.
        @inline(__always)
        func poll(_ descriptor: Int32, _ mask: UInt32, _ data: UInt64, multishot: Bool = false)
            -> Bool
        {
            put { unsafe fl_uring_poll(ring, descriptor, mask, multishot ? 1 : 0, data) }
        }

        /// Queues the end of the poll request with the data `target`.
        func cancel(_ target: UInt64, _ data: UInt64) -> Bool {
            put { unsafe fl_uring_cancel(ring, target, data) }
        }

        /// Puts a request into the queue, which is handed over when it is full.
        @inline(__always)
        private func put(_ request: () -> Int32) -> Bool {
            if request() >= 0 { return true }
            return submit().isSuccess && request() >= 0
        }

        /// Hands what is queued to the kernel.
        @discardableResult
        func submit() -> SystemResult {
            uninterrupted { unsafe SystemResult(fl_uring_submit(ring)) }
        }

        /// The same, and waits for a completion, at most for `timeout` nanoseconds (-1: no limit).
        @inline(__always)
        func wait(_ timeout: Int64) -> SystemResult {
            unsafe SystemResult(fl_uring_wait(ring, timeout))
        }

        /// The next completion, also of those that had no room.
        @inline(__always)
        func take(_ completion: inout fl_uring_completion) -> Bool {
            if unsafe fl_uring_take(ring, &completion) > 0 { return true }
            if unsafe fl_uring_overflows(ring) == 0 { return false }
            submit()
            return unsafe fl_uring_take(ring, &completion) > 0
        }

        func close() { unsafe fl_uring_close(ring) }
    }
#endif
