// A hub with outlets on sockets of their own, and one receiver that the test plays: what it says
// goes the way of a real one's bytes, and what reaches it is kept. For tests of what hostile peers
// do; each ends with a healthy client that is served.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadObservability
import FairleadWire
import Testing

@testable import FairleadGateway

/// A client that keeps what it gets.
final class RigClient: StreamProtocol {
    var text = ""
    var endReason: Disconnect?
    private(set) var transport: (any Transport)?
    private let greeting: String

    init(_ greeting: String) { self.greeting = greeting }

    func connectionMade(on transport: any Transport) {
        self.transport = transport
        transport.write(greeting)
    }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        text += String(decoding: bytes)
    }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        endReason = reason
        self.transport = nil
    }

    func say(_ text: String) { transport?.write(text) }
    var hasEnded: Bool { endReason != nil }
    /// The status of an answer over HTTP.
    var status: String { String(text.split(separator: " ").dropFirst().first ?? "") }
}

extension MemoryTransport {
    /// What was written so far.
    var writtenText: String { String(decoding: written, as: UTF8.self) }
}

/// Outlets of some kinds, and a receiver.
final class GatewayRig {
    let harness: ReactorHarness
    let hub: Hub
    let access: AccessControl
    let folder: String
    let device: GatewayDevice
    /// What the receiver says is fed to it; what it was told is `written`.
    let receiver: MemoryTransport
    private(set) var log: [String] = []

    init(_ harness: ReactorHarness, _ kinds: [String], device name: String) throws {
        self.harness = harness
        let reactor = harness.reactor
        folder = "/tmp/fairlead-hg-\(UInt64.random(in: 0 ... .max))"
        hub = Hub(on: reactor)
        access = AccessControl(state: folder, on: reactor)
        _ = reactor.kernel.makeFolder(folder)
        let registry = PrometheusRegistry()
        let metrics = GatewayMetrics(hub, registry)
        let parts = OutletParts(hub: hub, access: access) { [hub] in
            metrics.update(hub.outlets)
            return registry.text()
        }
        for kind in kinds {
            let scheme = kind == "pty" ? "" : "unix:"
            let plan = OutletPlan(kind: kind, place: "\(scheme)\(folder)/\(kind)")
            hub.add(try OutletTable.read(plan)(parts))
        }
        device = try #require(hub.device(name, from: "test"))
        receiver = MemoryTransport(on: reactor)
        hub.change(device, isPresent: true, state: "running")
        receiver.start(SourceStream(hub, device, canWrite: true))
        reactor.log = { [weak self] _, text in self?.log.append(text) }
    }

    /// Makes a token; gives its secret and its id.
    func token(_ scope: AccessToken.Scope) throws -> (secret: String, id: String) {
        var random = SystemRandomNumberGenerator()
        let time = try #require(UTCTime("2026-12-01T12:00:00.000Z"))
        let made = AccessToken.make(scope, label: "rig", at: time, &random)
        try TokenStore(state: folder).add(made.token)
        return (made.secret, made.token.id)
    }

    func client(_ kind: String, _ greeting: String = "") throws -> RigClient {
        let client = RigClient(greeting)
        var isConnected = false
        try harness.reactor.connect("unix:\(folder)/\(kind)") { _ in
            client
        } completion: { result in
            isConnected = (try? result.get()) != nil
        }
        try harness.turn("the connection") { isConnected }
        return client
    }

    /// Sends a request and waits for the end of its answer.
    func request(_ lines: String...) throws -> RigClient {
        let client = try client(
            "web", lines.joined(separator: "\r\n") + "\r\nConnection: close\r\n\r\n")
        try harness.turn("the answer") { client.hasEnded }
        return client
    }

    /// Writes to the device over HTTP, as whoever sends these fields.
    func post(_ body: String, _ fields: String...) throws -> RigClient {
        let head = [
            "POST /v1/devices/write?device=\(device.name) HTTP/1.1", "Host: localhost",
            "Content-Length: \(body.utf8.count)", "Connection: close",
        ]
        let client = try client(
            "web", (head + fields).joined(separator: "\r\n") + "\r\n\r\n" + body)
        try harness.turn("the answer") { client.hasEnded }
        return client
    }

    /// A client of sentences that comes after whatever was done is served.
    func checkThatAHealthyClientIsServed() throws {
        let client = try client("nmea")
        receiver.feed(Self.epoch(59))
        try harness.turn("a healthy client") { client.text.contains("120059") }
        client.transport?.close()
        try harness.turn("its end") { client.hasEnded }
    }

    /// A sentence with its checksum and the end of its line.
    static func line(_ body: String) -> String {
        let digits = String(body.utf8.reduce(0, ^), radix: 16, uppercase: true)
        return "$\(body)*\(digits.utf8.count < 2 ? "0" : "")\(digits)\r\n"
    }

    /// An epoch of a second in the minute from 12:00 on.
    static func epoch(_ second: Int, date: String = "251126") -> String {
        let time = "1200\(second < 10 ? "0" : "")\(second).00"
        return line("GPRMC,\(time),A,5155.55359,N,00434.65730,E,1.50,77.52,\(date),,,A")
            + line("GPGGA,\(time),5155.55359,N,00434.65730,E,1,08,1.01,2.1,M,46.0,M,,")
    }

    func stop() {
        receiver.abort()
        hub.stop()
    }
}

/// Runs a test with outlets, a receiver, and sockets of the machine's own.
func withGatewayRig(
    _ kinds: [String], device: String = "/dev/gps0", _ body: (GatewayRig) throws -> Void
) throws {
    try withReactor { harness in
        let rig = try GatewayRig(harness, kinds, device: device)
        defer { rig.stop() }
        try body(rig)
        rig.stop()
        harness.reactor.later { harness.reactor.stop() }
        try harness.reactor.run()
    }
}
