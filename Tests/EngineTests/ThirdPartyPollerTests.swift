// An event mechanism written by an outsider: it knows the engine's public contract and nothing
// else of it (no @testable here), and may be as plain as this one.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

/// poll(2) over a list made anew for each wait, woken through a pipe.
private final class PlainPoller: Poller {
    let name = "plain"
    let descriptor: Int32? = nil
    var waker: any Waker { pipe }

    private let pipe: WakePipe
    private let clock = PosixKernel()
    private var watches: [Int32: (interest: Interest, token: Token)] = [:]

    init() throws(SystemError) { pipe = try WakePipe() }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        guard fcntl(descriptor, F_GETFD) >= 0 else { throw SystemError(EBADF, "add") }
        guard watches[descriptor] == nil else { throw SystemError(EEXIST, "add") }
        watches[descriptor] = (interest, token)
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        watches[descriptor] = (interest, token)
    }

    func remove(_ descriptor: Int32, _ token: Token) { watches[descriptor] = nil }

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        var entries = [pollfd(fd: pipe.reader, events: Int16(POLLIN), revents: 0)]
        for (descriptor, watch) in watches {
            let input = watch.interest.contains(.readable) ? POLLIN : 0
            let output = watch.interest.contains(.writable) ? POLLOUT : 0
            entries.append(pollfd(fd: descriptor, events: Int16(input | output), revents: 0))
        }
        while true {
            let count = unsafe Glibc.poll(&entries, nfds_t(entries.count), timeout(deadline))
            if count < 0, errno != EINTR { throw SystemError(errno, "poll") }
            if count > 0 { break }
            if count == 0, timeout(deadline) == 0 { return }
        }
        if entries[0].revents != 0 { pipe.drain() }
        for entry in entries.dropFirst() where entry.revents != 0 {
            guard let watch = watches[entry.fd] else { continue }
            events.append(ReadyEvent(watch.token, readiness(Int32(entry.revents))))
        }
    }

    private func timeout(_ deadline: Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = max(deadline.since(clock.now()).nanoseconds, 0)
        return Int32(clamping: left / 1_000_000 + (left % 1_000_000 > 0 ? 1 : 0))
    }

    private func readiness(_ seen: Int32) -> Readiness {
        let table: [(Int32, Readiness)] = [
            (POLLIN, .readable), (POLLOUT, .writable), (POLLHUP, .hangUp), (POLLERR, .error),
        ]
        return table.reduce(into: []) { if seen & $1.0 != 0 { $0.formUnion($1.1) } }
    }

    func close() {}
}

private final class WakePipe: Waker {
    let reader: Int32
    private let writer: Int32

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw SystemError(errno, "pipe") }
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (reader, writer) = (ends[0], ends[1])
    }

    func wake() {
        var byte: UInt8 = 1
        _ = unsafe Glibc.write(writer, &byte, 1)
    }

    func drain() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while unsafe Glibc.read(reader, &bytes, bytes.count) > 0 {}
    }

    deinit {
        _ = Glibc.close(reader)
        _ = Glibc.close(writer)
    }
}

@Suite struct ThirdPartyPollerTests {
    @Test(arguments: PollerChecker.Law.allCases)
    func holds(_ law: PollerChecker.Law) {
        #expect(PollerChecker { try PlainPoller() }.violations(of: law) == [])
    }

    @Test func drivesAReactor() throws {
        let reactor = Reactor(poller: try PlainPoller(), kernel: PosixKernel())
        #expect(reactor.pollerName == "plain")
        let talk = try EchoTalk(on: reactor)
        try reactor.run()
        #expect(talk.reply == "hello, world!")
        #expect(reactor.census.isEmpty)
    }
}
