import FairleadEngine
import Glibc

/// What a descriptor of a simulated kernel stands for; a class for each kind overrides what it can.
///
/// Here each call answers as a kernel does to a descriptor of the wrong kind. A further kind (a
/// line that can hang up) is a subclass and a call to `SimulatedKernel.install`.
class SimulatedFile {
    unowned let kernel: SimulatedKernel
    /// Descriptors that name it, also those under way in messages.
    var references = 0
    /// The pending error, as SO_ERROR tells it.
    var pendingError: Int32 = 0

    init(_ kernel: SimulatedKernel) {
        self.kernel = kernel
    }

    /// What a poller sees.
    var readiness: Readiness { [] }
    var localAddress: SocketAddress? { nil }
    var peerAddress: SocketAddress? { nil }

    func read(into buffer: inout MutableSpan<UInt8>, atMost limit: Int) -> SystemResult {
        .failure(EINVAL)
    }
    func write(_ bytes: Span<UInt8>) -> SystemResult { .failure(EINVAL) }
    func bind(to address: SocketAddress) -> SystemResult { .failure(ENOTSOCK) }
    func listen(backlog: Int) -> SystemResult { .failure(ENOTSOCK) }
    /// The next waiting connection, not yet installed.
    func accept() -> Result<SimulatedFile, SystemError> { .failure(SystemError(EINVAL, "accept")) }
    func connect(to address: SocketAddress) -> SystemResult { .failure(ENOTSOCK) }
    func shutDown(_ direction: ShutDownDirection) -> SystemResult { .failure(ENOTSOCK) }
    func option(_ option: SocketOption) -> SystemResult {
        option == .pendingError ? SystemResult(takePendingError()) : .failure(ENOPROTOOPT)
    }
    func setOption(_ option: SocketOption, to value: Int32) -> SystemResult { .success }
    /// The network or the device breaks it.
    func breakDown() {}
    /// The last descriptor is closed.
    func closed() {}

    final func takePendingError() -> Int32 {
        defer { pendingError = 0 }
        return pendingError
    }
}
