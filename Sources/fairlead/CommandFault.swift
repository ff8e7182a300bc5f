import ArgumentParser

/// Why a command cannot do what it was told.
struct CommandFault: Error {
    let status: ExitStatus
    /// A line for each thing that is wrong.
    let lines: [String]

    init(_ status: ExitStatus, _ lines: [String]) {
        self.status = status
        self.lines = lines
    }

    /// Says it on standard error, and gives what is to be thrown.
    func said() -> ExitCode {
        for line in lines { note("fairlead: \(line)") }
        return ExitCode(status.rawValue)
    }
}
