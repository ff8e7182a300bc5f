import ArgumentParser

/// The command line: one file for each command.
@main
struct Fairlead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairlead",
        abstract:
            "Leads the lines of GPS receivers and other serial devices to whoever needs them.",
        subcommands: [RunCommand.self, DevicesCommand.self])
}
