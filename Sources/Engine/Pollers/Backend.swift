import FairleadWire
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

    /// Those that work on this machine, which is tried out at each call.
    public static var available: [Backend] {
        allCases.filter { backend in
            guard let poller = try? backend.open(log: { _, _ in }) else { return false }
            defer { poller.close() }
            return poller.name == backend.rawValue
        }
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

    /// Makes the mechanism; where io_uring is forbidden, epoll and a line in the log.
    ///
    /// - Throws: `SystemError` with `ENOTSUP` when the platform does not have it; its text lists
    ///   what there is.
    func makePoller(log: LogHandler) throws(SystemError) -> any Poller {
        if let poller = try open(log: log) { return poller }
        let names = Self.available.map(\.rawValue).joined(separator: ", ")
        throw SystemError(ENOTSUP, "poller \(rawValue) (this machine has \(names))")
    }

    /// The same, with nil for what the platform does not have.
    private func open(log: LogHandler) throws(SystemError) -> (any Poller)? {
        switch self {
        case .poll: return try Poll()
        case .select: return try Select()
        #if os(Linux)
            case .epoll: return try Epoll()
            case .ioUring:
                return try Self.withFallback(log: log) { () throws(SystemError) in try IOUring() }
        #elseif canImport(Darwin) || os(FreeBSD)
            case .kqueue: return try Kqueue()
        #endif
        default: return nil
        }
    }

    #if os(Linux)
        /// What `make` makes; when the kernel refuses, epoll and a line that says why.
        static func withFallback(
            log: LogHandler, make: () throws(SystemError) -> any Poller
        ) throws(SystemError) -> any Poller {
            do throws(SystemError) {
                return try make()
            } catch {
                log(.warning, "no poller io_uring here, epoll is used instead: \(error)")
                return try Epoll()
            }
        }
    #endif
}

/// `FAIRLEAD_POLLER` names no mechanism that exists.
public struct BackendError: Error, Hashable, Sendable, CustomStringConvertible {
    public let name: String

    /// The known name that was probably meant.
    public var suggestion: String? { nearestName(to: name, in: Backend.allCases.map(\.rawValue)) }

    public var description: String {
        let known = Backend.allCases.map(\.rawValue).joined(separator: ", ")
        let hint = suggestion.map { ", did you mean \"\($0)\"?" } ?? ""
        return "\(Backend.environmentVariable): there is no poller \"\(name)\""
            + "\(hint.isEmpty ? ";" : hint) expected one of \(known)"
    }
}
