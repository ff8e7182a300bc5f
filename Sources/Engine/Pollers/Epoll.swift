// The epoll(7) mechanism. A registration is one kernel object; its user data is our token, so
// an event needs no look-up. Regular files, which epoll refuses with EPERM, are always ready:
// they are kept in a list of our own and reported at each wait. While there is one, a beacon, an
// eventfd that stays readable, ends every wait and keeps our descriptor readable for a host.
#if os(Linux)
    import CSystem
    import FairleadWire
    import Glibc

    /// The epoll(7) mechanism of Linux.
    @safe final class Epoll: Poller {
        let name = Backend.epoll.rawValue
        var waker: any Waker { event }
        var descriptor: Int32? { epoll }

        private static let batch = 512
        /// No slot has these numbers, so that they can stand for our own wake-up and beacon.
        private static let wakeToken = Token(rawValue: .max)
        private static let beaconToken = Token(rawValue: .max - 1)

        private let epoll: Int32
        private let event: EventDescriptor
        private let ready: UnsafeMutablePointer<fl_epoll_event>
        private var alwaysReady: [Int32: ReadyEvent] = [:]
        private var beacon: Int32 = -1

        init() throws(SystemError) {
            event = try EventDescriptor()
            epoll = try SystemResult(fl_epoll_create()).descriptor("epoll_create1")
            unsafe ready = .allocate(capacity: Self.batch)
            do throws(SystemError) {
                try control(FL_EPOLL_ADD, event.descriptor, .readable, Self.wakeToken)
            } catch {
                close()
                throw error
            }
        }

        func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            do throws(SystemError) {
                try control(FL_EPOLL_ADD, descriptor, interest, token)
            } catch {
                guard error.code == EPERM else { throw error }
                guard alwaysReady[descriptor] == nil else { throw SystemError(EEXIST, error.call) }
                if beacon < 0 { try lightBeacon() }
                alwaysReady[descriptor] = ReadyEvent(token, Readiness(rawValue: interest.rawValue))
            }
        }

        func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
            if alwaysReady[descriptor] != nil {
                alwaysReady[descriptor] = ReadyEvent(token, Readiness(rawValue: interest.rawValue))
            } else {
                try control(FL_EPOLL_MOD, descriptor, interest, token)
            }
        }

        func remove(_ descriptor: Int32, _ token: Token) {
            if alwaysReady.removeValue(forKey: descriptor) == nil {
                _ = fl_epoll_ctl(epoll, Int32(FL_EPOLL_DEL.rawValue), descriptor, 0, 0)
            } else if alwaysReady.isEmpty {
                quenchBeacon()
            }
        }

        private func lightBeacon() throws(SystemError) {
            let number = try SystemResult(fl_eventfd()).descriptor("eventfd")
            var one: UInt64 = 1
            _ = unsafe fl_write(number, &one, 8)
            do throws(SystemError) {
                try control(FL_EPOLL_ADD, number, .readable, Self.beaconToken)
            } catch {
                _ = fl_close(number)
                throw error
            }
            beacon = number
        }

        private func quenchBeacon() {
            if beacon < 0 { return }
            _ = fl_epoll_ctl(epoll, Int32(FL_EPOLL_DEL.rawValue), beacon, 0, 0)
            _ = fl_close(beacon)
            beacon = -1
        }

        func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
            while true {
                let timeout = nanoseconds(until: deadline)
                let count = unsafe fl_epoll_wait(epoll, ready, Int32(Self.batch), timeout)
                if count == -EINTR { continue }
                if count < 0 { throw SystemError(-count, "epoll_wait") }
                for index in 0..<Int(count) { report(index, into: &events) }
                if count > 0 || nanoseconds(until: deadline) == 0 { return }
            }
        }

        func close() {
            quenchBeacon()
            _ = fl_close(epoll)
            unsafe ready.deallocate()
        }

        @inline(__always)
        private func report(_ index: Int, into events: inout [ReadyEvent]) {
            let token = unsafe Token(rawValue: ready[index].data)
            if token.rawValue >= Self.beaconToken.rawValue {
                if token == Self.wakeToken { return event.consume() }
                return events.append(contentsOf: alwaysReady.values)
            }
            events.append(ReadyEvent(token, unsafe Self.readiness(ready[index].events)))
        }

        private func control(
            _ operation: fl_epoll_operation, _ descriptor: Int32, _ interest: Interest,
            _ token: Token
        ) throws(SystemError) {
            let result = fl_epoll_ctl(
                epoll, Int32(operation.rawValue), descriptor, Self.mask(interest), token.rawValue)
            _ = try SystemResult(result).get("epoll_ctl")
        }

        @inline(__always)
        static func mask(_ interest: Interest) -> UInt32 {
            (interest.contains(.readable) ? UInt32(FL_EPOLL_IN) : 0)
                | (interest.contains(.writable) ? UInt32(FL_EPOLL_OUT) : 0)
        }

        @inline(__always)
        static func readiness(_ mask: UInt32) -> Readiness {
            if mask == FL_EPOLL_IN { return .readable }
            var readiness: Readiness = []
            if mask & UInt32(FL_EPOLL_IN) != 0 { readiness.insert(.readable) }
            if mask & UInt32(FL_EPOLL_OUT) != 0 { readiness.insert(.writable) }
            if mask & UInt32(FL_EPOLL_HUP) != 0 { readiness.insert(.hangUp) }
            if mask & UInt32(FL_EPOLL_ERR) != 0 { readiness.insert(.error) }
            return readiness
        }
    }
#endif
