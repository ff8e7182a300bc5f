// A pseudo-terminal made by us, with a link to its other end, for programs that only know serial
// devices. It is a port: a connection begins when a program opens the terminal and ends with a
// hang-up when the last one has closed it; then the next may come, by the same name.
//
// poll(2) tells that nobody has the other end open, but not that somebody opens it again: that is
// seen by a watch on the device file. Closing a connection ourselves must hang up on the program,
// which only closing the pseudo-terminal does: then another one takes its place under the link.
import FairleadWire
import Glibc

/// How a pseudo-terminal is made.
public struct PseudoTerminalOptions: Hashable, Sendable {
    /// Permission bits of the device, for example `0o660`.
    public var mode: UInt32?
    /// What a program finds set that does not set the line itself.
    public var settings = SerialSettings()

    public init() {}
}

/// A pseudo-terminal that waits for programs to open it.
final class PseudoTerminalPort: ListeningPort, DescriptorObserver {
    private let reactor: Reactor
    private let link: String?
    private let options: PseudoTerminalOptions
    private let factory: StreamFactory
    private var master: Int32 = -1
    private var watch: Int32 = -1
    private var watchToken = Token.none
    private var probe: Int32 = -1
    private var probeToken = Token.none
    private var device = ""
    private weak var connection: PseudoTerminalConnection?
    private(set) var connectionCount = 0

    init(
        _ reactor: Reactor, link: String?, _ options: PseudoTerminalOptions,
        _ factory: @escaping StreamFactory
    ) throws(SystemError) {
        self.reactor = reactor
        self.link = link
        self.options = options
        self.factory = factory
        try open()
    }

    /// The link, or the device where there is none.
    var localAddress: TransportAddress { .device(path: link ?? device) }
    var clientEndpoint: EndpointString? {
        EndpointString(kind: "serial", [(nil, link ?? device)])
    }
    var label: String { "the pseudo-terminal \(link ?? device)" }

    func stop() {
        guard master >= 0 else { return }
        close()
        connection?.abort()
    }

    func reactorStopped() { stop() }

    // MARK: The terminal

    private func open() throws(SystemError) {
        let kernel = reactor.kernel
        let owner = Descriptor(
            try kernel.openPseudoTerminal().descriptor("open a pseudo-terminal"), of: kernel)
        guard let device = kernel.pseudoTerminalPath(of: owner.number) else {
            throw SystemError(ENOTTY, "name of a pseudo-terminal")
        }
        _ = try kernel.setLine(owner.number, to: options.settings).get("set \(device)")
        if let mode = options.mode {
            _ = try kernel.setMode(mode, of: device).get("chmod \(device)")
        }
        // Opened and closed once, so that from the start "nobody there" shows as a hang-up.
        let other = Descriptor(try kernel.openLine(device).descriptor("open \(device)"), of: kernel)
        _ = consume other
        let eye = Descriptor(
            try kernel.watchOpening(of: device).descriptor("watch \(device)"), of: kernel)
        if let link { try makeLink(link, to: device) }
        watchToken = try reactor.register(eye.number, .readable, self)
        self.device = device
        master = owner.release()
        watch = eye.release()
    }

    /// A link that leads nowhere is one that a dead process has left; any other is in use.
    private func makeLink(_ link: String, to device: String) throws(SystemError) {
        let kernel = reactor.kernel
        if let old = kernel.targetOfSymbolicLink(link), kernel.status(of: old) == nil {
            _ = kernel.removeFile(link)
        }
        _ = try kernel.makeSymbolicLink(link, to: device).get("link \(link)")
    }

    private func close() {
        endProbe()
        reactor.unregister(watchToken)
        if let link, reactor.kernel.targetOfSymbolicLink(link) == device {
            _ = reactor.kernel.removeFile(link)
        }
        for descriptor in [watch, master] { reactor.kernel.close(descriptor) }
        watch = -1
        master = -1
    }

    // MARK: Openings

    func ready(_ readiness: Readiness, _ token: Token) {
        if token == watchToken {
            _ = reactor.readBuffer.fill(from: watch, by: reactor.kernel)
            if connection == nil { beginProbe() }
        } else if token == probeToken {
            endProbe()
            if !readiness.contains(.hangUp) { connect() }
        }
    }

