import Glibc

/// The one table of event mechanisms, chosen at run time.
public enum Backend: String, CaseIterable, Sendable {
    case epoll
    case ioUring = "io_uring"
    case kqueue
    case poll
    case select

    /// The environment variable that names the mechanism to use.
    public static let environmentVariable = "FAIRLEAD_POLLER"

    /// The best mechanism of this platform.
    public static var automatic: Backend {
        #if os(Linux)
            .epoll
        #else
            .kqueue
        #endif
    }

    /// What the environment asks for, else the automatic choice.
    ///
    /// - Throws: `BackendError` when the variable names no mechanism.
    public static func fromEnvironment() throws(BackendError) -> Backend {
        guard let name = environmentValue(environmentVariable), !name.isEmpty else {
            return automatic
        }
        guard let backend = Backend(rawValue: name.lowercased()) else {
            throw BackendError(name: name)
        }
        return backend
    }
}

/// `FAIRLEAD_POLLER` names no mechanism that exists.
public struct BackendError: Error, Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public var description: String {
        let known = Backend.allCases.map(\.rawValue).joined(separator: ", ")
        return
            "\(Backend.environmentVariable): no poller \"\(name)\"; expected one of \(known)"
    }
}
