import FairleadEngine
import FairleadWire
import Glibc

/// The machine's kernel for somebody who may open nothing, which root cannot be otherwise.
final class StrangerKernel: Kernel {
    private let base = PosixKernel()

    func now() -> Instant { base.now() }
    func coarseNow() -> Instant { base.coarseNow() }
    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller {
        try base.makePoller(backend)
    }
    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        base.read(descriptor, into: &buffer)
    }
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        base.write(descriptor, bytes)
    }
    func close(_ descriptor: Int32) { base.close(descriptor) }
    func status(of path: String) -> FileStatus? { base.status(of: path) }
    func realPath(of path: String) -> String? { base.realPath(of: path) }
    func groupName(of path: String) -> String? { base.groupName(of: path) }
    func openLine(_ path: String) -> SystemResult {
        base.status(of: path) == nil ? .failure(ENOENT) : .failure(EACCES)
    }
    func mayOpen(_ path: String) -> SystemResult {
        base.status(of: path) == nil ? .failure(ENOENT) : .failure(EACCES)
    }
}