    /// An end that somebody has open is writable; one that nobody has is hung up.
    private func beginProbe() {
        guard probe < 0, master >= 0 else { return }
        let copy = reactor.kernel.duplicate(master)
        guard copy.isSuccess else { return failed(SystemError(copy.code, "duplicate")) }
        probe = Int32(truncatingIfNeeded: copy.rawValue)
        do {
            probeToken = try reactor.register(probe, .writable, self)
        } catch {
            failed(error)
        }
    }

    private func endProbe() {
        guard probe >= 0 else { return }
        reactor.unregister(probeToken)
        reactor.kernel.close(probe)
        probe = -1
    }

    private func connect() {
        let copy = reactor.kernel.duplicate(master)
        guard copy.isSuccess else { return failed(SystemError(copy.code, "duplicate")) }
        let descriptor = Int32(truncatingIfNeeded: copy.rawValue)
        let connection = PseudoTerminalConnection(
            reactor, descriptor, device: device, name: link ?? device
        ) { [weak self] reason in self?.connectionEnded(reason) }
        self.connection = connection
        connectionCount += 1
        guard let handler = factory(connection) else {
            connection.abort()
            return connectionEnded(.closedByUs)
        }
        connection.start(handler)
    }

    private func connectionEnded(_ reason: Disconnect) {
        connectionCount -= 1
        connection = nil
        guard master >= 0 else { return }
        if reason == .hangUp {
            _ = reactor.kernel.setLine(master, to: options.settings)
            return beginProbe()
        }
        close()
        do { try open() } catch { failed(error) }
    }

    private func failed(_ error: SystemError) {
        reactor.log(.error, "\(label) is out of use: \(error)")
        endProbe()
        if master >= 0 { close() }
    }
}

/// What one or more programs that have our pseudo-terminal open say and hear.
final class PseudoTerminalConnection: DescriptorStream {
    private let device: String
    private let name: String
    private let ended: (Disconnect) -> Void
    private var draining: Draining?
    /// The other end, opened while closing to see whether it is read empty.
    private var other: Int32 = -1

    init(
        _ reactor: Reactor, _ descriptor: Int32, device: String, name: String,
        _ ended: @escaping (Disconnect) -> Void
    ) {
        self.device = device
        self.name = name
        self.ended = ended
        super.init(reactor, input: descriptor, output: descriptor)
    }

    override var localAddress: TransportAddress { .device(path: name) }
    override var peerAddress: TransportAddress { .device(path: device) }
    override var endOfInput: Disconnect? { .hangUp }
    override func reason(of error: SystemError) -> Disconnect {
        error.code == EIO ? .hangUp : .system(error)
    }
    override func shutDownWriting() {}

    /// Closing throws away what the program has not read yet: wait for it, within the limit.
    override func finishClosing(_ reason: Disconnect) {
        updateInterest()
        let result = reactor.kernel.openLine(device)
        guard result.isSuccess else { return end(reason) }
        other = Int32(truncatingIfNeeded: result.rawValue)
        // The kernel hands bytes over a moment after they were written, and counts them only then.
        draining = Draining(
            reactor, confirmations: 10,
            check: { [self] in reactor.kernel.option(.bytesWaiting, of: other) }
        ) { [self] outcome in
            if case .timedOut(let limit) = outcome {
                end(.timedOut("closing within \(limit)"))
            } else {
                end(reason)
            }
        }
    }

    override func willClose() {
        draining?.cancel()
        draining = nil
        if other >= 0 { reactor.kernel.close(other) }
        other = -1
    }

    override func announceEnd(_ reason: Disconnect, _ tell: @escaping (Disconnect) -> Void) {
        reactor.later { [self] in
            tell(reason)
            ended(reason)
        }
    }
}

extension Reactor {
    /// Makes a pseudo-terminal and waits for programs to open it.
    ///
    /// - Parameter link: a symbolic link to the device is made here and removed in the end.
    public func listenPseudoTerminal(
        link: String? = nil, _ options: PseudoTerminalOptions = PseudoTerminalOptions(),
        _ factory: @escaping StreamFactory
    ) throws(SystemError) -> any ListeningPort {
        try PseudoTerminalPort(self, link: link, options, factory)
    }
}
