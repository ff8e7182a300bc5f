// A UDP port whose senders are connections. A datagram from an address that is not known makes
// one, up to a limit, since anyone can forge a sender; silence ends it, since nobody says
// good-bye over UDP. All sessions share the port's socket, so a session that pauses reading
// loses what comes meanwhile: datagrams are not slowed down.
import FairleadWire

/// A UDP port that makes a stream of each sender.
final class DatagramListener: ListeningPort, DatagramProtocol {
    fileprivate let reactor: Reactor
    fileprivate let idle: Duration
    fileprivate private(set) var socket: (any DatagramTransport)?
    private let factory: StreamFactory
    private let maximum: Int
    private var sessions: [SocketAddress: DatagramSession] = [:]
    private var isStopped = false
    /// Datagrams of senders for whom there was no room, or that the factory refused.
    private(set) var ignoredCount = 0

    init(_ reactor: Reactor, _ endpoint: UDPServerEndpoint, _ factory: @escaping StreamFactory)
        throws(SystemError)
    {
        self.reactor = reactor
        self.factory = factory
        maximum = endpoint.peers
        idle = endpoint.idle
        try reactor.openDatagram(on: endpoint.address, endpoint.options, self)
    }

    var localAddress: TransportAddress { socket?.localAddress ?? .other("closed") }
    var connectionCount: Int { sessions.count }

    var clientEndpoint: EndpointString? {
        localAddress.socketAddress.flatMap { EndpointString(reaching: $0, internet: "udp") }
    }

    /// Takes no new senders; the socket closes with the last session.
    func stop() {
        isStopped = true
        if sessions.isEmpty { socket?.close() }
    }

    func transportOpened(_ transport: any DatagramTransport) { socket = transport }

    func received(
        _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport
    ) {
        if let session = sessions[sender] { return session.received(bytes) }
        guard !isStopped, sessions.count < maximum else {
            ignoredCount += 1
            return
        }
        let session = DatagramSession(self, sender)
        guard let handler = factory(session) else {
            ignoredCount += 1
            return
        }
        sessions[sender] = session
        session.start(handler)
        session.received(bytes)
    }

    func undeliverable(
        to destination: SocketAddress?, _ error: SystemError, on transport: any DatagramTransport
    ) {
        if let destination { sessions[destination]?.end(.system(error)) }
    }

    func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {
        isStopped = true
        for session in Array(sessions.values) { session.end(reason) }
        socket = nil
    }

    fileprivate func ended(_ peer: SocketAddress) {
        sessions[peer] = nil
        if isStopped, sessions.isEmpty { socket?.close() }
    }
}

/// What one sender and we say to each other over a UDP port, as a stream.
final class DatagramSession: Transport {
    let reactor: Reactor
    var writeLimits = WriteLimits()
    private let peer: SocketAddress
    private let listener: DatagramListener
    private var handler: (any StreamProtocol)?
    private var timer: Timer?
    private var isEnded = false
    private var isPaused = false
    private var isWriteClosed = false

    init(_ listener: DatagramListener, _ peer: SocketAddress) {
        self.listener = listener
        self.peer = peer
        reactor = listener.reactor
    }

    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        let idle = listener.idle
        timer = reactor.after(idle) { [weak self] in
            self?.end(.timedOut("no datagram for \(idle)"))
        }
        do { try handler.connectionMade(on: self) } catch { end(Disconnect(thrown: error)) }
    }

    func received(_ bytes: Span<UInt8>) {
        if isEnded { return }
        timer?.reset(after: listener.idle)
        if isPaused { return }
        do { try handler?.received(bytes, on: self) } catch { end(Disconnect(thrown: error)) }
    }

    func end(_ reason: Disconnect) {
        if isEnded { return }
        isEnded = true
        timer?.cancel()
        timer = nil
        listener.ended(peer)
        reactor.later { [self] in
            let handler = handler
            self.handler = nil
            handler?.connectionLost(reason, on: self)
        }
    }

    var localAddress: TransportAddress { listener.localAddress }
    var peerAddress: TransportAddress { .socket(peer) }

    func write(_ bytes: Span<UInt8>) {
        guard !isEnded, !isWriteClosed, bytes.count > 0, let socket = listener.socket else {
            return
        }
        do { try socket.send(bytes, to: peer) } catch { end(.system(error)) }
    }

    func write(shared bytes: [UInt8]) { write(bytes.span) }
    func close() { end(.closedByUs) }
    func abort() { end(.closedByUs) }
    func abort(_ reason: Disconnect) { end(reason) }
    func closeWrite() { isWriteClosed = true }
    func pauseReading() { isPaused = true }
    func resumeReading() { isPaused = false }
    var queuedBytes: Int { 0 }
    var isWriteBlocked: Bool { false }
}
