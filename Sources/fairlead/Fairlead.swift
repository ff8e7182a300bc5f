import ArgumentParser

/// The command line: one file for each command.
@main
struct Fairlead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairlead",
        abstract:
            "Leads the lines of GPS receivers and other serial devices to whoever needs them.",
        discussion: """
            fairlead run                 every receiver, served on this machine
            fairlead devices             what is plugged in
            fairlead decode log.nmea     a log as JSON
            fairlead check FILE          every fault of a configuration
            """,
        version: "0.6.0",
        subcommands: [
            RunCommand.self, DevicesCommand.self, DecodeCommand.self, CheckCommand.self,
            TrackCommand.self, ReplayCommand.self, MonitorCommand.self, DemoCommand.self,
            TokenCommand.self,
        ])

    /// Commands that turn a reactor do it on the main thread: signals come by a descriptor only
    /// where the main thread, which gets them first, blocks them.
    @MainActor static func main() async {
        do {
            let command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
