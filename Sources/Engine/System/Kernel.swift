// Every system call that the engine makes goes through this seam, so that the real reactor can
// run on a simulated kernel that fails on purpose (EngineTesting) and on the machine's own
// (PosixKernel). A kernel knows descriptors and addresses; it must never know transports,
// protocols or timers. Calls that a kernel does not offer answer ENOSYS, by default.
import FairleadWire
import Glibc

/// The system calls that the engine makes.
///
/// Descriptors made by a kernel are non-blocking and close on exec. A kernel is confined to the
/// thread of the reactor that owns it.
public protocol Kernel:
    FileKernel, FolderKernel, InheritanceKernel, TerminalKernel, ProcessKernel, WallClockKernel
{
    /// The monotonic clock.
    func now() -> Instant
    /// The monotonic clock as of the last tick, some milliseconds ago: nearly free to read.
    func coarseNow() -> Instant

    /// Makes the event mechanism that `backend` names.
    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller

    /// Makes a kernel for calls that may block, on another thread; nil: they are made in place.
    var workerKernel: (@Sendable () -> any Kernel)? { get }
    /// Takes responsibility for a descriptor that someone else opened.
    func adopt(_ descriptor: Int32)

    /// Reads at most `buffer.count` bytes; 0 at the end of the stream.
    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult
    /// Writes what the kernel takes at once; gives how many bytes that were.
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult
    /// Writes the chunks one after another, the first from `skipping` on, as far as possible.
    func write(_ descriptor: Int32, gathering chunks: ArraySlice<[UInt8]>, skipping: Int)
        -> SystemResult
    /// Closes a descriptor. Never repeated on `EINTR`: Linux has closed it all the same.
    func close(_ descriptor: Int32)

    /// Makes a socket.
    func socket(_ family: SocketFamily, _ kind: SocketKind) -> SystemResult
    /// Gives a socket its own address: bind(2).
    func bind(_ descriptor: Int32, to address: SocketAddress) -> SystemResult
    /// Lets a socket take connections: listen(2).
    func listen(_ descriptor: Int32, backlog: Int32) -> SystemResult
    /// The next waiting connection, non-blocking.
    func accept(_ descriptor: Int32) -> SystemResult
    /// Begins to connect: connect(2), most often answered by `EINPROGRESS`.
    func connect(_ descriptor: Int32, to address: SocketAddress) -> SystemResult
    /// Ends one direction of a connection: shutdown(2).
    func shutDown(_ descriptor: Int32, _ direction: ShutDownDirection) -> SystemResult
    /// The socket's own address; nil where it has none.
    func localAddress(of descriptor: Int32) -> SocketAddress?
    /// The address at the other end; nil where it is not connected.
    func peerAddress(of descriptor: Int32) -> SocketAddress?
    /// Reads a socket option: its value, or the error.
    func option(_ option: SocketOption, of descriptor: Int32) -> SystemResult
    /// Sets a socket option.
    func setOption(_ option: SocketOption, of descriptor: Int32, to value: Int32) -> SystemResult

    /// Joins or leaves a multicast group on one interface (0: the system's choice).
    func setMembership(
        _ joined: Bool, of descriptor: Int32, in group: SocketAddress, interface: UInt32
    ) -> SystemResult
    /// The process at the other end of a UNIX socket.
    func peerCredentials(of descriptor: Int32) -> PeerCredentials?
    /// Writes bytes and hands copies of open descriptors to the process at the other end.
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>, passing descriptors: [Int32])
        -> SystemResult
    /// Reads bytes and the descriptors that came with them, which are the caller's from now on.
    func read(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        passed descriptors: inout [Int32]
    ) -> SystemResult

    /// Sends one datagram, to the connected peer where `address` is nil.
    func send(_ descriptor: Int32, _ bytes: Span<UInt8>, to address: SocketAddress?) -> SystemResult
    /// Receives one datagram; a longer one than the buffer is cut.
    func receive(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        from sender: inout SocketAddress?
    ) -> SystemResult
    /// The next report of a datagram that could not be delivered.
    ///
    /// Its error number is the value, `destination` where it was sent; `EAGAIN` when there is none.
    func deliveryError(of descriptor: Int32, for destination: inout SocketAddress?) -> SystemResult
}

/// The process at the other end of a UNIX socket, as it was when it connected.
public struct PeerCredentials: Hashable, Sendable {
    public var process: Int32
    public var user: UInt32
    public var group: UInt32

