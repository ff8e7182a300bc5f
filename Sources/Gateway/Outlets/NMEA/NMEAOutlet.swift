// The sentences as the devices sent them, to whoever connects, or to an address. Filtered once for
// all clients. A new client gets the newest cycle at once. A client that does not read is given the
// newest sentences, whole ones, and delays nobody. What a client says reaches the devices only with
// a token, and that is its own file's business.

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
        return { parts in try NMEAOutlet(place, filter, parts) }
    }

    static let terminalKind = OutletTable.Kind(
        name: "pty", summary: "a pseudo-terminal, for programs that know only serial receivers",
        usual: "/tmp/gps", settings: SentenceFilter.settings
    ) { plan, settings in
        let place = try OutletPlace("pty:\(plan.place)")
        let filter = try SentenceFilter(&settings)
        return { parts in try NMEAOutlet(place, filter, listens: false, parts) }
    }

    let description: String
    let filter: SentenceFilter
    /// Who may talk back; nil: nobody.
    let access: AccessControl?
    /// Whether what clients say is heard. Programs for serial receivers say all sorts of things, in
    /// binary too, that are meant for no outlet; and whoever is sent to has not asked.
    let listens: Bool
    private let hub: Hub
    private var port: (any ListeningPort)?
    private var link: Reconnecting?
    private var clients: [ObjectIdentifier: any Transport] = [:]
    var clientCount: Int? { port == nil ? nil : clients.count }

    /// What waits for one client at most.
    private static let limits = WriteLimits(
        highWater: 64 * 1024, maximum: 64 * 1024, policy: .conflate)

    /// Opens a server, or connects to where the sentences are to be sent.
    init(
        _ place: OutletPlace, _ filter: SentenceFilter, listens: Bool = true, _ parts: OutletParts
    ) throws {
        let hub = parts.hub
        self.hub = hub
        access = parts.access
        self.filter = filter
        description = "NMEA on \(place)"
        switch place {
        case .server(let endpoint, _):
            self.listens = listens
            port = try endpoint.listen(on: hub.reactor) { [weak self] _ in
                self.map { NMEAClient($0) }
            }
        case .client(let endpoint, _):
            self.listens = false
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

    /// The most clients.
    static let maximumClients = 16_384
    /// Whether it was said that there are so many: once, however many knock.
    private var isFull = false

    /// Sentences for the devices of this outlet; whether one of them took them.
    func tell(_ sentence: [UInt8]) -> Bool {
        let devices = hub.devices.filter { device in
            filter.devices.isEmpty || filter.devices.contains(device.name)
        }
        return devices.count { $0.writer?(sentence) ?? false } > 0
    }

    func add(_ client: any Transport) {
        guard clients.count < Self.maximumClients else {
            if !isFull {
                hub.reactor.log(.warning, "\(description): \(clients.count) clients are the most")
            }
            isFull = true
            return client.abort()
        }
        isFull = false
        client.writeLimits = Self.limits
        clients[ObjectIdentifier(client)] = client
        for device in hub.devices where device.isPresent {
            let bytes = filter.apply(to: device.newestCycle, of: device)
            if !bytes.isEmpty { client.write(shared: bytes) }
        }
    }

    func remove(_ client: any Transport) {
        clients[ObjectIdentifier(client)] = nil
    }
}
