// Datagrams over UDP and UNIX sockets. A datagram is sent at once or not at all: what the kernel
// has no room for is dropped and counted, because a queue would only make it late. It must never
// know a protocol. What the network refused (ICMP) is reported, and never ends the socket.
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
    /// Whether the system keeps reports of datagrams that were not delivered for us to fetch.
    private let keepsErrors: Bool
    private let onClose: () -> Void

    init(
        _ reactor: Reactor, _ descriptor: Int32, keepsErrors: Bool,
        onClose: @escaping () -> Void = {}
    ) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.keepsErrors = keepsErrors
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
                // Fetched already, with its destination, where the system keeps them.
                if !keepsErrors {
                    handler?.undeliverable(to: peer, SystemError(result.code, "recv"), on: self)
                }
                continue
            }
            let from = sender ?? peer ?? .unnamed
            buffer.lend(result.rawValue) { handler?.received($0, from: from, on: self) }
        }
    }

    /// Errors of single datagrams pass; an unusable descriptor does not.
    private func descriptorIsGone(_ code: Int32) -> Bool {
        code == EBADF || code == ENOTSOCK || code == EINVAL || code == ENOTCONN
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
    }

    // MARK: Sending

    func send(_ bytes: Span<UInt8>, to address: SocketAddress?) throws(SystemError) {
        if descriptor < 0 { throw SystemError(EBADF, "send") }
        var result = uninterruptedSend(bytes, address)
        if keepsErrors {
            // The error of an earlier datagram (ICMP) is given to the next call and is then over.
            // It is kept and told in its own time: here it is only in the way.
            for _ in 0..<Self.pendingErrors where isOfEarlierDatagram(result.code) {
                result = uninterruptedSend(bytes, address)
            }
        }
        if result.isSuccess { return }
        switch result.code {
        case EAGAIN, ENOBUFS, ENOMEM: droppedCount += 1
        default: throw SystemError(result.code, "send")
        }
    }

    /// How many errors of earlier datagrams one send looks past.
    private static let pendingErrors = 3

    private func isOfEarlierDatagram(_ code: Int32) -> Bool {
        switch code {
        case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENOPROTOOPT, EPROTO, EACCES: true
        default: false
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
