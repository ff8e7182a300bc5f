#if os(Linux)
    import CSystem
    import FairleadEngineTesting
    import FairleadWire
    import Testing

    @testable import FairleadEngine

    @Suite(.enabled(if: Backend.available.contains(.ioUring)))
    struct IOUringTests {
        private func half(_ pair: Int64, _ shift: Int64) -> Int32 {
            Int32(truncatingIfNeeded: pair >> shift)
        }

        @Test func serialLinesDevicesAndFilesAreNeverInTheRing() throws {
            let poller = try IOUring()
            defer { poller.close() }
            let (terminal, pair, pipe) = (
                fl_check_terminal(), fl_check_socket_pair(), fl_check_pipe()
            )
            let file = fl_check_file()
            let kinds: [(Int32, Bool)] = [
                (half(terminal, 0), false), (half(terminal, 32), false), (file, false),
                (half(pair, 0), true), (half(pair, 32), true), (half(pipe, 0), true),
            ]
            for (slot, (descriptor, isInRing)) in kinds.enumerated() {
                let token = Token(slot: UInt32(slot), generation: 1)
                try poller.add(descriptor, .readable, token)
                #expect(poller.isInRing(descriptor) == isInRing)
                poller.remove(descriptor, token)
                #expect(!poller.isInRing(descriptor))
                _ = fl_check_close(descriptor)
            }
            _ = fl_check_close(half(pipe, 32))
        }

        /// The ring would report a half-closed peer over and over to who only wants to write.
        @Test func aSocketThatTheRingReportsWithoutCauseLeavesIt() throws {
            let poller = try IOUring()
            let pair = fl_check_socket_pair()
            let (socket, peer) = (half(pair, 0), half(pair, 32))
            defer {
                poller.close()
                _ = fl_check_close(socket)
                _ = fl_check_close(peer)
            }
            let token = Token(slot: 1, generation: 1)
            _ = fl_check_fill(socket)
            try poller.add(socket, .writable, token)
            var events: [ReadyEvent] = []
            try poller.wait(until: Instant(nanoseconds: .min), into: &events)
            #expect(events == [] && poller.isInRing(socket))
            _ = fl_check_half_close(peer)
            try poller.wait(until: Instant(nanoseconds: .min), into: &events)
            #expect(events == [] && !poller.isInRing(socket))
            _ = fl_check_drain(peer)
            try poller.wait(until: nil, into: &events)
            #expect(events == [ReadyEvent(token, .writable)])
        }

        /// The kernel cancels a thread's requests when it ends; the watch goes on all the same.
        @Test func outlivesTheThreadThatWaitedBefore() throws {
            let limit = PosixKernel().now() + .seconds(10)
            final class Box: @unchecked Sendable {
                let poller: IOUring
                init(_ poller: IOUring) { self.poller = poller }
            }
            let box = Box(try IOUring())
            let (poller, pair, finished) = (box.poller, fl_check_socket_pair(), fl_semaphore())
            let (socket, peer) = (half(pair, 0), half(pair, 32))
            defer {
                poller.close()
                for descriptor in [socket, peer, finished] { _ = fl_check_close(descriptor) }
            }
            let token = Token(slot: 1, generation: 1)
            try poller.add(socket, .readable, token)
            try startThread("first waiter") {
                var events: [ReadyEvent] = []
                try? box.poller.wait(until: Instant(nanoseconds: .min), into: &events)
                fl_semaphore_post(finished, 1)
            }
            fl_semaphore_wait(finished)
            _ = fl_check_put(peer)
            var events: [ReadyEvent] = []
            try poller.wait(until: limit, into: &events)
            #expect(events == [ReadyEvent(token, .readable)])
        }
    }
#endif
