// How the endpoint of a datagram socket is opened: its host is looked up, then the first address
// that can be used is taken. There is no race as with TCP, because a datagram socket knows no
// success: nobody answers. It must never know what the datagrams carry.
import FairleadWire

extension UDPEndpoint: DatagramEndpoint, ClientEndpoint {
    public func open(
        on reactor: Reactor, _ handler: any DatagramProtocol,
        completion: @escaping DatagramCompletion
    ) -> any ConnectAttempt {
        let opening = DatagramOpening(reactor, self) {
            (addresses: [SocketAddress]) throws(ConnectError) in
            try openFirst(addresses, on: reactor, handler)
        } finished: {
            completion($0)
        }
        opening.begin()
        return opening
    }

    /// A byte stream: see `DatagramStream`.
    public func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        let opening = DatagramOpening(reactor, self) {
            (addresses: [SocketAddress]) throws(ConnectError) in
            let stream = DatagramStream(reactor, canWrite: host != nil)
            _ = try openFirst(addresses, on: reactor, stream)
            return stream
        } finished: { (result: Result<DatagramStream, ConnectError>) in
            switch result {
            case .failure(let error): completion(.failure(error))
            case .success(let stream):
                guard let handler = factory(stream) else {
                    stream.abort()
                    return completion(.failure(ConnectError(description, .refusedByFactory)))
                }
                stream.start(handler)
                completion(.success(stream))
            }
        }
        opening.begin()
        return opening
    }

    /// Opens a socket for the first address that will do; without a peer there is none to choose.
    private func openFirst(
        _ addresses: [SocketAddress], on reactor: Reactor, _ handler: any DatagramProtocol
    ) throws(ConnectError) -> any DatagramTransport {
        if host == nil {
            do { return try open(nil, on: reactor, handler) } catch {
                throw ConnectError(description, .failed([.init(description, error)]))
            }
        }
        let usable = addresses.filter { ownAddress == nil || $0.family == ownAddress?.family }
        var failures: [ConnectError.Failure] = []
        for address in usable {
            do { return try open(address, on: reactor, handler) } catch {
                failures.append(.init("\(address)", error))
            }
        }
        if failures.isEmpty {
            throw ConnectError(description, .nameNotFound("no address of the wanted family"))
        }
        throw ConnectError(description, .failed(failures))
    }

    private func open(
        _ peer: SocketAddress?, on reactor: Reactor, _ handler: any DatagramProtocol
    ) throws(SystemError) -> any DatagramTransport {
        let wildcard: SocketAddress =
            peer?.family == .ipv6 ? .ipv6(.any, port: 0) : .ipv4(.any, port: 0)
        let socket = try reactor.openDatagram(on: ownAddress ?? wildcard, options, handler)
        do {
            if let group { try socket.join(group, interface: via) }
            if let hops { try socket.setOption(.multicastHops, to: hops) }
            if let loop { try socket.setOption(.multicastLoop, to: loop ? 1 : 0) }
            if let via, peer != nil { try socket.setMulticastInterface(via) }
            if let peer { try socket.connect(to: peer) }
        } catch {
            socket.close()
            throw error
        }
        return socket
    }
}

/// The opening of a datagram socket, with the look-up of its peer where it has one.
private final class DatagramOpening<Opened>: Opening<Opened> {
    private let endpoint: UDPEndpoint
    private let open: ([SocketAddress]) throws(ConnectError) -> Opened

    init(
        _ reactor: Reactor, _ endpoint: UDPEndpoint,
        _ open: @escaping ([SocketAddress]) throws(ConnectError) -> Opened,
        finished: @escaping (Result<Opened, ConnectError>) -> Void
    ) {
        self.endpoint = endpoint
        self.open = open
        super.init(reactor, endpoint.description, finished)
    }

    func begin() {
        guard let host = endpoint.host else { return openLater([]) }
        if let address = SocketAddress(literal: host, port: endpoint.port) {
            return openLater([address])
        }
        limit(to: endpoint.timeout)
        lookUp(host, endpoint.port) { [self] in openNow($0) }
    }

    private func openLater(_ addresses: [SocketAddress]) {
        reactor.later { [self] in openNow(addresses) }
    }

    private func openNow(_ addresses: [SocketAddress]) {
        guard isPending else { return }
        do { finish(.success(try open(addresses))) } catch { finish(.failure(error)) }
    }
}
