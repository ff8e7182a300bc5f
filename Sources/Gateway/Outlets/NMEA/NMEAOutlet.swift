// The sentences as the devices sent them, to whoever connects, or to an address. Filtered once for
// all clients. A new client gets the newest cycle at once. A client that does not read is given
// the newest sentences, whole ones, and delays nobody. What clients say is not listened to, but one
// whose first words are no sentence speaks another protocol, and is of no use here.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// NMEA sentences to clients of any stream endpoint.
final class NMEAOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "nmea", summary: "the sentences as they come; udp:HOST:PORT sends them",
        usual: "tcp:10110:interface=127.0.0.1", settings: SentenceFilter.settings
    ) { plan, settings in
        let (place, filter) = (try OutletPlace(plan.place), try SentenceFilter(&settings))
        return { parts in try NMEAOutlet(place, filter, parts.hub) }
    }

    static let terminalKind = OutletTable.Kind(
        name: "pty", summary: "a pseudo-terminal, for programs that know only serial receivers",
        usual: "/tmp/gps", settings: SentenceFilter.settings
    ) { plan, settings in
        let place = try OutletPlace("pty:\(plan.place)")
        let filter = try SentenceFilter(&settings)
        return { parts in try NMEAOutlet(place, filter, parts.hub) }
    }

    let description: String
    let filter: SentenceFilter
    private let hub: Hub
    private var port: (any ListeningPort)?
    private var link: Reconnecting?
    private var clients: [ObjectIdentifier: any Transport] = [:]
    var clientCount: Int? { port == nil ? nil : clients.count }

    /// What waits for one client at most.
    private static let limits = WriteLimits(
        highWater: 64 * 1024, maximum: 64 * 1024, policy: .conflate)

    /// Opens a server, or connects to where the sentences are to be sent.
    init(_ place: OutletPlace, _ filter: SentenceFilter, _ hub: Hub) throws {
        self.hub = hub
        self.filter = filter
        description = "NMEA on \(place)"
        switch place {
        case .server(let endpoint, _):
            port = try endpoint.listen(on: hub.reactor) { [weak self] _ in
                self.map { NMEAClient($0) }
            }
        case .client(let endpoint, _):
            link = Reconnecting(endpoint, on: hub.reactor) { [weak self] _ in
                self.map { NMEAClient($0) }
            }
            link?.start()
        }
    }

    func received(_ batch: SentenceBatch, from device: GatewayDevice) {
        guard !clients.isEmpty else { return }
        let bytes = filter.apply(to: batch, of: device)
        if bytes.isEmpty { return }
        for client in clients.values { client.write(shared: bytes) }
    }

    func stop() {
        port?.stop()
        link?.stop()
        for client in clients.values { client.close() }
    }

    fileprivate func add(_ client: any Transport) {
        client.writeLimits = Self.limits
        clients[ObjectIdentifier(client)] = client
        for device in hub.devices where device.isPresent {
            let bytes = filter.apply(to: device.newestCycle, of: device)
            if !bytes.isEmpty { client.write(shared: bytes) }
        }
    }

    fileprivate func remove(_ client: any Transport) {
        clients[ObjectIdentifier(client)] = nil
    }
}

/// One client of the outlet.
private final class NMEAClient: StreamProtocol {
    private let outlet: NMEAOutlet
    private var hasSpoken = false

    init(_ outlet: NMEAOutlet) { self.outlet = outlet }

    func connectionMade(on transport: any Transport) { outlet.add(transport) }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        if hasSpoken || bytes.isEmpty { return }
        hasSpoken = true
        switch bytes[0] {
        case UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "\\"), 0x0A, 0x0D: break
        default: transport.close()
        }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        outlet.remove(transport)
    }
}
