// The reactor as a guest of a loop that is not ours: poll(2) by hand, with a descriptor of the
// host's own beside the guest's. It calls the guest only when the guest's descriptor is readable,
// so that everything that happens proves that the descriptor tells of it.
import CSystem
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

@Suite struct GuestTests {
    /// Turns until the guest has stopped; gives how often the host's own descriptor was ready.
    private func host(_ guest: Guest, own: Int32 = -1) throws -> Int {
        var ownEvents = 0
        while true {
            var entries = [
                pollfd(fd: guest.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: own, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe Glibc.poll(&entries, nfds_t(entries.count), 10_000)
            if count < 0, errno == EINTR { continue }
            try #require(count > 0, "nothing happened for ten seconds")
            if entries[1].revents != 0 { ownEvents += Int(fl_check_drain(own)) }
            if entries[0].revents != 0, try !guest.run() { return ownEvents }
        }
    }

    private static let backends = Backend.available.filter { ![.poll, .select].contains($0) }

    @Test(arguments: backends)
    func connectionsWorkInAForeignLoop(_ backend: Backend) throws {
        let reactor = try Reactor(backend)
        let text = String(repeating: "hello, world! ", count: 100_000)
        let talk = try EchoTalk(on: reactor, saying: text)
        let guest = try Guest(reactor)
        _ = try host(guest)
        guest.leave()
        #expect(talk.reply == text)
        #expect(talk.endings == 1)
        #expect(reactor.census.isEmpty)
    }

    @Test(arguments: backends)
    func timersPostsAndPostponedCallsWorkInAForeignLoop(_ backend: Backend) throws {
        let reactor = try Reactor(backend)
        let pipe = fl_check_pipe()
        let own = (Int32(truncatingIfNeeded: pipe), Int32(truncatingIfNeeded: pipe >> 32))
        defer {
            _ = fl_check_close(own.0)
            _ = fl_check_close(own.1)
        }
        var order: [String] = []
        reactor.add(to: .startUp) { _, done in
            order.append("start")
            done()
        }
        let start = reactor.now
        reactor.after(.milliseconds(2)) {
            order.append(reactor.now.since(start) >= .milliseconds(2) ? "timer" : "early")
            reactor.later { order.append("later") }
            // The host's own descriptor, then another thread's post, then the end.
            _ = fl_check_put(own.1)
            let mailbox = reactor.mailbox
            reactor.workers.runOrFail {
                mailbox.post { reactor in reactor.after(.zero) { reactor.stop() } }
            }
        }
        reactor.add(to: .duringShutDown) { reactor, done in
            order.append("stop")
            reactor.after(.milliseconds(1)) { done() }
        }
        let guest = try Guest(reactor)
        #expect(reactor.isRunning)
        let ownEvents = try host(guest, own: own.0)
        #expect(try guest.run() == false)
        guest.leave()
        #expect(order == ["start", "timer", "later", "stop"])
        #expect(ownEvents == 1)
        #expect(!reactor.isRunning)
        #expect(reactor.census.isEmpty)
    }

    @Test(arguments: backends)
    func aGuestThatHasLeftRunsByItselfAndVisitsAgain(_ backend: Backend) throws {
        let reactor = try Reactor(backend)
        var stops = 0
        for visit in 0..<4 {
            reactor.after(.milliseconds(1)) {
                stops += 1
                reactor.stop()
            }
            if visit % 2 == 1 {
                try reactor.run()
            } else {
                let guest = try Guest(reactor)
                _ = try host(guest)
                guest.leave()
                guest.leave()
            }
        }
        #expect(stops == 4)
        #expect(reactor.census.isEmpty)
    }

    @Test(arguments: backends)
    func aFileKeepsTheHostAwake(_ backend: Backend) throws {
        final class Reader: DescriptorObserver {
            var reports = 0
            let reactor: Reactor
            init(_ reactor: Reactor) { self.reactor = reactor }
            func ready(_ readiness: Readiness, _ token: Token) {
                reports += 1
                if reports < 5 { return }
                reactor.unregister(token)
                reactor.stop()
            }
        }
        let reactor = try Reactor(backend)
        let file = fl_check_file()
        defer { _ = fl_check_close(file) }
        let reader = Reader(reactor)
        _ = try reactor.register(file, .readable, reader)
        let guest = try Guest(reactor)
        _ = try host(guest)
        guest.leave()
        #expect(reader.reports == 5)
    }

    @Test(arguments: [Backend.poll, .select])
    func mechanismsWithoutADescriptorSaySo(_ backend: Backend) throws {
        let error = try withOwnDescriptors { () throws -> SystemError? in
            let reactor = try Reactor(backend)
            do { _ = try Guest(reactor) } catch {
                return reactor.isRunning ? nil : error as? SystemError
            }
            return nil
        }
        #expect(error == SystemError(ENOTSUP, "guest on \(backend.rawValue)"))
    }
}

extension WorkerPool {
    fileprivate func runOrFail(_ call: @escaping @Sendable () -> Void) {
        do {
            try run(call, then: { (_: Void) in })
        } catch {
            Issue.record(error)
        }
    }
}
