// Positions over HTTP: the newest of each thing by request, and everything as it comes by an event
// stream. Only names of this machine are answered to unless more are allowed: a page of another
// site, or a name that was rebound to this address, must not read where somebody is. An event is
// written once for all who listen.

import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import HTTPTypes

/// `/v1/position`, `/v1/devices`, `/v1/satellites` and `/v1/events`.
final class WebOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "web", summary: "positions, devices and events over HTTP",
        usual: "tcp:8080:interface=127.0.0.1",
        settings: [
            OutletSetting("hosts", "further names that it is reached by (this machine's own)")
        ]
    ) { plan, settings in
        _ = try Endpoints.standard.server(plan.place)
        let hosts = settings.list("hosts")
        return { parts in try WebOutlet(plan.place, hosts: hosts, parts) }
    }

    let description: String
    let hub: Hub
    private let server: HTTPServer
    private let events: EventBroadcast
    private let hosts: HostList
    private let metrics: (() -> String)?
    let access: AccessControl?
    private var json = JSONWriter()
    var clientCount: Int? { server.connectionCount }
    /// Of the last event, for those who come back.
    private var number = 0

    /// A position that is older than this is called stale, in seconds.
    private static let stale = 10.0

    init(_ text: String, hosts: [String], _ parts: OutletParts) throws {
        description = "web on \(text)"
        hub = parts.hub
        self.hosts = HostList.loopback.adding(hosts)
        metrics = parts.metrics
        access = parts.access
        events = EventBroadcast(on: parts.hub.reactor)
        let router = Router()
        server = HTTPServer(on: parts.hub.reactor, router.handle)
        server.allowedHosts = self.hosts
        mount(on: router)
        try server.listen(text)
    }

    private func mount(on router: Router) {
        router.use(Middlewares.sameOrigin(hosts))
        var fields: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        fields[.contentSecurityPolicy] = "default-src 'self'"
        router.use(Middlewares.fields(fields))
        router.use(Middlewares.gzip())
        router.get("/") { $0.respond(text: Self.directory) }
        router.get("/v1/position") { [weak self] in self?.answerPosition($0) }
        router.get("/v1/devices") { [weak self] in self?.answerDevices($0) }
        router.get("/v1/satellites") { [weak self] in self?.answerSatellites($0) }
        router.get("/v1/events", events.handle)
        router.post("/v1/devices/write") { [weak self] in self?.tellDevice($0) }
        router.get("/metrics") { [weak self] in self?.answerMetrics($0) }
    }

    private static let directory = """
        Fairlead
        /v1/position     the position now, ?device=NAME for one device
        /v1/satellites   the satellites in view, ?device=NAME for one device
        /v1/devices      what is heard
        /v1/events       everything as it comes, as an event stream
        /v1/devices/write?device=NAME  a sentence for a device (POST, with a token)
        /metrics         what the gateway counts, for Prometheus

        """

    func stop() {
        events.close()
        server.shutDown(within: .seconds(1))
    }

    // MARK: Requests

    private func answerPosition(_ exchange: HTTPExchange) {
        guard let fix = wanted(exchange, { $0.epoch ?? $0.position }, or: hub.position) else {
            return
        }
        json.removeAll()
        json.object { json in
            fix.writeMembers(to: &json)
            let age = self.age(QueryItems(exchange.head.rawQuery ?? "")["device"])
            json.member("age", age, decimals: 3)
            json.member("isStale", age.map { $0 > Self.stale } ?? true)
        }
        answer(exchange)
    }

    private func answerSatellites(_ exchange: HTTPExchange) {
        let chosen = hub.chosenDevice.flatMap { hub.device($0)?.sky }
        guard let sky = wanted(exchange, \.sky, or: chosen) else { return }
        json.removeAll()
        json.object { sky.writeMembers(to: &$0) }
        answer(exchange)
    }

    private func answerMetrics(_ exchange: HTTPExchange) {
        guard let metrics else { return exchange.refuse(404, "nothing is measured here") }
        var head = HTTPResponse(status: .ok)
        head.headerFields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
        exchange.respond(head, body: Array(metrics().utf8))
    }

    private func answerDevices(_ exchange: HTTPExchange) {
        json.removeAll()
        json.object { json in
            json.key("devices")
            json.array { json in
                for device in hub.devices { json.object { write(device, &$0) } }
            }
        }
        answer(exchange)
    }

    /// What is asked for; nil when that was answered already: 404 for a device that nobody knows,
    /// 503 where nothing has been heard yet.
    private func wanted<Value>(
        _ exchange: HTTPExchange, _ part: (GatewayDevice) -> Value?, or chosen: Value?
    ) -> Value? {
        let query = QueryItems(exchange.head.rawQuery ?? "")
        guard let name = query["device"] else {
            if chosen == nil { exchange.refuse(503, "nothing has been heard yet") }
            return chosen
        }
        guard let device = hub.device(name) else {
            exchange.refuse(404, "no such device")
            return nil
        }
        let value = part(device)
        if value == nil { exchange.refuse(503, "nothing has been heard of it yet") }
        return value
    }

    private func answer(_ exchange: HTTPExchange) {
        exchange.respond(
            HTTPResponse(
                status: .ok, headerFields: [.contentType: "application/json; charset=utf-8"]),
            body: json.bytes + [0x0A])
    }

    /// Seconds since it was told; not by the system's clock, which a receiver may set.
    private func age(_ device: String?) -> Double? {
        let instant = device.map { hub.device($0)?.epochInstant } ?? hub.positionInstant
        return instant.map { hub.reactor.now.since($0) / .seconds(1) }
    }

    private func write(_ device: GatewayDevice, _ json: inout JSONWriter) {
        json.member("name", device.name)
        json.member("source", device.source)
        json.member("isPresent", device.isPresent)
        json.member("state", device.state)
        if device.isSimulated { json.member("isSimulated", true) }
        if device.name == hub.chosenDevice { json.member("isChosen", true) }
        json.member("speed", device.speed)
        json.member("lastHeard", device.lastHeard?.description)
        json.member("vendor", device.identity?.vendor)
        json.member("product", device.identity?.product)
        json.member("firmware", device.identity?.firmware)
        json.key("counts")
        json.object { device.counts.writeMembers(to: &$0) }
    }

    // MARK: Events

    func deviceChanged(_ device: GatewayDevice) {
        guard events.listenerCount > 0 else { return }
        publish("device") { write(device, &$0) }
    }

    func received(_ event: PositioningEvent, from device: GatewayDevice) {
        guard events.listenerCount > 0 else { return }
        switch event {
        case .position(let fix): publish("position") { fix.writeMembers(to: &$0) }
        case .noFix(let fix): publish("noFix") { fix.writeMembers(to: &$0) }
        case .satellites(let sky): publish("satellites") { sky.writeMembers(to: &$0) }
        case .movement, .time, .heading, .identity: break
        }
    }

    func positionChosen(_ fix: Fix) {
        guard events.listenerCount > 0 else { return }
        publish("chosen") { fix.writeMembers(to: &$0) }
    }

    private func publish(_ name: String, _ body: (inout JSONWriter) -> Void) {
        json.removeAll()
        json.object(body)
        number += 1
        events.publish(ServerSentEvent(json.text, name: name, id: "\(number)"))
    }
}
