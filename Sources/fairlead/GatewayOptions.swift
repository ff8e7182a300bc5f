// What a gateway is, from all places where it can be said. A flag counts before the environment,
// and that before the file; what nobody says is as usual. It is read anew at each SIGHUP.

import ArgumentParser
import FairleadConfiguration
import FairleadEngine
import FairleadGateway
import FairleadObservability

/// The options of commands that run a gateway.
struct GatewayOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "The configuration (FAIRLEAD_CONFIG; /etc/fairlead.yaml where there is one).",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(help: "A receiver, as an endpoint; may be repeated (FAIRLEAD_SOURCES).")
    var source: [String] = []

    @Option(help: "KIND=ENDPOINT, where it is served; may be repeated (FAIRLEAD_OUTLETS).")
    var outlet: [String] = []

    @Option(help: "A device that comes before all others for the position; may be repeated.")
    var prefer: [String] = []

    @Option(
        help: "The folder of what is kept (FAIRLEAD_STATE; ~/.local/state/fairlead).",
        completion: .directory)
    var state: String?

    @Option(help: "The file in which the speeds of devices are remembered.", completion: .file())
    var speeds: String?

    @Option(help: "debug, info, warning or error (FAIRLEAD_LOG_LEVEL; info).")
    var logLevel: String?

    @Option(help: "text, json or journal (FAIRLEAD_LOG_FORMAT; what fits).")
    var logFormat: String?

    private static let usualFile = "/etc/fairlead.yaml"

    /// The file that counts; nil where there is none.
    var file: String? {
        if let named = config ?? environmentValue("FAIRLEAD_CONFIG") { return named }
        return PosixKernel().status(of: Self.usualFile) == nil ? nil : Self.usualFile
    }

    /// Everything together.
    func configuration() throws(CommandFault) -> Configuration {
        var configuration = Configuration()
        if let file { configuration = try ConfigurationFile.read(file) }
        try override(&configuration)
        configuration.plan.state = StateFolder.path(state ?? configuration.plan.state)
        return configuration
    }

    private func override(_ configuration: inout Configuration) throws(CommandFault) {
        let sources = source.isEmpty ? Self.words("FAIRLEAD_SOURCES") : source
        let outlets = outlet.isEmpty ? Self.words("FAIRLEAD_OUTLETS") : outlet
        var own = GatewayPlan()
        own.sources = sources
        do throws(OutletError) {
            own.outlets = try OutletPlan.all(outlets)
        } catch {
            throw CommandFault(.usage, ["\(error)"])
        }
        let faults = Gateway.faults(of: own)
        if !faults.isEmpty { throw CommandFault(.usage, faults.map { "\($0)" }) }
        if !sources.isEmpty { configuration.plan.sources = sources }
        if !outlets.isEmpty { configuration.plan.outlets = own.outlets }
        if !prefer.isEmpty { configuration.plan.preferred = prefer }
        if let speeds { configuration.plan.speeds = speeds }
        if let name = logLevel ?? environmentValue("FAIRLEAD_LOG_LEVEL") {
            configuration.logLevel = try Self.choice(
                LogLevel(rawValue: name), "log level", name, "debug, info, warning or error")
        }
        if let name = logFormat ?? environmentValue("FAIRLEAD_LOG_FORMAT") {
            configuration.logFormat = try Self.choice(
                LogFormat(rawValue: name), "log format", name, "text, json or journal")
        }
    }

    /// A list in the environment stands with spaces between.
    private static func words(_ name: String) -> [String] {
        (environmentValue(name) ?? "").split { $0 == " " || $0 == "\n" || $0 == "\t" }
            .map(String.init)
    }

    private static func choice<Value>(
        _ value: Value?, _ part: String, _ text: String, _ expected: String
    ) throws(CommandFault) -> Value {
        if let value { return value }
        throw CommandFault(.usage, ["\(part) \"\(text)\": expected \(expected)"])
    }
}
