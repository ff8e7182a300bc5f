import FairleadConfiguration
import FairleadEngine
import FairleadObservability
import Logging

/// The log of a gateway that runs: swift-log's, with our lines.
enum GatewayLog {
    /// A logger as a configuration has it.
    static func logger(_ configuration: Configuration) -> Logger {
        Logger(label: "fairlead") { _ in handler(configuration) }
    }

    /// Libraries that log by themselves do it in the same way.
    static func bootstrap(_ configuration: Configuration) {
        LoggingSystem.bootstrap { _ in handler(configuration) }
    }

    private static let output = LogOutput()

    private static func handler(_ configuration: Configuration) -> LineLogHandler {
        LineLogHandler(
            configuration.logFormat ?? .fitting(environmentValue),
            level: Logger.Level(configuration.logLevel ?? .info), to: output)
    }
}
