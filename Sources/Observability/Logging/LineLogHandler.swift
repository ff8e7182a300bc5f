import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import Logging

/// Writes the entries of swift-log as lines.
public struct LineLogHandler: Logging.LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat
    private let output: LogOutput
    private let now: @Sendable () -> UTCTime?

    public init(
        _ format: LogFormat, level: Logger.Level, to output: LogOutput,
        now: @escaping @Sendable () -> UTCTime? = wallClock
    ) {
        self.format = format
        self.output = output
        self.now = now
        logLevel = level
    }

    /// The time of day, in milliseconds: what is finer tells nobody anything.
    @Sendable public static func wallClock() -> UTCTime? {
        UTCTime(nanosecondsSince1970: PosixKernel.wallClock() / 1_000_000 * 1_000_000)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one entry as one line.
    public func log(event: LogEvent) {
        let provided = metadataProvider?.get() ?? [:]
        let all = metadata.merging(provided) { $1 }.merging(event.metadata ?? [:]) { $1 }
        put(LogLine(level: event.level, message: "\(event.message)", metadata: all))
    }

    private func put(_ line: LogLine) {
        let time = format == .journal ? nil : now()?.description
        output.put(line.text(format, at: time)) { count in
            LogLine(
                level: .warning, message: "\(count) lines of the log are lost: nobody reads it",
                metadata: [:]
            ).text(format, at: time)
        }
    }
}

extension Logger.Level {
    /// The level of the engine's log.
    public init(_ level: LogLevel) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
