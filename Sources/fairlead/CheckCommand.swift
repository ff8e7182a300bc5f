import ArgumentParser
import FairleadConfiguration
import FairleadGateway

/// `fairlead check`: whether a configuration can be, without opening anything.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tells every fault of a configuration at once.",
        discussion: """
            fairlead check /etc/fairlead.yaml && systemctl reload fairlead

            Each fault has its line and column and says what was expected. It ends with 0 where \
            there is none, with 78 where there are faults, and with 66 where there is no file.
            """)

    @Argument(help: "The file.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func run() throws {
        let plan: GatewayPlan
        do throws(CommandFault) {
            plan = try ConfigurationFile.read(file).plan
        } catch {
            throw error.said()
        }
        let sources = plan.sources.isEmpty ? "every receiver" : plan.sources.joined(separator: ", ")
        let outlets = plan.outlets?.map(\.description).joined(separator: ", ")
        say("\(file): no faults")
        say("  sources: \(sources)")
        say("  outlets: \(outlets ?? "the usual ones")")
    }
}
