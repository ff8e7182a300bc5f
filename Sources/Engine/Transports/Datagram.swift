import FairleadWire
import Glibc

/// A datagram socket.
final class DatagramSocket: DatagramTransport, DescriptorObserver {
    let reactor: Reactor
    private(set) var peer: SocketAddress?
    private(set) var droppedCount = 0
    private var descriptor: Int32
    private var token = Token.none
    private var isPaused = false
    private var handler: (any DatagramProtocol)?
    private let onClose: () -> Void

    init(_ reactor: Reactor, _ descriptor: Int32, onClose: @escaping () -> Void = {}) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.onClose = onClose
    }

    func start(_ handler: any DatagramProtocol) throws(SystemError) {
        token = try reactor.register(descriptor, .readable, self)
        self.handler = handler
        handler.transportOpened(self)
    }

    var localAddress: TransportAddress {
        reactor.kernel.localAddress(of: descriptor).map(TransportAddress.socket) ?? .other("closed")
    }

    var label: String { handler.map { String(describing: type(of: $0)) } ?? "a datagram socket" }

    // MARK: Receiving

    func ready(_ readiness: Readiness, _ token: Token) {
        if readiness.contains(.error) { readDeliveryErrors() }
        for _ in 0..<reactor.limits.readsInARow * 8 where descriptor >= 0 && !isPaused {
            var sender: SocketAddress?
            let buffer = reactor.readBuffer
            let result = buffer.fillDatagram(from: descriptor, by: reactor.kernel, sender: &sender)
            if result.wouldBlock { return }
            if !result.isSuccess {
                if descriptorIsGone(result.code) {
                    return end(.system(SystemError(result.code, "recv")))
                }
                handler?.undeliverable(to: peer, SystemError(result.code, "recv"), on: self)
                continue
            }
            let from = sender ?? peer ?? .unnamed
            buffer.lend(result.rawValue) { handler?.received($0, from: from, on: self) }
        }
    }

    /// Errors of single datagrams pass; an unusable descriptor does not.
    private func descriptorIsGone(_ code: Int32) -> Bool {
        code == EBADF || code == ENOTSOCK || code == EINVAL
    }

    private func readDeliveryErrors() {
        while descriptor >= 0 {
            var destination: SocketAddress?
            let result = reactor.kernel.deliveryError(of: descriptor, for: &destination)
            guard result.isSuccess else { break }
            let code = Int32(truncatingIfNeeded: result.rawValue)
            if code != 0 {
                handler?.undeliverable(to: destination, SystemError(code, "send"), on: self)
            }
        }
        // The pending error would otherwise be reported again as readiness.
        if descriptor >= 0 { _ = reactor.kernel.option(.pendingError, of: descriptor) }
    }

    // MARK: Sending

    func send(_ bytes: Span<UInt8>, to address: SocketAddress?) throws(SystemError) {
        if descriptor < 0 { throw SystemError(EBADF, "send") }
        // A pending ICMP error of an earlier datagram is reported by this call: once more, then.
        for _ in 0..<2 {
            let result = uninterruptedSend(bytes, address)
            if result.isSuccess { return }
            switch result.code {
            case EAGAIN, ENOBUFS, ENOMEM:
                droppedCount += 1
                return
            case ECONNREFUSED, EHOSTUNREACH: reportLater(result.code)
            default: throw SystemError(result.code, "send")
            }
        }
    }

    /// The sender is in the middle of a call of its own: it hears of this afterwards.
    private func reportLater(_ code: Int32) {
        reactor.later { [self] in
            guard descriptor >= 0 else { return }
            handler?.undeliverable(to: peer, SystemError(code, "send"), on: self)
        }
    }

    private func uninterruptedSend(_ bytes: Span<UInt8>, _ address: SocketAddress?) -> SystemResult
    {
        while true {
            let result = reactor.kernel.send(descriptor, bytes, to: address)
            if !result.wasInterrupted { return result }
        }
    }

    func connect(to address: SocketAddress) throws(SystemError) {
        _ = try reactor.kernel.connect(descriptor, to: address).get("connect \(address)")
        peer = address
    }

    // MARK: Options

    func join(_ group: SocketAddress, interface: String?) throws(SystemError) {
        try setMembership(true, group, interface)
    }

    func leave(_ group: SocketAddress, interface: String?) throws(SystemError) {
        try setMembership(false, group, interface)
    }

    private func setMembership(_ joined: Bool, _ group: SocketAddress, _ interface: String?)
        throws(SystemError)
    {
        let index = try interface.map(interfaceIndex) ?? 0
        let result = reactor.kernel.setMembership(
            joined, of: descriptor, in: group, interface: index)
        _ = try result.get("\(joined ? "join" : "leave") \(group.host)")
    }

    func setMulticastInterface(_ name: String) throws(SystemError) {
        let index = try interfaceIndex(name)
        try setOption(.multicastInterface, to: Int32(clamping: index))
    }

    func setOption(_ option: SocketOption, to value: Int32) throws(SystemError) {
        try reactor.set(option, of: descriptor, to: value)
    }

    func pauseReading() {
        isPaused = true
        setInterest([])
    }

    func resumeReading() {
        isPaused = false
        setInterest(.readable)
    }

    private func setInterest(_ interest: Interest) {
        do { try reactor.setInterest(interest, of: token) } catch { end(.system(error)) }
    }

    // MARK: The end

    func close() { end(.closedByUs) }
    func reactorStopped() { close() }

    private func end(_ reason: Disconnect) {
        guard descriptor >= 0 else { return }
        reactor.unregister(token)
        reactor.kernel.close(descriptor)
        descriptor = -1
        onClose()
        guard let handler else { return }
        reactor.later { [self] in
            self.handler = nil
            handler.transportClosed(reason, self)
        }
    }
}

