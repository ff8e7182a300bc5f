import FairleadWire

extension EndpointKind {
    /// Files as sources of bytes.
    static let file = EndpointKind(
        "file",
        client: EndpointForm(
            "a file that is read to its end; a FIFO or device as long as it lasts",
            [
                EndpointArgument("path", "the file"),
                EndpointArgument(
                    "rate", "bytes a second", default: "as fast as they are taken"),
                EndpointArgument("repeat", "1: from the beginning again, for ever", default: "0"),
            ],
            examples: ["file:log.nmea", "file:log.nmea:rate=480:repeat=1"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let path = try arguments.required("path", "the path of a file").value
                var options = FileOptions()
                options.bytesPerSecond = try arguments.number("rate", in: 1...1_000_000_000)
                options.repeats = try arguments.flag("repeat") ?? false
                let fixed = options
                let name = EndpointString(kind: "file", [(nil, path)]).description
                return OpeningEndpoint(name) { (reactor, factory) throws(SystemError) in
                    try reactor.openFile(path, fixed, factory)
                }
            }))
}
