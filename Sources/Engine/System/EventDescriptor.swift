import CSystem
import Synchronization

/// A waker on an eventfd: one write makes the poller's wait return.
///
/// The flag coalesces: of many wakes before the poller looks, one makes a system call.
final class EventDescriptor: Waker {
    let descriptor: Int32
    private let signalled = Atomic<Bool>(false)

    init() throws(SystemError) {
        descriptor = try SystemResult(fl_eventfd()).descriptor("eventfd")
    }

    func wake() {
        if signalled.exchange(true, ordering: .acquiringAndReleasing) { return }
        var one: UInt64 = 1
        _ = unsafe fl_write(descriptor, &one, 8)
    }

    /// Makes the descriptor unreadable again; called by the poller's thread alone.
    ///
    /// The flag is cleared first: a wake that comes between the two steps at worst wakes once more.
    func consume() {
        signalled.store(false, ordering: .releasing)
        var count: UInt64 = 0
        _ = unsafe fl_read(descriptor, &count, 8)
    }

    deinit { _ = fl_close(descriptor) }
}
