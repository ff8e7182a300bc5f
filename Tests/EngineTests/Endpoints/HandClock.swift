import FairleadEngine
import FairleadWire

/// A kernel whose clock moves by hand and that can do nothing else.
final class HandClock: Kernel {
    private(set) var time = Instant(nanoseconds: 1_000_000_000)
    private let real = PosixKernel()

    func now() -> Instant { time }
    func coarseNow() -> Instant { time }
    func advance(_ span: Duration) { time = time + span }

    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller { IdlePoller() }
    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        SystemResult(0)
    }
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        SystemResult(bytes.count)
    }
    func close(_ descriptor: Int32) {}
}

/// A poller that never has anything and never waits.
private final class IdlePoller: Poller {
    struct Deaf: Waker {
        func wake() {}
    }
    let name = "idle"
    let descriptor: Int32? = nil
    let waker: any Waker = Deaf()
    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) {}
    func remove(_ descriptor: Int32, _ token: Token) {}
    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) {}
    func close() {}
}
