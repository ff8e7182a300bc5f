import FairleadWire

extension EndpointKind {
    /// Serial lines.
    static let serial = EndpointKind(
        "serial",
        client: EndpointForm(
            "a serial line; its hang-up is the connection's end",
            [
                EndpointArgument("path", "the device or a link to it"),
                EndpointArgument("baud", "bits per second, any number", default: "9600"),
                EndpointArgument("bits", "data bits, 5 to 8", default: "8"),
                EndpointArgument("parity", "none, even, odd, mark or space", default: "none"),
                EndpointArgument("stop", "stop bits, 1 or 2", default: "1"),
                EndpointArgument("flow", "none, xonxoff or rtscts", default: "none"),
                EndpointArgument(
                    "exclusive", "0: others may use the line, too", default: "1"),
                EndpointArgument(
                    "hangUp", "1: closing drops DTR, which resets many devices", default: "0"),
                EndpointArgument(
                    "restore", "0: closing leaves the settings as they are", default: "1"),
                EndpointArgument("timeout", "how long the opening may take", default: "15"),
            ],
            examples: [
                "serial:/dev/ttyUSB0:baud=4800",
                "serial:/dev/ttyS0:baud=38400:bits=7:parity=even:stop=2:flow=rtscts",
                "serial:/dev/gps0:exclusive=0:hangUp=1:restore=0:timeout=5",
            ],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                try SerialEndpoint(&arguments)
            }))
}

/// A serial line to open.
public struct SerialEndpoint: ClientEndpoint {
    public var path: String
    public var options: SerialOptions

    public init(_ path: String, _ options: SerialOptions = SerialOptions()) {
        self.path = path
        self.options = options
    }

    init(_ arguments: inout EndpointArguments) throws(EndpointStringError) {
        path = try arguments.required("path", "the path of a device").value
        var settings = SerialSettings()
        let speeds = SerialSettings.speeds
        settings.baud = try arguments.number("baud", in: speeds) ?? settings.baud
        settings.dataBits = try arguments.number("bits", in: 5...8) ?? settings.dataBits
        let parities = SerialSettings.Parity.allCases.map { ($0.rawValue, $0) }
        settings.parity = try arguments.choice("parity", of: parities) ?? settings.parity
        settings.stopBits = try arguments.number("stop", in: 1...2) ?? settings.stopBits
        let flows = SerialSettings.FlowControl.allCases.map { ($0.rawValue.lowercased(), $0) }
        settings.flowControl = try arguments.choice("flow", of: flows) ?? settings.flowControl
        settings.hangUpOnClose = try arguments.flag("hangUp") ?? settings.hangUpOnClose
        options = SerialOptions(settings)
        options.exclusive = try arguments.flag("exclusive") ?? options.exclusive
        options.restoresSettings = try arguments.flag("restore") ?? options.restoresSettings
        options.timeout = try arguments.duration("timeout") ?? options.timeout
    }

    public func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        reactor.openSerial(path, options, factory, completion: completion)
    }

    public var description: String {
        EndpointString(kind: "serial", [(nil, path), ("baud", "\(options.settings.baud)")])
            .description
    }
}
