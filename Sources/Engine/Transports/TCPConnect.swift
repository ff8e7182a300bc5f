import FairleadWire
import Glibc

/// How a stream socket connects.
public struct ConnectOptions: Hashable, Sendable {
    /// How long everything together may take: look-up and all attempts.
    public var timeout: Duration = .seconds(30)
    /// Our own end, where it matters; only addresses of its family are tried.
    public var bindAddress: SocketAddress?
    /// Whether small writes leave at once.
    public var noDelay = true
    /// Whether and how a silent peer is probed.
    public var keepAlive: KeepAlive?
    /// Only addresses of this family.
    public var family: SocketFamily?
    /// The pause before the next address is tried beside the running attempts (RFC 8305, 5).
    public var attemptDelay: Duration = .milliseconds(250)

    public init() {}
}

extension Reactor {
    /// Connects to a host by name or address.
    ///
    /// - Parameter completion: called once, after `connectionMade`, or with the error.
    @discardableResult
    public func connectTCP(
        to host: String, port: UInt16, _ options: ConnectOptions = ConnectOptions(),
        _ factory: @escaping StreamFactory, completion: @escaping ConnectCompletion = { _ in }
    ) -> any ConnectAttempt {
        let race = AddressRace(self, "\(host):\(port)", options) { [self] result in
            let transport = result.map { TCPConnection(self, $0) as DescriptorStream }
            adopt(transport, "\(host):\(port)", factory, completion)
        }
        race.begin(host, port)
        return race
    }

    /// Starts a new connection's protocol and reports.
    func adopt(
        _ result: Result<DescriptorStream, ConnectError>, _ target: String,
        _ factory: StreamFactory, _ completion: ConnectCompletion
    ) {
        switch result {
        case .failure(let error): completion(.failure(error))
        case .success(let connection):
            guard let handler = factory(connection), !connection.hasEnded else {
                connection.abort()
                return completion(.failure(ConnectError(target, .refusedByFactory)))
            }
            connection.start(handler)
            completion(.success(connection))
        }
    }
}