    public init(process: Int32, user: UInt32, group: UInt32) {
        self.process = process
        self.user = user
        self.group = group
    }
}

/// The address family of a socket.
public enum SocketFamily: Hashable, Sendable, CaseIterable {
    case ipv4
    case ipv6
    case unix
}

/// What a socket carries.
public enum SocketKind: Hashable, Sendable, CaseIterable {
    case stream
    case datagram
}

/// Which direction of a connection ends.
public enum ShutDownDirection: Hashable, Sendable {
    case reading
    case writing
}

/// The socket options that the engine uses; values are 0 or 1 unless said otherwise.
public enum SocketOption: Hashable, Sendable, CaseIterable {
    case noDelay
    case keepAlive
    /// Seconds of silence before the first probe.
    case keepAliveIdle
    /// Seconds between probes.
    case keepAliveInterval
    /// Probes without an answer that end the connection.
    case keepAliveCount
    case reuseAddress
    case reusePort
    case ipv6Only
    /// 1 leaves the choice of a local port to connect(2), when an address alone is bound.
    case bindAddressOnly
    case broadcast
    /// The pending error of the socket, read and cleared (`SO_ERROR`); its value is an errno.
    case pendingError
    /// 1 makes the next close send RST and drop what is queued (`SO_LINGER` with time 0).
    case resetOnClose
    /// Size in bytes.
    case receiveBuffer
    /// Size in bytes.
    case sendBuffer
    /// Bytes that can be read at once (`FIONREAD`); read only.
    case bytesWaiting
    case multicastLoop
    /// Hops, 0 to 255.
    case multicastHops
    /// The index of the interface that multicasts leave by.
    case multicastInterface
    /// Reports of datagrams that could not be delivered (ICMP) are kept for `deliveryError`.
    case deliveryErrors
}

extension Kernel {
    public var workerKernel: (@Sendable () -> any Kernel)? { nil }
    public func adopt(_ descriptor: Int32) {}

    /// The bytes of one chunk, written as far as the kernel takes them.
    public func write(
        _ descriptor: Int32, gathering chunks: ArraySlice<[UInt8]>, skipping: Int
    ) -> SystemResult {
        guard let first = chunks.first else { return .success }
        return write(descriptor, first.span.extracting(droppingFirst: skipping))
    }

    public func socket(_ family: SocketFamily, _ kind: SocketKind) -> SystemResult {
        .failure(ENOSYS)
    }
    public func bind(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        .failure(ENOSYS)
    }
    public func listen(_ descriptor: Int32, backlog: Int32) -> SystemResult { .failure(ENOSYS) }
    public func accept(_ descriptor: Int32) -> SystemResult { .failure(ENOSYS) }
    public func connect(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        .failure(ENOSYS)
    }
    public func shutDown(_ descriptor: Int32, _ direction: ShutDownDirection) -> SystemResult {
        .failure(ENOSYS)
    }
    public func localAddress(of descriptor: Int32) -> SocketAddress? { nil }
    public func peerAddress(of descriptor: Int32) -> SocketAddress? { nil }
    public func option(_ option: SocketOption, of descriptor: Int32) -> SystemResult {
        .failure(ENOPROTOOPT)
    }
    public func setOption(_ option: SocketOption, of descriptor: Int32, to value: Int32)
        -> SystemResult
    { .failure(ENOPROTOOPT) }
    public func send(_ descriptor: Int32, _ bytes: Span<UInt8>, to address: SocketAddress?)
        -> SystemResult
    { .failure(ENOSYS) }
    public func receive(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        from sender: inout SocketAddress?
    ) -> SystemResult { .failure(ENOSYS) }
    public func deliveryError(of descriptor: Int32, for destination: inout SocketAddress?)
        -> SystemResult
    { .failure(EAGAIN) }
    public func setMembership(
        _ joined: Bool, of descriptor: Int32, in group: SocketAddress, interface: UInt32
    ) -> SystemResult { .failure(ENOSYS) }
    public func peerCredentials(of descriptor: Int32) -> PeerCredentials? { nil }
    public func write(_ descriptor: Int32, _ bytes: Span<UInt8>, passing descriptors: [Int32])
        -> SystemResult
    { .failure(ENOSYS) }
    public func read(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        passed descriptors: inout [Int32]
    ) -> SystemResult { read(descriptor, into: &buffer) }
}
