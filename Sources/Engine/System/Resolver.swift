import FairleadWire

/// A look-up under way that can be called off.
public protocol LookUp: AnyObject {
    /// Makes sure that the answer is not delivered any more.
    func cancel()
}

extension WorkerPool.Work: LookUp {}

/// Turns host names into addresses.
public protocol Resolver: AnyObject {
    /// Looks `host` up and calls `completion` on the reactor's thread, unless cancelled before.
    func resolve(
        _ host: String, _ port: UInt16, on reactor: Reactor,
        completion: @escaping (Result<[SocketAddress], ResolveError>) -> Void
    ) throws -> any LookUp
}

/// A name that has no address, with the resolver's own words.
public struct ResolveError: Error, Hashable, Sendable, CustomStringConvertible {
    public let host: String
    public let message: String

    public init(_ host: String, _ message: String) {
        self.host = host
        self.message = message
    }

    public var description: String { "\(host): \(message)" }
}

/// The system's resolver (getaddrinfo), on a worker thread.
public final class SystemResolver: Resolver {
    public init() {}

    public func resolve(
        _ host: String, _ port: UInt16, on reactor: Reactor,
        completion: @escaping (Result<[SocketAddress], ResolveError>) -> Void
    ) throws -> any LookUp {
        try reactor.workers.run({ systemAddresses(of: host, port) }, then: completion)
    }
}
