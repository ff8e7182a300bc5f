import FairleadWire

/// Why a connection is over.
public enum Disconnect: Error, Hashable, Sendable, CustomStringConvertible {
    /// We closed or aborted it.
    case closedByUs
    /// The peer closed it in the ordinary way.
    case closedByPeer
    /// The line or device is gone: a serial adapter pulled, a terminal hung up.
    case hangUp
    /// A time limit passed; the text says which.
    case timedOut(String)
    /// A system call failed, for example with `ECONNRESET`.
    case system(SystemError)
    /// The peer, or we, broke a protocol's rule.
    case protocolViolation(ProtocolError)
    /// A limit was reached; the text says which.
    case limitReached(String)
    /// The child process at the other end has ended by itself, without success.
    case exited(ProcessExit)
    /// A callback of the protocol threw this error, given as text.
    case callbackFailed(String)

    /// The reason for an error that a callback threw.
    public init(thrown error: any Error) {
        switch error {
        case let reason as Disconnect: self = reason
        case let violation as ProtocolError: self = .protocolViolation(violation)
        case let failure as SystemError: self = .system(failure)
        default: self = .callbackFailed(String(describing: error))
        }
    }

    public var description: String {
        switch self {
        case .closedByUs: "closed by us"
        case .closedByPeer: "closed by the peer"
        case .hangUp: "hang-up"
        case .timedOut(let what): "timed out: \(what)"
        case .system(let error): error.description
        case .protocolViolation(let error): "protocol violation: \(error)"
        case .limitReached(let what): "limit reached: \(what)"
        case .exited(let exit): "the process ended with \(exit)"
        case .callbackFailed(let error): "a callback failed: \(error)"
        }
    }
}
