// The one list of the kinds of sources. A kind is a line here and a file beside this one.

import FairleadDevices
import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// What sources are made with.
struct SourceParts {
    let hub: Hub
    let monitor: DeviceMonitor
    let memory: SpeedMemory
}

/// Makes a source that has been read.
private typealias Making = (SourceParts) -> any Source

/// The kinds of sources, and how a string names them.
enum SourceTable {
    /// What can be named, for error messages and help.
    static let forms = [
        "serial:auto", "serial:PATH", "tcp:HOST:PORT", "udp:PORT", "gpsd:HOST:PORT",
        "file:PATH", "stdio:", "unix:PATH", "exec:COMMAND", "simulate:",
    ]

    /// The source that a string names.
    ///
    /// - Throws: `EndpointStringError` with the part and what was expected.
    static func source(
        _ text: String, _ parts: SourceParts
    ) throws(EndpointStringError) -> any Source {
        try read(text)(parts)
    }

    /// Whether a string names a source, without making one.
    ///
    /// - Throws: `EndpointStringError` with the part and what was expected.
    static func check(_ text: String) throws(EndpointStringError) { _ = try read(text) }

    private static func read(_ text: String) throws(EndpointStringError) -> Making {
        let string = try EndpointString(text)
        switch string.kind {
        case "serial": return try serial(text, string)
        case "gpsd":
            let endpoint = try gpsd(text)
            return { GPSDSource(text, endpoint, $0.hub) }
        case "simulate": return try simulated(text, string)
        default:
            guard Endpoints.standard.kinds.contains(where: { $0.name == string.kind }) else {
                throw EndpointStringError(
                    text, part: "kind \"\(string.kind)\"", column: 1,
                    expected: "one of \(forms.joined(separator: ", "))",
                    suggestion: nearestName(
                        to: string.kind, in: forms.map { String($0.prefix { $0 != ":" }) }))
            }
            let endpoint = try Endpoints.standard.client(text)
            return { StreamSource(text, endpoint, $0.hub) }
        }
    }

    private static func serial(
        _ text: String, _ string: EndpointString
    ) throws(EndpointStringError) -> Making {
        let endpoint = try Endpoints.standard.client(text)
        guard let serial = endpoint as? SerialEndpoint else {
            return { StreamSource(text, endpoint, $0.hub) }
        }
        // Without a speed it is found out by listening.
        let isGiven = string.arguments.count > 1
        let options = AttachmentOptions(isGiven ? serial.options.settings : nil)
        if serial.path == "auto" { return { EverySerialSource(text, $0, options) } }
        return { SerialSource(text, path: serial.path, $0, options) }
    }

    /// `gpsd:HOST:PORT` is a TCP connection; gpsd's port unless another one is named.
    private static func gpsd(_ text: String) throws(EndpointStringError) -> any ClientEndpoint {
        let rest = text.dropFirst(5)
        let string = try EndpointString("tcp:\(rest)")
        return try Endpoints.standard.client(
            string.arguments.count == 1 ? "tcp:\(rest):2947" : "tcp:\(rest)")
    }

    /// `simulate:` with `speed` in metres a second, `rate` in epochs a second, `noise` in metres.
    private static func simulated(
        _ text: String, _ string: EndpointString
    ) throws(EndpointStringError) -> Making {
        var arguments = EndpointArguments(string)
        arguments.allowEmpty()
        let speed = try arguments.number("speed", in: 0...1000) ?? 5
        let rate = try arguments.number("rate", in: 1...50) ?? 1
        let noise = try arguments.number("noise", in: 0...1000) ?? 1
        try arguments.finish()
        let receiver = SimulatedReceiver(
            route: SimulatedReceiver.rounds, speed: Double(speed), noise: Double(noise))
        guard let receiver else {
            throw EndpointStringError(
                text, part: "simulate", column: 1, expected: "a route of one place at least")
        }
        return { SimulatedSource(text, receiver, rate: Double(rate), $0.hub) }
    }
}
