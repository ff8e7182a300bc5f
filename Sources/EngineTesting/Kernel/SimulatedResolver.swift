import FairleadEngine
import FairleadWire

/// A resolver with a table instead of a network, in the time of the reactor's own clock.
public final class SimulatedResolver: Resolver {
    /// What each name means; a name that is missing does not exist.
    public var hosts: [String: [SocketAddress]] = [:]
    /// How long a look-up takes.
    public var latency: Duration
    /// Look-ups that were answered, and that were called off.
    public private(set) var answeredCount = 0
    public private(set) var cancelledCount = 0

    public init(_ hosts: [String: [SocketAddress]] = [:], latency: Duration = .milliseconds(1)) {
        self.hosts = hosts
        self.latency = latency
    }

    /// Looks the name up in the table; the port of its addresses is replaced by `port`.
    public func resolve(
        _ host: String, _ port: UInt16, on reactor: Reactor,
        completion: @escaping (Result<[SocketAddress], ResolveError>) -> Void
    ) throws -> any LookUp {
        let timer = reactor.after(latency) { [self] in
            answeredCount += 1
            guard let addresses = hosts[host] else {
                return completion(.failure(ResolveError(host, "no such name")))
            }
            completion(.success(addresses.map { Self.with(port, $0) }))
        }
        return Pending(timer) { [self] in cancelledCount += 1 }
    }

    private static func with(_ port: UInt16, _ address: SocketAddress) -> SocketAddress {
        switch address {
        case .ipv4(let host, _): .ipv4(host, port: port)
        case .ipv6(let host, _, let scope): .ipv6(host, port: port, scope: scope)
        default: address
        }
    }

    private final class Pending: LookUp {
        private let timer: Timer
        private let cancelled: () -> Void

        init(_ timer: Timer, _ cancelled: @escaping () -> Void) {
            self.timer = timer
            self.cancelled = cancelled
        }

        func cancel() {
            guard timer.isPending else { return }
            timer.cancel()
            cancelled()
        }
    }
}
