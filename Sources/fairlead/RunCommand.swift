// `fairlead run`, as small as it can be: receivers in, their whole sentences out over TCP. What
// it knows of sources and outlets is what the udev rules and units need; the gateway takes its
// place. Sources are kept by Devices; a client that does not read gets the newest and delays
// nobody.
import ArgumentParser
import FairleadDevices
import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// Attaches receivers and hands their sentences to clients.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Attaches receivers and hands their sentences on.",
        discussion: """
            fairlead run --source serial:auto --outlet nmea=tcp:10110:interface=127.0.0.1

            A source is serial:PATH, with :baud=N where its speed is known, or serial:auto for \
            every receiver, now and later. An outlet is nmea=SERVER, with any server endpoint.
            """)

    @Option(help: "A receiver, as an endpoint; may be repeated.")
    var source: [String] = ["serial:auto"]

    @Option(help: "KIND=ENDPOINT, where clients are served; may be repeated.")
    var outlet: [String] = ["nmea=tcp:10110:interface=127.0.0.1"]

    @Option(help: "The file in which the speeds of devices are remembered.")
    var speeds: String?

    func run() throws {
        let sources = try source.map(RunSource.init)
        Reactor.main { reactor in
            reactor.log = { level, text in if level >= .info { note(text) } }
            let desk = SentenceDesk()
            let open = try outlet.map { text in
                let server = try RunSource.server(ofOutlet: text)
                return try reactor.listen(server) { _ in SentenceClient(desk) }
            }
            for port in open { note("nmea: \(port.localAddress)") }
            let monitor = DeviceMonitor(on: reactor)
            monitor.start()
            let stops = sources.map { $0.start(monitor, reactor, memory, desk) }
            let notification = ServiceNotification(on: reactor)
            notification?.ready("serving \(open.map { "\($0.localAddress)" })")
            reactor.add(to: .beforeShutDown) { _, done in
                for stop in stops { stop() }
                monitor.stop()
                withExtendedLifetime(notification) { done() }
            }
        }
    }

    private var memory: SpeedMemory { SpeedMemory(file: speeds) }
}

/// One source of the command line.
struct RunSource {
    private let target: AttachmentTarget?
    private let options: AttachmentOptions

    /// - Throws: `ValidationError`, `EndpointStringError`.
    init(_ text: String) throws {
        let string = try EndpointString(text)
        guard string.kind == "serial" else {
            throw ValidationError("source \(text): expected serial:PATH or serial:auto")
        }
        let hasSpeed = string.arguments.contains { $0.key == "baud" } || string.arguments.count > 1
        guard let serial = try Endpoints.standard.client(text) as? SerialEndpoint else {
            throw ValidationError("source \(text): expected serial:PATH or serial:auto")
        }
        target = serial.path == "auto" ? nil : .path(serial.path)
        options = AttachmentOptions(hasSpeed ? serial.options.settings : nil)
    }

    /// Begins; gives what ends it.
    func start(
        _ monitor: DeviceMonitor, _ reactor: Reactor, _ memory: SpeedMemory, _ desk: SentenceDesk
    ) -> () -> Void {
        guard let target else {
            let every = EveryReceiver(
                on: monitor, reactor: reactor, memory: memory, options: options
            ) { _ in { _ in SentenceReader(desk) } }
            every.start()
            return every.stop
        }
        let attachment = DeviceAttachment(
            target, on: monitor, reactor: reactor, memory: memory, options: options
        ) { _ in SentenceReader(desk) }
        attachment.start()
        return attachment.stop
    }

    /// The server string of `nmea=…`.
    static func server(ofOutlet text: String) throws -> String {
        guard text.hasPrefix("nmea=") else {
            throw ValidationError("outlet \(text): expected nmea=ENDPOINT")
        }
        return String(text.dropFirst(5))
    }
}

/// Hands whole sentences to all clients, each in one shared copy.
final class SentenceDesk {
    private var clients: [ObjectIdentifier: any Transport] = [:]

    func add(_ client: any Transport) {
        client.writeLimits = WriteLimits(maximum: 64 * 1024, policy: .conflate)
        clients[ObjectIdentifier(client)] = client
    }

    func remove(_ client: any Transport) { clients[ObjectIdentifier(client)] = nil }

    func publish(_ lines: [UInt8]) {
        for client in clients.values { client.write(shared: lines) }
    }
}

/// Takes the sentences out of one opening of one device.
final class SentenceReader: StreamProtocol {
    private let desk: SentenceDesk
    private let parser = NMEAParser()

    init(_ desk: SentenceDesk) {
        self.desk = desk
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        var lines: [UInt8] = []
        parser.feed(bytes) { _, own in lines += [UInt8](copying: own) + [0x0D, 0x0A] }
        if !lines.isEmpty { desk.publish(lines) }
    }
}

/// One client; what it says is not listened to.
final class SentenceClient: StreamProtocol {
    private let desk: SentenceDesk

    init(_ desk: SentenceDesk) {
        self.desk = desk
    }

    func connectionMade(on transport: any Transport) { desk.add(transport) }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        desk.remove(transport)
    }
}
