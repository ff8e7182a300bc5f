import FairleadEngine
import FairleadGPSD
import FairleadGPSDWire
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire

/// gpsd's protocol, for its clients as they are.
final class GPSDOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "gpsd", summary: "gpsd's protocol, for its clients as they are",
        usual: "tcp:2947:interface=127.0.0.1", settings: []
    ) { plan, _ in
        let endpoint = try Endpoints.standard.server(plan.place)
        return { parts in try GPSDOutlet(endpoint, plan.place, parts.hub) }
    }

    let description: String
    private let server: GPSDServer
    private var port: (any ListeningPort)?
    var clientCount: Int? { server.clientCount }

    init(_ endpoint: any ServerEndpoint, _ text: String, _ hub: Hub) throws {
        description = "gpsd on \(text)"
        server = GPSDServer(on: hub.reactor, release: "3.25 (Fairlead)", revision: "fairlead")
        port = try endpoint.listen(on: hub.reactor) { [server] in server.makeProtocol($0) }
    }

    func deviceChanged(_ device: GatewayDevice) {
        guard device.isPresent else { return server.remove(device.name) }
        var report = GPSDDevice(path: device.name)
        // A device that has said nothing yet is there since now.
        report.activated = device.lastHeard ?? .now
        report.driver = device.isSimulated ? "SIMULATED" : device.identity?.vendor ?? "NMEA0183"
        report.subtype = device.identity?.firmware ?? device.identity?.product
        report.speed = device.speed
        server.update(report)
    }

    func received(_ batch: SentenceBatch, from device: GatewayDevice) {
        server.touch(device.name, at: device.lastHeard)
        server.publish(sentences: batch.bytes, of: device.name)
    }

    func received(_ event: PositioningEvent, from device: GatewayDevice) {
        switch event {
        case .position(let fix), .noFix(let fix): server.publish(fix, of: device.name)
        case .satellites(let sky): server.publish(sky, of: device.name)
        case .heading(let heading): server.publish(heading, of: device.name)
        case .time(let report): server.publish(report, of: device.name)
        case .movement, .identity: break
        }
    }

    func flush() { server.flush() }

    func stop() { port?.stop() }
}
