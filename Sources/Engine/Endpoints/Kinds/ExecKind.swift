import FairleadWire

extension EndpointKind {
    /// Child processes.
    static let exec = EndpointKind(
        "exec",
        client: EndpointForm(
            "a command, run by the shell; its output is received, its input written",
            [
                EndpointArgument("command", "the command line; its colons with a backslash"),
                EndpointArgument(
                    "terminal", "1: it gets a terminal instead of pipes", default: "0"),
                EndpointArgument(
                    "errors", "inherited: standard error goes to ours; merged: to us as output",
                    default: "inherited"),
                EndpointArgument("folder", "its working directory", default: "ours"),
            ],
            examples: [
                "exec:gpspipe -r", "exec:cat log.nmea:folder=/var/log:errors=merged:terminal=1",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let command = try arguments.required("command", "a command line").value
                var options = ProcessOptions(shell: command)
                options.hasTerminal = try arguments.flag("terminal") ?? false
                let errors: [(String, ProcessOptions.StandardError)] = [
                    ("inherited", .inherited), ("merged", .merged),
                ]
                options.standardError = try arguments.choice("errors", of: errors) ?? .inherited
                options.workingDirectory = try arguments.text("folder")
                let fixed = options
                let name = EndpointString(kind: "exec", [(nil, command)]).description
                return OpeningEndpoint(name) { (reactor, factory) throws(SystemError) in
                    try reactor.spawn(fixed, factory)
                }
            }))
}
