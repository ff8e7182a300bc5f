import FairleadWire

/// A datagram socket as a byte stream.
///
/// Each datagram is one call of `received`, each write is one datagram.
/// For sources and outlets of NMEA over UDP. Nothing is queued and nothing is slowed down: what
/// the kernel has no room for is lost and counted, as datagrams are. A peer that is not there
/// does not end the stream; a write that can never be sent (`EMSGSIZE`) does. A stream without a
/// peer only receives, from anyone: writes are dropped and counted.
public final class DatagramStream: Transport {
    public let reactor: Reactor
    /// The sender of the newest datagram.
    public private(set) var lastSender: SocketAddress?
    /// Writes that could not be sent.
    public var droppedCount: Int { refusedWrites + (socket?.droppedCount ?? 0) }
    /// Reports that the peer could not be reached.
    public private(set) var undeliverableCount = 0
    public var writeLimits = WriteLimits()

    private let canWrite: Bool
    private var socket: (any DatagramTransport)?
    private var handler: (any StreamProtocol)?
    private var reason: Disconnect?
    private var refusedWrites = 0
    private var isWriteClosed = false

    init(_ reactor: Reactor, canWrite: Bool) {
        self.reactor = reactor
        self.canWrite = canWrite
    }

    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        do { try handler.connectionMade(on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    public var localAddress: TransportAddress { socket?.localAddress ?? .other("closed") }

    /// The peer; of a stream that only receives, what it listens to, in words.
    public var peerAddress: TransportAddress {
        if let peer = socket?.peer { return .socket(peer) }
        return .other(socket == nil ? "closed" : "datagrams to \(localAddress)")
    }

    public func write(_ bytes: Span<UInt8>) {
        guard let socket, reason == nil, !isWriteClosed, bytes.count > 0 else { return }
        if !canWrite {
            refusedWrites += 1
            return
        }
        do { try socket.send(bytes, to: nil) } catch { abort(.system(error)) }
    }

    public func write(shared bytes: [UInt8]) { write(bytes.span) }

    public func close() { abort(.closedByUs) }
    public func abort() { abort(.closedByUs) }
    public func abort(_ reason: Disconnect) {
        guard self.reason == nil else { return }
        self.reason = reason
        socket?.close()
    }
    public func closeWrite() { isWriteClosed = true }

    public func pauseReading() { socket?.pauseReading() }
    public func resumeReading() { socket?.resumeReading() }

    public var queuedBytes: Int { 0 }
    public var isWriteBlocked: Bool { false }
}

extension DatagramStream: DatagramProtocol {
    public func transportOpened(_ transport: any DatagramTransport) { socket = transport }

    public func received(
        _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport
    ) {
        guard reason == nil else { return }
        lastSender = sender
        do { try handler?.received(bytes, on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    public func undeliverable(
        to destination: SocketAddress?, _ error: SystemError, on transport: any DatagramTransport
    ) {
        undeliverableCount += 1
    }

    public func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {
        let handler = handler
        refusedWrites = droppedCount
        socket = nil
        self.handler = nil
        handler?.connectionLost(self.reason ?? reason, on: self)
    }
}
