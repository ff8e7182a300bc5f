import FairleadEngine
import FairleadGateway
import FairleadObservability

/// What a configuration file says.
public struct Configuration: Hashable, Sendable {
    public var plan = GatewayPlan()
    /// Nil: as without a file.
    public var logLevel: LogLevel?
    /// Nil: what fits where standard error leads.
    public var logFormat: LogFormat?

    /// The longest file that is read, in bytes.
    public static let maximumSize = 256 * 1024

    public init() {}

    /// Reads the text of a file.
    ///
    /// - Returns: what could be read of it, and all its faults in the order of the lines; a
    ///   configuration with faults is not to be used.
    public static func read(_ text: String) -> (
        configuration: Configuration, faults: [ConfigurationFault]
    ) {
        var reader = ConfigurationReader()
        reader.read(text)
        let faults = reader.faults.sorted { $0.place < $1.place }
        return (reader.configuration, faults)
    }
}
