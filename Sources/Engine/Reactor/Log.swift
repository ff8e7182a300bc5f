/// How much a log entry matters.
public enum LogLevel: String, Comparable, Sendable {
    case debug
    case info
    case warning
    case error

    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}

/// Where a reactor's log goes.
public typealias LogHandler = (_ level: LogLevel, _ message: String) -> Void

/// Writes warnings and errors to standard error.
public func logToStandardError(_ level: LogLevel, _ message: String) {
    guard level >= .warning else { return }
    writeToStandardError("fairlead: \(level.rawValue): \(message)\n")
}
