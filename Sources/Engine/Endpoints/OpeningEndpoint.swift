import FairleadWire

/// A client endpoint that opens at once, without anything to wait for.
struct OpeningEndpoint: ClientEndpoint {
    let description: String
    let open: @Sendable (Reactor, StreamFactory) throws(SystemError) -> any Transport

    init(
        _ description: String,
        _ open: @escaping @Sendable (Reactor, StreamFactory) throws(SystemError) -> any Transport
    ) {
        self.description = description
        self.open = open
    }

    func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        var isRefused = false
        let watched: StreamFactory = { transport in
            let made = factory(transport)
            isRefused = made == nil
            return made
        }
        do throws(SystemError) {
            completion(.success(try open(reactor, watched)))
        } catch {
            let cause: ConnectError.Cause =
                isRefused ? .refusedByFactory : .failed([.init(description, error)])
            completion(.failure(ConnectError(description, cause)))
        }
        return FinishedAttempt()
    }
}

/// An attempt that was over before it could be called off.
private final class FinishedAttempt: ConnectAttempt {
    func cancel() {}
}

/// A port with one connection, which stands from the start: standard streams, for example.
final class SingleConnectionPort: ListeningPort {
    let localAddress: TransportAddress
    private weak var transport: (any Transport)?

    init(_ transport: any Transport) {
        self.transport = transport
        localAddress = transport.localAddress
    }

    var connectionCount: Int { transport == nil ? 0 : 1 }
    func stop() {}
}
