import FairleadEngine
import FairleadGPSDWire
import FairleadWire

/// One client of a `GPSDServer`.
final class GPSDSession: StreamProtocol {
    private(set) var watch = Watch()
    private let server: GPSDServer
    private var parser = GPSDRequestParser()
    /// Until the connection is lost; not weak, which would make each use slower.
    private var transport: (any Transport)?
    private var hasAsked = false
    private var timer: Timer?

    init(_ server: GPSDServer) { self.server = server }

    func connectionMade(on transport: any Transport) {
        self.transport = transport
        transport.writeLimits = server.limits
        transport.write(server.greeting)
        server.begin(self, on: transport)
        timer = transport.reactor.after(GPSDServer.patience) { [weak self] in
            guard let self, !self.watch.enable else { return }
            self.transport?.close()
        }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        parser.feed(bytes) { answer($0, on: transport) }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        self.transport = nil
        server.end(on: transport)
    }

    // MARK: Reports

    func send(_ bytes: [UInt8]) {
        if !bytes.isEmpty { transport?.write(shared: bytes) }
    }

    // MARK: Requests

    private func answer(_ request: GPSDRequest, on transport: any Transport) {
        // What was said before is told before.
        server.flush()
        switch request {
        case .version: transport.write(server.greeting)
        case .devices: transport.write(GPSDReports.devices(server.devices))
        case .watch(let change): answer(change, on: transport)
        case .poll:
            if watch.enable || hasAsked { transport.write(server.poll(watch)) }
        case .device(let change): answer(change, on: transport)
        case .unknown(let text):
            transport.write(GPSDReports.error("Unrecognized request '\(text)'"))
        case .malformed(let why):
            transport.write(GPSDReports.error("Invalid request: \(why)"))
        case .tooLong:
            let limit = GPSDRequestParser.maximum
            transport.write(GPSDReports.error("Request longer than \(limit) bytes"))
            transport.close()
        case .foreign: transport.close()
        }
    }

    private func answer(_ change: WatchChange?, on transport: any Transport) {
        if let change {
            if let device = change.device, server.device(device) == nil {
                return transport.write(GPSDReports.error("No such device as \(device)"))
            }
            watch.apply(change)
            hasAsked = true
        }
        // In one go: some clients read once and look at what they got.
        transport.write(GPSDReports.devices(server.devices) + GPSDReports.watch(watch))
        if change != nil, watch.enable, watch.json { tellNewest(on: transport) }
    }

    /// What is known already, so that nobody waits for the next epoch.
    private func tellNewest(on transport: any Transport) {
        for device in server.devices where watch.includes(device.path) {
            guard device.activated != nil, let newest = server.newest(of: device.path) else {
                continue
            }
            for report in [newest.sky, newest.tpv].compactMap({ $0 }) {
                transport.write(shared: report)
            }
        }
    }

    private func answer(_ change: DeviceChange?, on transport: any Transport) {
        let devices = server.devices.filter { change?.path == nil || $0.path == change?.path }
        if let path = change?.path, devices.isEmpty {
            return transport.write(GPSDReports.error("No such device as \(path)"))
        }
        if let change, change.isChange, let refusal = server.answers.change(change, transport) {
            transport.write(GPSDReports.error(refusal))
        }
        for device in devices { transport.write(GPSDReports.device(device)) }
    }
}