/// The index of a network interface by name.
private func interfaceIndex(_ name: String) throws(SystemError) -> UInt32 {
    let index = networkInterfaceIndex(name)
    if index == 0 { throw SystemError(ENODEV, "interface \(name)") }
    return index
}

/// How a datagram socket is opened.
public struct DatagramOptions: Hashable, Sendable {
    /// Several sockets may receive the same multicasts or broadcasts on one port.
    public var reuseAddress = false
    public var reusePort = false
    public var broadcast = false
    /// Sends to and receives from this peer only.
    public var peer: SocketAddress?
    /// Permission bits of the file of a UNIX socket.
    public var mode: UInt32?

    public init() {}
}

extension Reactor {
    /// Opens a UDP or UNIX datagram socket bound to `address`; port 0 lets the system choose.
    @discardableResult
    public func openDatagram(
        on address: SocketAddress, _ options: DatagramOptions = DatagramOptions(),
        _ handler: any DatagramProtocol
    ) throws(SystemError) -> any DatagramTransport {
        let made = try kernel.socket(address.family, .datagram).descriptor("socket")
        let owner = Descriptor(made, of: kernel)
        if options.reuseAddress { try set(.reuseAddress, of: made, to: 1) }
        if options.reusePort { try set(.reusePort, of: made, to: 1) }
        if options.broadcast { try set(.broadcast, of: made, to: 1) }
        var file: SocketFile?
        if address.family == .unix {
            if address != .unnamed {
                file = try bindUnix(made, to: address, mode: options.mode, kind: .datagram)
            }
        } else {
            _ = try kernel.bind(made, to: address).get("bind \(address)")
            _ = kernel.setOption(.deliveryErrors, of: made, to: 1)
        }
        let socket = DatagramSocket(self, owner.release()) { file?.remove() }
        do {
            if let peer = options.peer { try socket.connect(to: peer) }
            try socket.start(handler)
        } catch {
            socket.close()
            throw error
        }
        return socket
    }
}
