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
    /// The flag is cleared last. Were it cleared first, a wake between the two steps would set it
    /// and write what is then read: set and unreadable, it would swallow every later wake. This
    /// way such a wake belongs to the present wake-up; the exchange makes visible to the poller's
    /// thread what the waker had done before.
    func consume() {
        var count: UInt64 = 0
        _ = unsafe fl_read(descriptor, &count, 8)
        _ = signalled.exchange(false, ordering: .acquiringAndReleasing)
    }

    deinit { _ = fl_close(descriptor) }
}
