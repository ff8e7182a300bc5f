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
        "file:PATH", "replay:PATH", "stdio:", "unix:PATH", "exec:COMMAND", "simulate:",
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
        case "replay": return try replay(text, string)
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
            let canWrite = ["tcp", "tcp6", "unix", "exec"].contains(string.kind)
            return { StreamSource(text, endpoint, canWrite: canWrite, $0.hub) }
        }
    }

    private static func serial(
        _ text: String, _ string: EndpointString
    ) throws(EndpointStringError) -> Making {
        let endpoint = try Endpoints.standard.client(text)
        guard let serial = endpoint as? SerialEndpoint else {
            return { StreamSource(text, endpoint, canWrite: true, $0.hub) }
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

    /// `replay:FILE` with `speed` (1; 0 is as fast as it goes) and `repeat`.
    private static func replay(
        _ text: String, _ string: EndpointString
    ) throws(EndpointStringError) -> Making {
        var arguments = EndpointArguments(string)
        let file = try arguments.required("path", "the log")
        let speed = try arguments.number("speed", in: 0...1000) ?? 1
        let repeats = try arguments.flag("repeat") ?? false
        try arguments.finish()
        let path = EndpointString.escape(file.value)
        let endpoint = try Endpoints.standard.client("file:\(path):repeat=\(repeats ? 1 : 0)")
        let pacer = ReplayPacer(speed: speed == 0 ? nil : Double(speed))
        return { ReplaySource(text, endpoint, pacer, $0.hub) }
    }

    /// `simulate:` with `speed` in metres a second, `rate` in epochs a second, `noise` in metres,
    /// `satellites` in view, `route` as places: `51.9,4.48;51.92,4.5`.
    private static func simulated(
        _ text: String, _ string: EndpointString
    ) throws(EndpointStringError) -> Making {
        var arguments = EndpointArguments(string)
        arguments.allowEmpty()
        let speed = try arguments.number("speed", in: 0...1000) ?? 5
        let rate = try arguments.number("rate", in: 1...50) ?? 1
        let noise = try arguments.number("noise", in: 0...1000) ?? 1
        let most = SimulatedReceiver.mostSatellites
        let satellites = try arguments.number("satellites", in: 0...most) ?? 12
        let route = try route(&arguments) ?? SimulatedReceiver.rounds
        try arguments.finish()
        guard
            let receiver = SimulatedReceiver(
                route: route, speed: Double(speed), noise: Double(noise), satellites: satellites)
        else {
            throw EndpointStringError(
                text, part: "simulate", column: 1, expected: "a route of one place at least")
        }
        return { SimulatedSource(text, receiver, rate: Double(rate), $0.hub) }
    }

    /// The longest route, in places.
    private static let longestRoute = 1000

    private static func route(
        _ arguments: inout EndpointArguments
    ) throws(EndpointStringError) -> [Coordinate]? {
        guard let argument = try arguments.takeKey("route") else { return nil }
        var route: [Coordinate] = []
        for place in argument.value.split(separator: ";", omittingEmptySubsequences: false) {
            let numbers = place.split(separator: ",").map { Double($0) }
            guard numbers.count == 2, let latitude = numbers[0], let longitude = numbers[1],
                let coordinate = Coordinate(latitude: latitude, longitude: longitude),
                route.count < longestRoute
            else {
                throw arguments.error(
                    argument, "route",
                    expected: "places in degrees, such as 51.9,4.48;51.92,4.5, at most 1000")
            }
            route.append(coordinate)
        }
        return route
    }
}
