/// Why no connection came about.
public struct ConnectError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Cause: Hashable, Sendable {
        /// The name has no address; the text is the resolver's.
        case nameNotFound(String)
        /// Every address failed, or the one thing that there was to open.
        case failed([Failure])
        case timedOut(after: Duration)
        case cancelled
        /// Too many blocking calls wait for a worker thread.
        case overloaded
        /// The factory made no protocol.
        case refusedByFactory
    }

    /// One thing that was tried.
    public struct Failure: Hashable, Sendable {
        public let target: String
        public let error: SystemError

        public init(_ target: String, _ error: SystemError) {
            self.target = target
            self.error = error
        }
    }

    /// What was to be connected to, as the user wrote it.
    public let target: String
    public let cause: Cause

    public init(_ target: String, _ cause: Cause) {
        self.target = target
        self.cause = cause
    }

    public var description: String {
        switch cause {
        case .nameNotFound(let text): "\(target): \(text)"
        case .timedOut(let limit): "\(target): no connection within \(limit)"
        case .cancelled: "\(target): cancelled"
        case .overloaded: "\(target): too many blocking calls wait already"
        case .refusedByFactory: "\(target): no protocol for this connection"
        case .failed(let failures):
            "\(target): "
                + failures.map {
                    $0.target == target ? "\($0.error)" : "\($0.target): \($0.error)"
                }.joined(separator: "; ")
        }
    }
}

/// An attempt to connect that can be called off.
public protocol ConnectAttempt: AnyObject {
    /// Ends the attempt; its completion is called with `cancelled`. Afterwards it does nothing.
    func cancel()
}

/// What a connect call tells when it is through: the started transport, or why there is none.
public typealias ConnectCompletion = (Result<any Transport, ConnectError>) -> Void
