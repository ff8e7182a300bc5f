// UNIX stream sockets: connections that can say who is at the other end and hand descriptors over,
// and listeners on a path or an abstract name. A socket file that nobody listens at any more is
// replaced, a live one never. It must never know a protocol.
import FairleadWire
import Glibc

/// A connection over a UNIX stream socket, with what only those can do.
public protocol UnixTransport: Transport {
    /// The process at the other end, as it was when it connected; nil after the end.
    var peerCredentials: PeerCredentials? { get }
    /// Sends bytes (at least one) and hands copies of open descriptors (at most 16) along.
    ///
    /// - Throws: `SystemError`; `EAGAIN` while earlier bytes still wait: try again at `writeReady`.
    func write(_ bytes: Span<UInt8>, passing descriptors: [Int32]) throws(SystemError)
    /// Called with the descriptors that the peer hands over, just before the bytes that came with
    /// them. They are the callee's to close, by `reactor.kernel`. Unless this is set none are
    /// accepted: the system closes them.
    var receiveDescriptors: (([Int32]) -> Void)? { get set }
}

/// One connection over a UNIX stream socket.
final class UnixConnection: DescriptorStream, UnixTransport {
    private weak var listener: Listener?
    var receiveDescriptors: (([Int32]) -> Void)?

    init(_ reactor: Reactor, _ descriptor: Int32, listener: Listener? = nil) {
        self.listener = listener
        super.init(reactor, input: descriptor, output: descriptor)
    }

    override var localAddress: TransportAddress {
        reactor.kernel.localAddress(of: input).map(TransportAddress.socket) ?? .other("closed")
    }

    override var peerAddress: TransportAddress {
        reactor.kernel.peerAddress(of: input).map(TransportAddress.socket) ?? .other("closed")
    }

    var peerCredentials: PeerCredentials? { reactor.kernel.peerCredentials(of: input) }

    func write(_ bytes: Span<UInt8>, passing descriptors: [Int32]) throws(SystemError) {
        guard canWrite else { throw SystemError(EPIPE, "sendmsg") }
        if hasQueue { throw SystemError(EAGAIN, "sendmsg") }
        let result = uninterrupted {
            reactor.kernel.write(output, bytes, passing: descriptors)
        }
        let sent = try result.get("sendmsg")
        // The descriptors go with the first byte; the rest is ordinary.
        if sent < bytes.count { write(bytes.extracting(droppingFirst: sent)) }
    }

    override func fillBuffer() -> SystemResult {
        guard let receiveDescriptors else { return super.fillBuffer() }
        var passed: [Int32] = []
        let result = reactor.readBuffer.fill(from: input, by: reactor.kernel, passed: &passed)
        if !passed.isEmpty { receiveDescriptors(passed) }
        // The receiver may have ended the connection: nothing is delivered after the end.
        return hasEnded ? .failure(EAGAIN) : result
    }

    override func shutDownWriting() {
        _ = reactor.kernel.shutDown(output, .writing)
    }

    override func closeInput(_ descriptor: Int32, orderly: Bool) {
        if orderly {
            Lingering.close(descriptor, reactor)
        } else {
            reactor.kernel.close(descriptor)
        }
    }

    override func didClose() { listener?.connectionEnded() }
}

extension Reactor {
    /// Opens a UNIX stream socket, by path or abstract name.
    ///
    /// A socket file that nobody listens on any more is replaced; a live one is `EADDRINUSE`, and
    /// so is any other kind of file. The file is removed again when the port stops.
    /// - Parameter mode: permission bits of the socket file, for example `0o660`.
    public func listenUnix(
        on address: SocketAddress, mode: UInt32? = nil, backlog: Int32 = 1024,
        _ factory: @escaping StreamFactory
    ) throws(SystemError) -> any ListeningPort {
        let made = try kernel.socket(.unix, .stream).descriptor("socket")
        let socket = Descriptor(made, of: kernel)
        let file = try bindUnix(made, to: address, mode: mode, kind: .stream)
        do {
            _ = try kernel.listen(made, backlog: backlog).get("listen \(address)")
            return try Listener(self, socket.release(), isTCP: false, factory) { file?.remove() }
        } catch {
            file?.remove()
            throw error
        }
    }

    /// Connects to a UNIX stream socket.
    @discardableResult
    public func connectUnix(
        to address: SocketAddress, _ options: ConnectOptions = ConnectOptions(),
        _ factory: @escaping StreamFactory, completion: @escaping ConnectCompletion = { _ in }
    ) -> any ConnectAttempt {
        let race = AddressRace(self, "\(address)", options) { [self] result in
            let transport = result.map { UnixConnection(self, $0) as DescriptorStream }
            adopt(transport, "\(address)", factory, completion)
        }
        race.start([address])
        return race
    }

    /// Binds a UNIX socket; gives the file that must be removed at the end.
    func bindUnix(
        _ descriptor: Int32, to address: SocketAddress, mode: UInt32?, kind: SocketKind
    ) throws(SystemError) -> SocketFile? {
        guard case .unix(let path) = address else {
            _ = try kernel.bind(descriptor, to: address).get("bind \(address)")
            return nil
        }
        if SocketFile.isStale(path, kind, kernel) { _ = kernel.removeFile(path) }
        // Before bind, so that at no time the file is open to more than `mode` allows; after it,
        // because bind takes off what the process's umask forbids. Not every system knows the
        // first, and only datagrams depend on it: nobody can connect before listen.
        if let mode { _ = kernel.setMode(mode, of: descriptor) }
        _ = try kernel.bind(descriptor, to: address).get("bind \(path)")
        let file = SocketFile(path, kernel)
        guard let mode else { return file }
        do {
            _ = try kernel.setMode(mode, of: path).get("chmod \(path)")
        } catch {
            file.remove()
            throw error
        }
        return file
    }
}

/// The file of a UNIX socket that we have bound.
final class SocketFile {
    private let path: String
    private let kernel: any Kernel
    private let identity: FileStatus?

    init(_ path: String, _ kernel: any Kernel) {
        self.path = path
        self.kernel = kernel
        identity = kernel.status(of: path)
    }

    /// Removes the file, unless another has taken its name meanwhile.
    func remove() {
        guard let identity, let present = kernel.status(of: path) else { return }
        if present.inode == identity.inode, present.device == identity.device {
            _ = kernel.removeFile(path)
        }
    }

    /// Whether the name is a socket on which nobody listens.
    static func isStale(_ path: String, _ kind: SocketKind, _ kernel: any Kernel) -> Bool {
        guard kernel.status(of: path)?.kind == .socket else { return false }
        let result = kernel.socket(.unix, kind)
        guard result.isSuccess else { return false }
        let probe = Descriptor(Int32(truncatingIfNeeded: result.rawValue), of: kernel)
        return kernel.connect(probe.number, to: .unix(path: path)).code == ECONNREFUSED
    }
}
