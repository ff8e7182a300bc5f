import CSystem
import Glibc

/// Starts a detached thread with all signals blocked, so that signals go to a descriptor.
///
/// - Throws: `SystemError` when the system refuses another thread.
package func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError)
{
    try launch(name, waits: false, body)
}

/// The same, and waits for the thread's end.
package func runOnThread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError)
{
    try launch(name, waits: true, body)
}

private func launch(_ name: String, waits: Bool, _ body: @escaping @Sendable () -> Void)
    throws(SystemError)
{
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = unsafe Unmanaged.passRetained(Box(body))
    let result = unsafe fl_thread_start(
        { context in
            guard let context = unsafe context else { return nil }
            unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, box.toOpaque(), name, waits ? 1 : 0)
    if result < 0 {
        unsafe box.release()
        throw SystemError(-result, "pthread_create")
    }
}
